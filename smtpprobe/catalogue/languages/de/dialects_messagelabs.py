"""Vendors' wordings in German: messagelabs. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Symantec: relaying refused": (
        "Relaying verweigert",
        "Die Domain des Empfängers ist kein Kunde des Dienstes von Symantec, oder diese Adresse darf für keinen senden.",
        "Die MX-Einträge der Empfängerdomain prüfen. Ein Kunde fügt die Adresse seinen ausgehenden Routen hinzu.",
    ),
    "Symantec: content filtered": (
        "Inhalt gefiltert",
        "Der Filter von Symantec hielt die Nachricht für Spam oder Schadsoftware.",
        "Den Admin des Empfängers nach der Regel fragen und einen Irrtum über die Seite in der Antwort melden.",
    ),
    "Symantec: sender on the list of bad ones": (
        "Absender auf der Liste schlechter",
        "Der Dienst von Symantec nimmt von diesem Absender keine Mail mehr an, meist weil er Spam gesendet hat.",
        "Das Konto absichern, dann den Admin des Kunden den Support von Symantec fragen lassen.",
    ),
    "Symantec: connection refused by policy": (
        "Verbindung nach Richtlinie abgelehnt",
        "Der Dienst von Symantec gibt dieser Adresse einen schlechten Ruf.",
        "Die Adresse bei ipremoval.sms.symantec.com nachschlagen und dort die Austragung beantragen.",
    ),
    "Symantec: sender not allowed from this address": (
        "Absender von dieser Adresse aus nicht erlaubt",
        "Die Absenderdomain des Kunden oder die Adresse, von der sie sendet, ist beim Dienst von Symantec nicht eingetragen.",
        "Der Admin des Kunden nimmt Domain und Adresse in die ausgehenden Routen auf.",
    ),
    "Symantec: login wanted": (
        "Anmeldung verlangt",
        "Der Dienst von Symantec oder der Server dahinter nimmt diese Mail erst nach einer Anmeldung an.",
        "Im Mailprogramm die SMTP-Authentifizierung einschalten oder die Route korrigieren.",
    ),
    "Symantec: sender domain fails SPF or DMARC": (
        "Absenderdomain besteht SPF oder DMARC nicht",
        "Der Dienst von Symantec lehnt den Absender ab, weil SPF oder DMARC für seine Domain gescheitert ist.",
        "Die sendende Adresse in SPF aufnehmen und mit DKIM signieren.",
    ),
    "Symantec: sender blocked by the recipient": (
        "Absender vom Empfänger gesperrt",
        "Die Firma des Empfängers führt diesen Absender oder diese Adresse beim Dienst von Symantec auf ihrer eigenen Liste.",
        "Den Empfänger auf anderem Weg um einen Eintrag unter den erlaubten Absendern bitten.",
    ),
    "Symantec: address on the Spamhaus PBL": (
        "Adresse auf der Spamhaus PBL",
        "Der Dienst von Symantec lehnt diese Adresse ab, weil Spamhaus sie zu denen zählt, die selbst keine Mail senden sollen.",
        "Über den Server des Providers senden oder eine feste Adresse bei check.spamhaus.org austragen lassen.",
    ),
    "Symantec: bare line feeds": (
        "nackte Zeilenvorschübe",
        "Der Dienst von Symantec fand in der Nachricht LF ohne CR.",
        "Jede Zeile mit CR LF beenden; übliche Ursache ist ein Skript oder Gerät, das Mail selbst schreibt.",
    ),
    "Symantec: TLS wanted": (
        "TLS verlangt",
        "Der Kunde des Dienstes von Symantec nimmt diese Mail nur über TLS an.",
        "Im sendenden Server STARTTLS einschalten.",
    ),
    "Symantec: no such recipient": (
        "kein solcher Empfänger",
        "Der Kunde des Dienstes von Symantec hat keine solche Adresse auf seiner Liste.",
        "Die Schreibweise prüfen. Der Admin des Empfängers bringt die Adressliste auf den neuesten Stand.",
    ),
    "Symantec: too many messages": (
        "zu viele Nachrichten",
        "Der Dienst von Symantec bekommt von diesem Client mehr, als er auf einmal annimmt.",
        "Die Warteschlange weiter versuchen lassen, langsamer.",
    ),
}
