"""Vendors' wordings in German: amazon ses. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Amazon SES: identity not verified": (
        "Identität nicht bestätigt",
        "Amazon SES hat den Absender in dieser Region nicht bestätigt; in der Sandbox muss auch der Empfänger bestätigt sein.",
        "Die Adresse oder Domain aus der Antwort in derselben Region wie der Endpunkt bestätigen. Um die Sandbox zu verlassen, die Freigabe für den Produktivbetrieb beantragen.",
    ),
    "Amazon SES: sending rate or daily quota used up": (
        "Senderate oder Tagesquota verbraucht",
        "Das Konto sendet je Sekunde oder in 24 Stunden mehr als seine Quota bei Amazon SES.",
        "Das Senden verteilen und mit wachsenden Pausen erneut versuchen. In der Konsole eine höhere Quota beantragen.",
    ),
    "Amazon SES: identity without permission to send": (
        "Identität ohne Senderecht",
        "Der IAM-Benutzer hinter diesen Zugangsdaten für Amazon SES darf nicht senden oder nicht im Namen dieser Identität.",
        "Dem Benutzer eine Richtlinie geben, die ses:SendRawEmail für die Identität erlaubt.",
    ),
    "Amazon SES: configuration set unknown": (
        "Configuration Set unbekannt",
        "Die Kopfzeile X-SES-CONFIGURATION-SET nennt ein Set, das Amazon SES in dieser Region nicht hat.",
        "Den Namen korrigieren oder das Set in der Region des Endpunkts anlegen.",
    ),
    "Amazon SES: sending stopped": (
        "Versand angehalten",
        "Amazon SES hat den Versand dieses Kontos angehalten, meist wegen Bounces oder Beschwerden.",
        "Den Fall auf der Reputationsseite der Konsole lesen, die Ursache beheben und dort antworten.",
    ),
    "Amazon SES: recipient on the suppression list": (
        "Empfänger auf der Unterdrückungsliste",
        "Amazon SES sendet nicht an diese Adresse, weil sie früher gebounct hat oder sich der Empfänger beschwert hat.",
        "Die Adresse korrigieren; aus der Unterdrückungsliste des Kontos erst austragen, wenn das Postfach wieder funktioniert.",
    ),
    "Amazon SES: client barred by the recipient": (
        "Client vom Empfänger ausgeschlossen",
        "Der Empfänger empfängt über Amazon SES und schließt die Adresse dieses Clients mit einem eigenen Filter aus.",
        "Den Admin des Empfängers bitten, die Adresse aus dem IP-Filter zu nehmen.",
    ),
    "Amazon SES: credentials wrong": (
        "Zugangsdaten falsch",
        "Amazon SES hat Benutzername und Passwort nicht akzeptiert; SMTP-Zugangsdaten sind nicht die AWS-Schlüssel und gelten für eine Region.",
        "In der SES-Konsole in der Region des Endpunkts SMTP-Zugangsdaten anlegen.",
    ),
    "Amazon SES: login required": (
        "Anmeldung nötig",
        "Amazon SES nimmt Mail erst nach einer Anmeldung an.",
        "Im Programm die Anmeldung einschalten, mit den SMTP-Zugangsdaten von SES.",
    ),
    "Amazon SES: login service out of order": (
        "Anmeldedienst gestört",
        "Amazon SES konnte die Anmeldung im Moment nicht prüfen.",
        "Nach einer Pause erneut versuchen.",
    ),
    "Amazon SES: too many connections": (
        "zu viele Verbindungen",
        "Das Konto hat mehr Verbindungen zu diesem Endpunkt offen, als Amazon SES erlaubt.",
        "Weniger öffnen und jede für mehrere Nachrichten wiederverwenden.",
    ),
    "Amazon SES: temporary fault": (
        "vorübergehender Fehler",
        "Amazon SES hatte einen Fehler, oder der Client hat zu lange geschwiegen.",
        "Nach einer Pause erneut versuchen.",
    ),
    "Amazon SES: message malformed": (
        "Nachricht fehlerhaft aufgebaut",
        "Amazon SES konnte die Nachricht oder eine ihrer Adressen nicht lesen; der Text nennt den Teil.",
        "Die Kopfzeile oder Adresse korrigieren, die der Text nennt.",
    ),
    "Amazon SES: message too big": (
        "Nachricht zu groß",
        "Die Nachricht liegt über der Grenze von Amazon SES.",
        "Statt der Datei einen Link senden oder die Grenze auf 40 MB anheben lassen.",
    ),
}
