"""Vendors' wordings in German: nodemailer. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "nodemailer: hung up: too much before the login": (
        "aufgelegt: zu viel vor der Anmeldung",
        "Nach etwa zehn Befehlen ohne AUTH ist Schluss; auch richtige zählen.",
        "Sich früh anmelden oder auf einer Verbindung weniger tun.",
    ),
    "nodemailer: hung up after unknown verbs": (
        "nach unbekannten Befehlen aufgelegt",
        "Der zehnte unbekannte Befehl schließt die Verbindung.",
        "Weniger davon senden.",
    ),
    "nodemailer: a web request": (
        "eine Webanfrage",
        "Ein HTTP-Befehl kam an, und der Server schließt.",
        "Den Browser oder Health-Check anderswohin richten.",
    ),
    "nodemailer: spoke before the greeting": (
        "vor der Begrüßung geredet",
        "Der Server wartet eine Zehntelsekunde, um die zu erwischen, die nicht warten.",
        "Zuerst die Begrüßung lesen.",
    ),
    "nodemailer: AUTH before STARTTLS": (
        "AUTH vor STARTTLS",
        "Jedes AUTH im Klartext bekommt dies, bevor der Mechanismus überhaupt angesehen wird.",
        "Zuerst STARTTLS senden, dann AUTH.",
    ),
    "nodemailer: BODY value not known": (
        "BODY-Wert nicht bekannt",
        "BODY= muss 7BIT oder 8BITMIME sein.",
        "Ohne diesen Parameter auskommen.",
    ),
    "nodemailer: unknown verb": (
        "unbekannter Befehl",
        "Der Server hat keinen solchen Befehl, oder das Programm, das ihn verwendet, hat ihn abgeschaltet.",
        "EHLO sagt, was es gibt.",
    ),
}
