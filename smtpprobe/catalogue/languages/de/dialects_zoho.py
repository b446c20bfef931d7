"""Vendors' wordings in German: zoho. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Zoho: virus found": (
        "Virus gefunden",
        "Zoho hat in der Nachricht Schadsoftware gefunden.",
        "Den sendenden Rechner prüfen und eine harmlose Datei in einem anderen Format senden.",
    ),
    "Zoho: content taken for spam": (
        "Inhalt für Spam gehalten",
        "Zoho hielt die Nachricht für Spam.",
        "SPF, DKIM und DMARC, Links und Wortlaut prüfen. Ein Kunde wendet sich an den Support von Zoho; der Empfänger kann den Absender zulassen.",
    ),
    "Zoho: policy of the recipient's organisation": (
        "Richtlinie der Organisation des Empfängers",
        "Eine Richtlinie der Organisation des Empfängers bei Zoho oder des Postfachs lässt diese Nachricht nicht durch.",
        "Den Admin des Empfängers fragen, der die Regel im Control Panel von Zoho sieht.",
    ),
    "Zoho: refused by the recipient's domain": (
        "von der Domain des Empfängers abgelehnt",
        "Die Domain des Empfängers bei Zoho lehnt diesen Absender ab; 541 ist keine Nummer von SMTP, und 5.4.1 hat hier nichts mit einem Netz zu tun.",
        "Den Admin des Empfängers bitten, den Absender von der Sperrliste der Organisation zu nehmen.",
    ),
    "Zoho: greylisting": (
        "Greylisting",
        "Zoho stellt Mail von unbekannter Kombination aus Client, Absender und Empfänger einmal zurück.",
        "Die Warteschlange von derselben Adresse aus weiter versuchen lassen.",
    ),
    "Zoho: DMARC failure": (
        "DMARC gescheitert",
        "Zoho lehnt die Nachricht ab, weil sie DMARC nicht bestanden hat und die Richtlinie der From-Domain das verlangt.",
        "SPF oder DKIM im Namen der From-Domain bestehen lassen.",
    ),
    "Zoho: no such user": (
        "kein solcher Benutzer",
        "Zoho hat kein Postfach dieses Namens.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen.",
    ),
    "Zoho: domain not hosted, or sender not owned": (
        "Domain nicht gehostet oder Absender fremd",
        "Die Domain des Empfängers wird nicht bei Zoho gehostet, oder das Konto sendet mit einer Adresse, die ihm nicht gehört.",
        "Die MX-Einträge prüfen und dass die Domain bestätigt ist; mit der eigenen Adresse des Kontos senden.",
    ),
    "Zoho: temporary fault": (
        "vorübergehender Fehler",
        "Zoho hat einen eigenen Fehler.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
}
