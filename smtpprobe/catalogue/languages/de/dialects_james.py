"""Vendors' wordings in German: james. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "James: unknown RCPT parameter": (
        "unbekannter RCPT-Parameter",
        "James nimmt bei RCPT keinen solchen Parameter an, während es unbekannte bei MAIL ignoriert. Der Standard hat dafür 555.",
        "Ihn aus der Zeile streichen.",
    ),
    "James: mechanism unknown, or TLS missing": (
        "Mechanismus unbekannt oder TLS fehlt",
        "James bietet diesen Mechanismus nicht an oder nicht im Klartext.",
        "Mit EHLO nach STARTTLS vergleichen.",
    ),
    "James: command left out": (
        "Befehl weggelassen",
        "James kennt den Befehl und führt ihn nicht aus.",
        "Das ist in Ordnung.",
    ),
    "James: unknown verb": (
        "unbekannter Befehl",
        "Kein Handler nimmt diesen Befehl. Auch AUTH und STARTTLS werden so beantwortet, wo sie nicht konfiguriert sind.",
        "Mit dem vergleichen, was EHLO anbietet.",
    ),
}
