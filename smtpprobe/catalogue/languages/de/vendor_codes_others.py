"""Vendors' enhanced status codes in German: others. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Yahoo X.7.0": (
        "Wegen des Rufs zurückgestellt",
        "421 4.7.0 mit einem Kürzel wie [TSS04]: Beschwerden, Menge oder ein schlechter Ruf der Adresse.",
        "Langsamer senden, die Listen bereinigen und einige Stunden warten.",
    ),
    "Yahoo X.7.1": (
        "Gesperrt, oft wegen Spamhaus",
        "553 5.7.1 mit [BL21] oder [BL23]: Die sendende Adresse steht auf einer Liste von Spamhaus.",
        "Sie zuerst dort austragen lassen.",
    ),
    "Yahoo X.7.2": (
        "Dauerhaft zurückgestellt",
        "553 5.7.2 mit [TSS09] oder [TSS11]: Von dieser Adresse wird nichts angenommen, und neue Versuche helfen nicht.",
        "Aufhören, die Ursache beheben und im Sender Hub eine Anfrage stellen.",
    ),
    "Yahoo X.7.5": (
        "DKIM oder DMARC gescheitert",
        "554 5.7.5 mit (AU01): Die Nachricht besteht die Prüfung nicht, die die Domain des Absenders verlangt.",
        "Die Signatur reparieren; Mailinglisten setzen ihre eigene Adresse in From.",
    ),
    "Yahoo X.7.9": (
        "Nicht authentifiziert oder gegen eine Richtlinie",
        "Der Absender hat weder SPF noch DKIM bestanden, oder die Nachricht hat eine Regel von Yahoo verletzt.",
        "Mit SPF und DKIM authentifizieren und die Kopfzeilen prüfen.",
    ),
    "Zoho X.4.1": (
        "Von der Zieldomain abgewiesen",
        "541 5.4.1: Die Domain des Empfängers hat die Nachricht nach ihren eigenen Einstellungen abgelehnt.",
        "Den Admin des Empfängers fragen.",
    ),
    "Comcast X.1.1": (
        "Postfach voll oder zu beschäftigt",
        "452 4.1.1 und 552 5.1.1 stehen bei einem vollen Postfach oder einem, das zu viele Nachrichten bekommt, und auch bei einem unbekannten Benutzer.",
        "Nach dem Wortlaut gehen.",
    ),
    "Orange X.1.1": (
        "Postfach voll",
        "552 5.1.1 mit OFR_417 ist ein volles Postfach; mit OFR_416 ist der Benutzer unbekannt.",
        "Nach der OFR-Nummer gehen.",
    ),
    "Rackspace X.1.1": (
        "Unbekannt oder falsch geschrieben (G8)",
        "Die Adresse gibt es bei Rackspace nicht, das eine Nummer wie (G8) dazusetzt.",
        "Die Schreibweise prüfen.",
    ),
    "Exchange X.1.0": (
        "Absender verweigert",
        "Der Server lehnt diesen Absender ab oder konnte in der Antwort auf eine gespeicherte Nachricht eine alte interne Adresse nicht auflösen.",
        "Eine neue Nachricht schreiben; der Admin sieht den Absenderfilter an.",
    ),
    "Exchange X.1.10": (
        "Empfänger nicht gefunden",
        "Die Adresse steht nicht im Verzeichnis; ein Null-MX ist nicht gemeint.",
        "Sie korrigieren und den Autovervollständigen-Eintrag in Outlook löschen.",
    ),
    "Exchange X.2.1": (
        "Vom Inhaltsfilter in Quarantäne",
        "5.2.1 steht bei einer Nachricht, die der Inhaltsfilter in Quarantäne gelegt hat.",
        "Der Admin des Empfängers gibt sie aus der Quarantäne frei.",
    ),
    "Exchange X.3.2": (
        "Nicht bereit, oder ein Postfach bekommt zu viel",
        "421 4.3.2: Der Server nimmt jetzt nichts an oder hat zu viele Verbindungen. 432 4.3.2: zu viele Nachrichten gleichzeitig für ein Postfach.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Exchange X.3.3": (
        "Unbekannter Befehl",
        "500 5.3.3: Der Befehl ist unbekannt oder wird auf diesem Connector nicht angeboten.",
        "Verwenden, was EHLO anbietet.",
    ),
    "Exchange X.4.6": (
        "Mailschleife",
        "Die Nachricht lief im Kreis; im Hybridbetrieb ist das die lokale Seite.",
        "Die Received-Zeilen vergleichen.",
    ),
    "Exchange X.7.3": (
        "Anmeldung abgelehnt",
        "535 5.7.3: Benutzername oder Passwort ist falsch, oder das Konto darf sich hier nicht anmelden.",
        "Beides prüfen, dazu die Mechanismen des Connectors.",
    ),
    "Exchange X.7.54": (
        "Keine Domain dieser Organisation",
        "Die Domain des Empfängers wird hier nicht angenommen, und der Client darf nicht weiterleiten.",
        "Sich anmelden oder den richtigen MX verwenden.",
    ),
    "Exchange X.7.57": (
        "Keine Anmeldung",
        "Der Client hat MAIL ohne Anmeldung gesendet, wo eine nötig ist.",
        "STARTTLS, dann AUTH.",
    ),
    "Exchange X.7.60": (
        "Darf nicht als dieser Absender senden",
        "Die Anmeldung hat für die Absenderadresse kein Recht Send As.",
        "Die eigene Adresse der Anmeldung verwenden.",
    ),
    "Sendmail X.2.3": (
        "Nachricht über der Systemgrenze",
        "552 5.2.3 ist Sendmails Antwort auf ein SIZE über der Grenze des ganzen Systems, wofür 5.3.4 registriert ist.",
        "Weniger senden oder einen Link.",
    ),
    "Sendmail X.3.3": (
        "AUTH-Mechanismus nicht verfügbar",
        "504 5.3.3: Der Mechanismus wird nicht angeboten, vielleicht nur nicht vor TLS.",
        "Mit der AUTH-Zeile von EHLO vergleichen.",
    ),
    "KumoMTA X.2.3": (
        "Zeile zu lang",
        "500 5.2.3: Eine Befehlszeile war länger, als KumoMTA annimmt.",
        "Nach einem Programm suchen, das Daten sendet, wo Befehle hingehören.",
    ),
    "James X.3.3": (
        "Befehl abgeschaltet",
        "502 5.3.3: HELP, VRFY und EXPN sind aus.",
        "Nichts zu tun.",
    ),
    "OpenSMTPD X.5.1": (
        "Befehl unbekannt, zur falschen Zeit oder TLS fehlt",
        "OpenSMTPD kennzeichnet damit abgelehnte Befehle, auch 530 5.5.1, wo erst STARTTLS kommen muss.",
        "Nach dem Wortlaut gehen.",
    ),
    "Postfix X.5.2": (
        "Name oder Adresse ohne Domain",
        "504 5.5.2 ist die Antwort von Postfix auf einen EHLO-Namen oder eine Adresse, die nicht vollständig ist.",
        "Den vollen Namen angeben.",
    ),
    "Stalwart X.7.4": (
        "TLS läuft schon",
        "504 5.7.4: Innerhalb von TLS kam ein zweites STARTTLS.",
        "STARTTLS einmal senden.",
    ),
    "Stalwart X.7.8": (
        "Mechanismus nicht unterstützt",
        "554 5.7.8: Der AUTH-Mechanismus wird nicht angeboten.",
        "Einen verwenden, den EHLO aufführt.",
    ),
    "chasquid X.7.3": (
        "Sicherheitsstufe",
        "Eine Domain, die früher mit TLS erreicht wurde, darf jetzt nicht ohne TLS erreicht werden.",
        "TLS einschalten oder den Admin die Stufe der Domain zurücksetzen lassen.",
    ),
    "chasquid X.7.9": (
        "Anmeldung nötig",
        "550 5.7.9: Auf dem Submission-Port wird Mail erst nach einer Anmeldung angenommen.",
        "Sich zuerst anmelden.",
    ),
    "chasquid X.7.10": (
        "Anmeldung vor TLS",
        "503 5.7.10: AUTH kam vor STARTTLS.",
        "TLS beginnen, dann sich anmelden.",
    ),
}
