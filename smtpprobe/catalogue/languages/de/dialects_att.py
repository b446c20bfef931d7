"""Vendors' wordings in German: att. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "AT&T: address on AT&T's own list": (
        "Adresse auf AT&Ts eigener Liste",
        "AT&T lehnt Mail von dieser Adresse ab, weil seine eigene Sperrliste sie führt; 521 ist dort Teil des Textes und kein Reply-Code.",
        "Die Ursache abstellen, dann die ganze Antwort an abuse_rbl@abuse-att.net weiterleiten.",
    ),
    "AT&T: reverse DNS missing or wrong": (
        "Reverse-DNS fehlt oder ist falsch",
        "AT&T lehnt diese Adresse ab, weil ihr PTR-Eintrag fehlt oder nicht zurückführt.",
        "Einen PTR-Eintrag setzen, dessen Name einen Adresseintrag hat, der zu dieser Adresse zurückführt.",
    ),
    "AT&T: no such mailbox, on the old servers": (
        "kein solches Postfach, auf den alten Servern",
        "Das Verzeichnis von AT&T hat für diese Adresse keinen Mailhost: Das Postfach gibt es nicht mehr.",
        "Die Adresse von der Liste nehmen.",
    ),
    "AT&T: no such mailbox": (
        "kein solches Postfach",
        "AT&T kennt kein Postfach dieses Namens.",
        "Die Adresse von der Liste nehmen.",
    ),
    "AT&T: message refused by the acceptable use policy": (
        "Nachricht nach der Nutzungsrichtlinie abgelehnt",
        "AT&T lehnt Absender oder Nachricht nach seiner Nutzungsrichtlinie ab; am häufigsten sagt das sein Gateway von Mail zu SMS.",
        "SMS über einen Provider senden, der dafür registriert ist. Bei Mail an abuse_rbl@abuse-att.net schreiben.",
    ),
}
