"""Enhanced status codes in German: system. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "X.3.0": (
        "Anderer oder nicht näher bestimmter Status des Mailsystems",
        "Das empfangende System antwortet so aus eigenen Gründen, die es nicht nennt.",
        "Bei 4yz warten; bei 5yz die Antwort an dessen Postmaster senden.",
    ),
    "X.3.1": (
        "Mailsystem voll",
        "Platte oder Speicher des empfangenden Systems ist voll, und kein einzelner Empfänger kann das ändern.",
        "Erneut versuchen; der dortige Admin muss Platz schaffen. Auf dem eigenen Server die Spool-Partition, ihre Inodes und Grenzen wie queue_minfree ansehen.",
    ),
    "X.3.2": (
        "System nimmt keine Nachrichten aus dem Netz an",
        "Der Host nimmt jetzt keine Mail aus dem Netz an: Herunterfahren, Last, Wartung, oder nie (521).",
        "Bei 4yz erneut versuchen. Bei 521 anderswohin zustellen, denn dieser Host ist kein Mailserver.",
    ),
    "X.3.3": (
        "System beherrscht die gewählten Funktionen nicht",
        "Die Nachricht oder der Befehl verlangt etwas, das dieses System nicht hat.",
        "Den Parameter oder Befehl weglassen; nur verwenden, was EHLO angekündigt hat. Exchange nimmt den Code für unbekannte Befehle, Sendmail für einen fehlenden AUTH-Mechanismus.",
    ),
    "X.3.4": (
        "Nachricht zu groß für das System",
        "Die Nachricht liegt über der Größengrenze des Servers.",
        "Sie verkleinern. EHLO nennt die Grenze hinter SIZE; kodierte Anhänge zählen ein Drittel mehr als die Datei.",
    ),
    "X.3.5": (
        "System falsch konfiguriert",
        "Das empfangende System ist so eingerichtet, dass es diese Nachricht nicht annehmen kann.",
        "Seinem Postmaster Bescheid geben; die üblichen Gründe sind Schleifen auf sich selbst und fehlende Transporte. Danach hilft ein neuer Versuch.",
    ),
    "X.3.6": (
        "Gewünschte Priorität wurde geändert",
        "Die Nachricht wurde angenommen, mit anderer Priorität als verlangt.",
        "Nichts, außer wenn die Priorität wichtig ist: Dann auf diesem Server das Recht dazu beschaffen.",
    ),
}
