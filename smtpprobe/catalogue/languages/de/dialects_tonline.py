"""Vendors' wordings in German: tonline. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "T-Online: address without a reputation": (
        "Adresse ohne Ruf",
        "T-Online nimmt Mail nur von Adressen an, die es kennt, und diese ist neu, hat lange geschwiegen oder einen schlechten Namen.",
        "Auf die Website der Domain des Hosts ein Impressum mit Postanschrift und Telefon setzen, einen PTR-Eintrag setzen, der zurückführt, dann an die Adresse in der Antwort schreiben. Binnen eines Tages wird zurückgesetzt.",
    ),
    "T-Online: address blocked": (
        "Adresse gesperrt",
        "T-Online sperrt diese Adresse; (BL) am Ende heißt, dass sie auf seiner Sperrliste steht, auf der auch neue Adressen stehen.",
        "Die Ursache abstellen, dann an die Adresse in der Antwort schreiben. Ein Impressum auf der Website des Hosts und einen PTR-Eintrag bereithalten, der zurückführt.",
    ),
    "T-Online: dial-up address": (
        "Einwahladresse",
        "T-Online nimmt von Einwahl- oder wechselnden Adressen keine Mail direkt an.",
        "Über den Submission-Server des Providers senden. Ist die Adresse fest, das im PTR-Eintrag zeigen lassen und an die Adresse in der Antwort schreiben.",
    ),
    "T-Online: reported by an address at T-Online": (
        "Verweis auf eine Adresse bei T-Online",
        "T-Online lehnt die Mail ab und nennt eine Adresse, an die man schreiben kann.",
        "Dorthin mit der ganzen Antwort und der sendenden Adresse schreiben; postmaster.t-online.de führt auf, was verlangt wird.",
    ),
    "T-Online: taken for spam or malware": (
        "für Spam oder Schadsoftware gehalten",
        "T-Online hielt den Inhalt für Spam oder Schadsoftware.",
        "Verkürzte Links und ungewöhnliche Anhänge weglassen. Ist die Nachricht sauber, die ganze Antwort mit ihren Codes an FPR@RX.T-ONLINE.DE senden.",
    ),
}
