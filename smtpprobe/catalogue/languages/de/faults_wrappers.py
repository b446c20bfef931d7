"""Faults without a reply in German: wrappers. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault not tried: earlier attempts failed": (
        "Der sendende Server hat es für diese Mail nicht erneut versucht, weil Versuche zum selben Ziel gerade gescheitert waren.",
        "Solange ein Ziel ausgefallen ist oder ablehnt: Die Warteschlange wartet dann, bevor sie wieder fragt.",
        "Den ersten Fehler zu diesem Ziel im Log suchen; dort steht der Grund. Ist er behoben, versucht es `postqueue -f` oder `exim -qff` sofort.",
    ),
    "fault the client could not connect": (
        "Der Client hat den Mailserver nicht erreicht; warum, sagt dieser Text nicht.",
        "Bei falschem Host oder Port, einer Firewall, einem Hoster, der ausgehende Mail sperrt, oder einem TLS-Modus, der nicht zum Port passt.",
        "Die Debug-Ausgabe der Bibliothek einschalten (PHPMailer `SMTPDebug = 2`, `mail.debug=true`) und vom selben Rechner aus `smtpprobe probe HOST:587` ausführen: Es sagt, bei welchem Schritt es scheitert.",
    ),
    "fault message not accepted": (
        "Die Bibliothek sagt, dass die Mail nicht angenommen wurde, und lässt die Antwort des Servers weg.",
        "Nach jeder Ablehnung durch den Server: Absender, Empfänger, Inhalt oder Anmeldung.",
        "Die Antwort suchen: Sie steht in den Zeilen ringsum, in der inneren Exception oder in der Debug-Ausgabe der Bibliothek (PHPMailer `SMTPDebug = 2`, nodemailer `debug: true`, `mail.debug=true`). Diese Antwort dann `smtpprobe explain` geben.",
    ),
}
