"""Vendors' wordings in German: yahoo reputation. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Yahoo: deferred for good": (
        "dauerhaft zurückgestellt",
        "Yahoo nimmt von dieser Adresse nichts mehr an, was auch die erste Ziffer sagt: Neue Versuche helfen nicht.",
        "Von dort nicht mehr senden, die Ursache der Beschwerden abstellen, dann im Yahoo Sender Hub eine Anfrage stellen.",
    ),
    "Yahoo: deferred: on a Spamhaus list": (
        "zurückgestellt: auf einer Liste von Spamhaus",
        "Yahoo stellt Mail dieser Adresse zurück, weil Spamhaus sie führt.",
        "Die Adresse bei Spamhaus nachschlagen, die Ursache abstellen und sie dort austragen lassen.",
    ),
    "Yahoo: deferred for volume or complaints": (
        "zurückgestellt wegen Menge oder Beschwerden",
        "Yahoo stellt Mail dieser Adresse zurück: Beschwerden, ein schlechter Ruf oder mehr Mail, als es von dort gewohnt ist.",
        "Langsamer werden, nur an die senden, die die Mail öffnen, und am Complaint Feedback Loop teilnehmen. Nach 48 Stunden ohne Änderung im Sender Hub eine Anfrage stellen.",
    ),
    "Yahoo: deferred for complaints": (
        "zurückgestellt wegen Beschwerden",
        "Yahoo stellt Mail dieser Adresse wegen Beschwerden darüber zurück.",
        "Langsamer werden und herausfinden, welche Mail sie einbringt.",
    ),
    "Yahoo: greylisting": (
        "Greylisting",
        "Yahoo stellt zurück, was zum ersten Mal von dieser Adresse kommt.",
        "Nichts zu tun; die Warteschlange versucht es weiter.",
    ),
    "Yahoo: address on a Spamhaus list": (
        "Adresse auf einer Liste von Spamhaus",
        "Yahoo nimmt von dieser Adresse keine Verbindung an, weil Spamhaus sie führt (BL21: SBL oder PBL, BL23: XBL).",
        "Die Adresse bei Spamhaus nachschlagen, die Ursache abstellen und sie austragen lassen; Yahoo zieht binnen Stunden nach.",
    ),
    "Yahoo: too many unknown recipients": (
        "zu viele unbekannte Empfänger",
        "Yahoo stellt den Absender zurück, weil es zu viele seiner Empfänger nicht gibt, wie bei einem offenen Relay.",
        "Tote Adressen von den Listen nehmen und prüfen, dass der Server nicht für Fremde weiterleitet.",
    ),
    "Yahoo: AOL: dynamic address": (
        "AOL: dynamische Adresse",
        "AOL hielt die Adresse für dynamisch oder einen Privatanschluss oder für eine, die niemandem zugeteilt ist (BG).",
        "Über das Relay des Providers senden oder Reverse-DNS besorgen, das einen Mailserver nennt.",
    ),
    "Yahoo: AOL: computer infected": (
        "AOL: Rechner infiziert",
        "AOL sah von dieser Adresse Mail, die bekanntem Spam gleicht; ein Rechner dahinter ist wahrscheinlich infiziert.",
        "Ihn finden und säubern, offene Proxys schließen, dann die Austragung beantragen.",
    ),
    "Yahoo: AOL: address blocked": (
        "AOL: Adresse gesperrt",
        "AOL hat die Adresse gesperrt, meist wegen Beschwerden seiner Mitglieder (SC, BL, RLY) oder wegen eines technischen Fehlers (GE).",
        "Die Beschwerden ansehen, einen Tag warten, dann im Sender Hub von Yahoo, das die Mail von AOL jetzt betreibt, die Austragung beantragen.",
    ),
    "Yahoo: AOL: link with complaints": (
        "AOL: Link mit Beschwerden",
        "AOL hat die Nachricht wegen eines Links darin abgelehnt, über den sich seine Mitglieder beschwert haben.",
        "Den Link herausnehmen oder einen der eigenen Domain verwenden.",
    ),
    "Yahoo: AOL: slow down": (
        "AOL: langsamer senden",
        "AOL begrenzt die Adresse für eine Weile, wegen Beschwerden (DYN) oder zu vieler Verbindungen (CON).",
        "Langsamer und über weniger Verbindungen senden; binnen eines Tages wird es aufgehoben.",
    ),
    "Yahoo: AOL: no reverse record": (
        "AOL: kein Reverse-DNS",
        "AOL fand für die Adresse kein Reverse-DNS oder konnte nicht danach fragen.",
        "Einen PTR-Eintrag setzen, der zurückführt.",
    ),
}
