"""Enhanced status codes in German: protocol. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "X.5.0": (
        "Anderer oder nicht näher bestimmter Protokollstatus",
        "Etwas am Dialog selbst, nicht näher benannt.",
        "Den Befehl ansehen, auf den er antwortet. Outlook.com verwendet 5.5.0 für unbekannte Empfänger.",
    ),
    "X.5.1": (
        "Ungültiger Befehl",
        "Der Befehl wird hier nicht unterstützt oder kam im falschen Moment.",
        "Die Reihenfolge EHLO, MAIL, RCPT, DATA prüfen. Bei 530 5.5.1 fehlt STARTTLS oder eine Anmeldung.",
    ),
    "X.5.2": (
        "Syntaxfehler",
        "Die Zeile war nicht zu verstehen: falsche Syntax oder ein Befehl, den niemand kennt.",
        "Die Zeile mit RFC 5321 4.1.1 vergleichen. In Postfix verlangt 504 5.5.2 einen vollständigen Hostnamen in EHLO.",
    ),
    "X.5.3": (
        "Zu viele Empfänger",
        "Die Nachricht hat mehr Empfänger, als der Server in einer Transaktion annimmt.",
        "Den Rest in weiteren Transaktionen senden; Mailserver tun das von selbst. Die meisten antworten 452 4.5.3, obwohl RFC 5248 den Code nur mit 451 verbindet.",
    ),
    "X.5.4": (
        "Ungültige Argumente eines Befehls",
        "Ein bekannter Befehl trug Argumente, die außerhalb des Erlaubten liegen oder nicht unterstützt werden.",
        "Parameter entfernen, die EHLO nicht angekündigt hat, und die Werte der übrigen prüfen.",
    ),
    "X.5.5": (
        "Falsche Protokollversion",
        "Die beiden Seiten sprechen Versionen eines Protokolls, die nicht zueinander passen.",
        "Die ältere Seite aktualisieren. In SMTP ist das selten, daher eher an eine Middlebox oder einen falschen Port denken.",
    ),
    "X.5.6": (
        "Zeile des AUTH-Austauschs zu lang",
        "Eine Zeile des AUTH-Austauschs war länger, als der Server lesen kann.",
        "Große Kerberos-Tickets und lange OAuth-Token sind die Ursache: sie kürzen oder die Zeilengrenze des Servers anheben.",
    ),
}
