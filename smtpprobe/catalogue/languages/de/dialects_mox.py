"""Vendors' wordings in German: mox. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "mox: bare CR or LF": (
        "nacktes CR oder LF",
        "Eine Zeile enthielt CR oder LF allein, was der Versuch sein kann, eine zweite Nachricht einzuschmuggeln. mox schließt.",
        "Den Absender CR LF schreiben lassen und sonst nichts.",
    ),
    "mox: mechanism unknown": (
        "Mechanismus unbekannt",
        "mox hat diesen Mechanismus nicht.",
        "Einen der Mechanismen wählen, die EHLO aufführt.",
    ),
    "mox: AUTH outside TLS": (
        "AUTH außerhalb von TLS",
        "mox nimmt AUTH nur innerhalb von TLS an, sofern seine Konfiguration nichts anderes sagt.",
        "TLS beginnen, noch einmal EHLO sagen und sich dann anmelden.",
    ),
    "mox: no login on port 25": (
        "keine Anmeldung auf Port 25",
        "mox behält AUTH den Submission-Ports vor.",
        "465 oder 587 verwenden.",
    ),
    "mox: unknown MAIL or RCPT parameter": (
        "unbekannter Parameter bei MAIL oder RCPT",
        "mox kennt den Parameter nicht, den es zitiert.",
        "Ihn entfernen und es erneut versuchen.",
    ),
    "mox: blocked for a while after failures": (
        "nach Fehlversuchen für eine Weile gesperrt",
        "Von dieser Adresse kamen zu viele gescheiterte Anmeldungen oder unbekannte Empfänger.",
        "Mit dem Raten aufhören und warten.",
    ),
}
