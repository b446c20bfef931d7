"""Vendors' wordings in German: comcast. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Comcast: Comcast's own block": (
        "Comcasts eigene Sperre",
        "Comcast selbst sperrt diese Adresse, weil ihre Mail nach Spam aussah.",
        "Die Ursache finden und abstellen, dann mit dem Formular auf postmaster.comcast.net die Austragung beantragen.",
    ),
    "Comcast: address on external blocklists": (
        "Adresse auf fremden Sperrlisten",
        "Comcast lehnt Mail von dieser Adresse ab, weil andere Listen sie führen: Die letzten Ziffern des Codes sind eine Maske, 1 für Spamhaus ZEN, 10 für Cloudmark CSI, 100 für Sender Score.",
        "Die Adresse von jeder Liste austragen lassen, die die Maske nennt: check.spamhaus.org, csi.cloudmark.com, senderscore.org. Comcast zieht von selbst nach.",
    ),
    "Comcast: dynamic or residential address": (
        "dynamische Adresse oder Privatanschluss",
        "Comcast nimmt von dynamischen Adressen und Privatanschlüssen keine Mail direkt an: ES000001 ist einer von Comcast selbst, ES000010 einer aus einem anderen Netz.",
        "Über den Submission-Server des Providers senden. Ein Server mit fester Adresse braucht einen PTR-Eintrag, der nicht dynamisch aussieht.",
    ),
    "Comcast: rate limit": (
        "Ratengrenze",
        "Comcast begrenzt nach dem Ruf, wie viel diese Adresse in einer Zeit senden darf, und die Menge ist verbraucht.",
        "Langsamer werden und die Warteschlange weiter versuchen lassen. Mit sauberer Vorgeschichte und gleichmäßiger Menge steigt die Grenze.",
    ),
    "Comcast: DMARC failure": (
        "DMARC gescheitert",
        "Comcast lehnt die Nachricht ab, weil sie DMARC nicht bestanden hat und die Richtlinie der From-Domain das verlangt.",
        "SPF oder DKIM im Namen der From-Domain bestehen lassen.",
    ),
    "Comcast: no PTR record": (
        "kein PTR-Eintrag",
        "Comcast lehnt Mail von dieser Adresse ab, weil sie keinen PTR-Eintrag hat oder der Name darin nicht zurückführt.",
        "Den PTR-Eintrag setzt der Inhaber des Adressbereichs; der Name darin braucht einen A- oder AAAA-Eintrag, der zurückführt.",
    ),
    "Comcast: too many connections": (
        "zu viele Verbindungen",
        "Diese Adresse hat mehr Verbindungen zu Comcast offen, als ihr Ruf erlaubt; 25 ist das Höchste.",
        "Weniger gleichzeitig öffnen und die Warteschlange weiter versuchen lassen.",
    ),
    "Comcast: PTR lookup failed": (
        "PTR-Abfrage gescheitert",
        "Comcast konnte den PTR-Eintrag dieser Adresse nicht nachschlagen; der DNS-Server antwortete nicht.",
        "Prüfen, ob die Server der Reverse-Zone antworten. Die Warteschlange versucht es weiter.",
    ),
    "Comcast: mailbox full for a long time": (
        "Postfach seit Langem voll",
        "Das Postfach bei Comcast ist seit so Langem voll, dass es nichts mehr annimmt.",
        "Die Adresse von der Liste nehmen; ihr Inhaber liest sie kaum.",
    ),
    "Comcast: mailbox full": (
        "Postfach voll",
        "Das Postfach bei Comcast ist voll.",
        "Einige Tage weiter versuchen, dann dem Empfänger auf anderem Weg Bescheid geben.",
    ),
    "Comcast: no such customer": (
        "kein solcher Kunde",
        "Comcast hat kein Postfach dieses Namens oder hat es geschlossen.",
        "Die Adresse von der Liste nehmen.",
    ),
    "Comcast: recipient gets too much mail": (
        "Empfänger bekommt zu viel Mail",
        "Das Postfach bei Comcast empfängt in kurzer Zeit mehr, als es darf.",
        "Die Warteschlange weiter versuchen lassen; die Grenze ist die des Empfängers, nicht die des Absenders.",
    ),
    "Comcast: recipient not available for now": (
        "Empfänger vorerst nicht erreichbar",
        "Comcast kann das Postfach im Moment nicht erreichen.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Comcast: recipient not available": (
        "Empfänger nicht verfügbar",
        "Das Postfach bei Comcast existiert, nimmt aber keine Mail an.",
        "Die Adresse von der Liste nehmen oder den Empfänger auf anderem Weg fragen.",
    ),
}
