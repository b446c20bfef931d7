"""Vendors' wordings in German: proofpoint. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Proofpoint: address with a bad reputation": (
        "Adresse mit schlechtem Ruf",
        "Der Reputationsdienst von Proofpoint sperrt diese Adresse; wer ihn verwendet, darunter Apple, lehnt die Mail ab.",
        "Den Link in der Antwort öffnen, die Ursache abstellen und mit dem Formular dort die Austragung beantragen.",
    ),
    "Proofpoint: address on Proofpoint's list": (
        "Adresse auf Proofpoints Liste",
        "Die eigene Reputationsliste von Proofpoint führt diese Adresse.",
        "Die Adresse bei ipcheck.proofpoint.com nachschlagen und die Austragung beantragen, sobald die Ursache abgestellt ist.",
    ),
    "Proofpoint: address on Cloudmark's list": (
        "Adresse auf Cloudmarks Liste",
        "Proofpoint lehnt diese Adresse ab, weil Cloudmark, ein Teil davon, ihr einen schlechten Ruf gibt.",
        "Bei csi.cloudmark.com die Rücksetzung beantragen, sobald die Ursache abgestellt ist.",
    ),
    "Proofpoint: recipient check not finished": (
        "Empfängerprüfung nicht fertig",
        "Proofpoint fragt den Server dahinter noch, ob es den Empfänger gibt.",
        "Die Warteschlange es in einigen Minuten wieder versuchen lassen.",
    ),
    "Proofpoint: rule of the recipient's company": (
        "Regel der Firma des Empfängers",
        "Eine Regel, die die Firma des Empfängers in Proofpoint eingerichtet hat, lehnt die Nachricht ab.",
        "Den Admin des Empfängers fragen: Regel und Grund stehen im Log von Proofpoint.",
    ),
    "Proofpoint: no such user": (
        "kein solcher Benutzer",
        "Das Verzeichnis der Empfängerfirma bei Proofpoint hat keine solche Adresse.",
        "Die Schreibweise prüfen. Ob das Verzeichnis aktuell ist, sieht der Admin des Empfängers.",
    ),
}
