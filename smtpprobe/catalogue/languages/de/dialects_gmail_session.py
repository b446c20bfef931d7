"""Vendors' wordings in German: gmail session. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Gmail: talked before the TLS handshake": (
        "vor dem TLS-Handshake geredet",
        "Der Client hat nach STARTTLS etwas gesendet, bevor der TLS-Handshake begonnen hatte; aus Furcht vor eingeschleusten Befehlen schließt Google.",
        "Das 220 abwarten, dann sofort mit TLS beginnen. Auch ein Proxy oder Filter dazwischen kann Bytes hinzufügen.",
    ),
    "Gmail: EHLO name missing or not valid": (
        "EHLO-Name fehlt oder ist ungültig",
        "Google nimmt kein EHLO ohne Namen an und keinen Namen, der weder Hostname noch Adressliteral ist.",
        "Den eigenen vollen Namen des Rechners senden oder [192.0.2.1]; viele Programme senden localhost, ein Leerzeichen oder einen Unterstrich.",
    ),
    "Gmail: recipients of several domains": (
        "Empfänger aus mehreren Domains",
        "Google nimmt hier je Transaktion nur Empfänger einer Domain an und stellt die anderen zurück.",
        "Für einen Mailserver nichts zu tun, er sendet den Rest in einer zweiten Transaktion. Andere Programme senden je Domain eine Nachricht.",
    ),
    "Gmail: policy rules too large for one transaction": (
        "Richtlinien zu umfangreich für eine Transaktion",
        "Die Regeln der Empfängerdomain sind zu umfangreich, um sie auf alle Empfänger zugleich anzuwenden.",
        "An diesen Empfänger in einer eigenen Transaktion senden.",
    ),
    "Gmail: VRFY not answered": (
        "VRFY nicht beantwortet",
        "Googles Art zu sagen, dass es nicht nachsehen will.",
        "Nichts zu tun.",
    ),
    "Gmail: too many recipients": (
        "zu viele Empfänger",
        "Die Nachricht hat mehr Empfänger, als Google in einer Transaktion annimmt.",
        "Die Liste aufteilen; ein Mailserver sendet den Rest von selbst.",
    ),
    "Gmail: trouble at Google": (
        "Störung bei Google",
        "Die Server von Google sind beschäftigt oder haben einen eigenen Fehler.",
        "Nichts zu tun; die Warteschlange versucht es weiter. Größere Störungen zeigt die Statusseite von Workspace.",
    ),
    "Gmail: the client was silent for too long": (
        "der Client hat zu lange geschwiegen",
        "Google wartete auf den nächsten Befehl oder den Rest der Nachricht und gab auf.",
        "Auf der sendenden Seite nach einer langsamen Platte, einem hängenden Inhaltsfilter oder verlorenen Paketen (MTU) suchen.",
    ),
    "Gmail: protocol violation": (
        "Verstoß gegen das Protokoll",
        "Der Client hielt sich nicht an SMTP, etwa mit Befehlen außer der Reihe oder Zeilen ohne CR LF.",
        "Den Dialog aufzeichnen und mit RFC 5321 vergleichen; schuld sein kann ein Proxy dazwischen.",
    ),
    "Gmail: STARTTLS with a parameter": (
        "STARTTLS mit einem Parameter",
        "STARTTLS nimmt keinen Parameter; 5.7.11 von Gmail ist für einen anderen Fall registriert.",
        "Den bloßen Befehl senden.",
    ),
    "Gmail: wrong order": (
        "falsche Reihenfolge",
        "Der Befehl kam vor einem anderen, der ihm vorausgehen muss; der Text nennt den fehlenden.",
        "Bei EHLO, MAIL, RCPT, DATA bleiben. Oft wurde der Befehl davor abgelehnt, und der Client machte weiter.",
    ),
    "Gmail: hung up after unknown verbs": (
        "nach unbekannten Befehlen aufgelegt",
        "Gmail schließt nach einigen Befehlen, die es nicht kennt.",
        "Es nicht auf einer Verbindung mit unbekannten Befehlen prüfen. Auch HTTP- oder TLS-Bytes auf Port 25 bewirken das.",
    ),
    "Gmail: verb not known or not offered": (
        "Befehl nicht bekannt oder nicht angeboten",
        "Gmail kennt den Befehl nicht (502, wo der Standard 500 hat) oder kennt ihn und hat ihn nicht.",
        "Verwenden, was EHLO anbietet.",
    ),
    "Gmail: malformed MAIL or RCPT, or unknown parameter": (
        "MAIL oder RCPT fehlerhaft oder unbekannter Parameter",
        "Gmail konnte die Adresse oder einen Parameter dahinter nicht lesen; 5.5.2 deckt beides ab.",
        "Parameter weglassen, die Adresse in spitze Klammern setzen und kein Leerzeichen nach dem Doppelpunkt.",
    ),
}
