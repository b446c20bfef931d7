"""Vendors' wordings in German: spectrum. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Spectrum: address blocked": (
        "Adresse gesperrt",
        "Spectrum sperrt diese Adresse wegen verdächtiger Mail.",
        "Die Ursache abstellen. Die Sperre einer fremden Adresse endet von selbst; Kunden rufen Spectrum an.",
    ),
    "Spectrum: account blocked or limited": (
        "Konto gesperrt oder begrenzt",
        "Spectrum sperrt (1010) oder begrenzt (1020 bis 1080) das sendende Konto wegen verdächtiger Mail.",
        "Die Passwörter des Kontos ändern und seine Rechner säubern. Die Sperre endet von selbst, sonst Spectrum anrufen.",
    ),
    "Spectrum: cannot be handled now": (
        "derzeit nicht zu verarbeiten",
        "Spectrum kann die Nachricht im Moment nicht verarbeiten.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Spectrum: reverse DNS": (
        "Reverse-DNS",
        "Spectrum lehnt diese Adresse ab, weil ihr PTR-Eintrag fehlt oder nicht zurückführt.",
        "Einen PTR-Eintrag setzen und für dessen Namen einen Adresseintrag, der zurückführt.",
    ),
    "Spectrum: sender domain's own policy": (
        "eigene Richtlinie der Absenderdomain",
        "Spectrum lehnt die Nachricht ab, weil sie die Richtlinie der Absenderdomain selbst verletzt: SPF, DKIM oder DMARC.",
        "SPF oder DKIM im Namen der From-Domain bestehen lassen.",
    ),
    "Spectrum: address listed by Cloudmark": (
        "Adresse bei Cloudmark gelistet",
        "Spectrum lehnt diese Adresse ab, weil Cloudmark CSI sie führt.",
        "Die Ursache abstellen und bei csi.cloudmark.com die Rücksetzung beantragen.",
    ),
    "Spectrum: address listed by Spamhaus": (
        "Adresse bei Spamhaus gelistet",
        "Spectrum lehnt diese Adresse ab, weil eine Liste von Spamhaus sie führt.",
        "Die Adresse bei check.spamhaus.org nachschlagen, die Ursache abstellen und dort die Austragung beantragen.",
    ),
    "Spectrum: IPv6 not served": (
        "IPv6 nicht bedient",
        "Spectrum nimmt über IPv6 keine Mail an.",
        "Über IPv4 senden.",
    ),
    "Spectrum: too many connections": (
        "zu viele Verbindungen",
        "Diese Adresse hat mehr Verbindungen zu Spectrum offen, als ihr Ruf erlaubt.",
        "Weniger gleichzeitig öffnen und die Warteschlange weiter versuchen lassen.",
    ),
    "Spectrum: rate limit": (
        "Ratengrenze",
        "Das Kontingent von Spectrum für Nachrichten, Empfänger oder tote Empfänger dieses Absenders ist verbraucht.",
        "Langsamer werden, die Liste von toten Adressen bereinigen und die Warteschlange weiter versuchen lassen.",
    ),
    "Spectrum: sender not owned by the account": (
        "Absender gehört nicht zum Konto",
        "Die Absenderadresse ist nicht die des Spectrum-Kontos (1500) oder nicht aus einer Domain, die Spectrum hostet (1520).",
        "Mit der Adresse des Kontos senden.",
    ),
    "Spectrum: message too big": (
        "Nachricht zu groß",
        "Die Nachricht liegt über der Grenze von Spectrum von 20 MB.",
        "Statt der Datei einen Link senden.",
    ),
    "Spectrum: too many recipients": (
        "zu viele Empfänger",
        "Die Nachricht hat mehr Empfänger, als Spectrum auf einmal annimmt (1550), oder zu viele davon gibt es nicht (1560).",
        "An weniger auf einmal senden und die Liste von toten Adressen bereinigen.",
    ),
    "Spectrum: refused with a number": (
        "mit einer Nummer abgelehnt",
        "Spectrum lehnt nach einer Regel ab, deren Nummer hinter AUP# steht.",
        "Die Nummer auf der Seite von Spectrum mit den E-Mail-Fehlercodes nachschlagen.",
    ),
}
