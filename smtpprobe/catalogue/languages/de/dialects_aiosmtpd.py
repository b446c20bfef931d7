"""Vendors' wordings in German: aiosmtpd. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "aiosmtpd: unknown MAIL or RCPT parameter": (
        "unbekannter Parameter bei MAIL oder RCPT",
        "aiosmtpd oder ein Hook des darauf gebauten Programms nimmt diesen Parameter nicht an.",
        "Ihn weglassen.",
    ),
    "aiosmtpd: BODY value unknown": (
        "BODY-Wert unbekannt",
        "BODY= muss 7BIT oder 8BITMIME sein; BINARYMIME gibt es nicht.",
        "Die Nachricht kodieren oder als 8BITMIME senden.",
    ),
    "aiosmtpd: AUTH before STARTTLS": (
        "AUTH vor STARTTLS",
        "auth_require_tls ist an (die Voreinstellung), und die Verbindung ist im Klartext.",
        "Zuerst STARTTLS, dann AUTH. Wo der Server keinen TLS-Kontext hat, ist keine Anmeldung möglich.",
    ),
    "aiosmtpd: hung up after the fifth unknown verb": (
        "nach dem fünften unbekannten Befehl aufgelegt",
        "Der fünfte unbekannte Befehl beendet die Verbindung, und diese Antwort steht an der Stelle seines 500.",
        "Unbekannte Befehle zählen: Vier sind frei.",
    ),
    "aiosmtpd: unknown verb": (
        "unbekannter Befehl",
        "Für diesen Befehl gibt es keinen Handler. Auch AUTH wird vor EHLO oder nach HELO so beantwortet.",
        "Den Befehl prüfen; vor AUTH EHLO sagen.",
    ),
    "aiosmtpd: no TLS configured": (
        "kein TLS konfiguriert",
        "Das Programm wurde ohne tls_context gestartet, das ist also trotz der 4 endgültig.",
        "Sein Autor muss einen SSL-Kontext übergeben.",
    ),
    "aiosmtpd: declared size too big": (
        "angegebene Größe zu groß",
        "SIZE= liegt über data_size_limit.",
        "Weniger senden oder die Grenze im Programm anheben.",
    ),
    "aiosmtpd: VRFY not answered": (
        "VRFY nicht beantwortet",
        "Ohne eigenen Hook nimmt das Programm jede richtig aufgebaute Adresse an.",
        "Über ein Postfach sagt es nichts.",
    ),
    "aiosmtpd: one verb repeated too often": (
        "ein Befehl zu oft wiederholt",
        "command_call_limit ist gesetzt, und dieser Befehl hat seinen Anteil verbraucht.",
        "Eine neue Verbindung öffnen.",
    ),
    "aiosmtpd: mechanism unknown": (
        "Mechanismus unbekannt",
        "Das Programm hat für diesen Mechanismus keine Methode auth_.",
        "Einen aus EHLO nehmen.",
    ),
    "aiosmtpd: EXPN left out": (
        "EXPN weggelassen",
        "aiosmtpd kennt EXPN und führt es nie aus.",
        "Nichts anderes davon erwarten.",
    ),
    "aiosmtpd: syntax error; the reply shows the right form": (
        "Syntaxfehler; die Antwort zeigt die richtige Form",
        "Was auf den Befehl folgt, fehlt, ist zu viel oder nicht lesbar.",
        "Der Form in der Antwort folgen.",
    ),
}
