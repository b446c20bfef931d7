"""Vendors' wordings in German: tencent. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "QQ: frequency of the address or connection": (
        "Häufigkeit der Adresse oder Verbindung",
        "QQ bekommt von dieser Adresse in einer Zeit mehr Verbindungen oder Nachrichten, als es erlaubt.",
        "Weniger Verbindungen öffnen und langsamer werden; die Grenze wird binnen eines Tages aufgehoben.",
    ),
    "QQ: frequency of the sender or domain": (
        "Häufigkeit des Absenders oder der Domain",
        "QQ zählt, was dieser Absender oder diese Domain in einer Zeit sendet, und das Kontingent ist verbraucht.",
        "Langsamer werden; die Grenze wird binnen eines Tages aufgehoben.",
    ),
    "QQ: content refused": (
        "Inhalt abgelehnt",
        "QQ lehnt die Nachricht wegen ihres Inhalts ab.",
        "Wortlaut, Links und Anhänge ändern; Mail, die viele melden, wird an ihrem Muster erkannt und abgelehnt.",
    ),
    "QQ: mailbox not open to this sender": (
        "Postfach für diesen Absender nicht offen",
        "QQ lehnt den Empfänger für diesen Absender ab: Das Postfach ist geschlossen, schirmt sich ab, oder der Absender war zu eifrig.",
        "Den Empfänger bitten, die Adresse zuzulassen, und langsamer werden.",
    ),
    "QQ: refused by the recipient": (
        "vom Empfänger abgelehnt",
        "Der QQ-Benutzer hat diesen Absender auf eine Liste abgelehnter gesetzt oder nimmt nur Mail von Kontakten an.",
        "Den Empfänger auf anderem Weg bitten, die Adresse zuzulassen.",
    ),
    "QQ: suspected of spam or bounce attacks": (
        "des Spams oder der Bounce-Angriffe verdächtigt",
        "QQ hält die Adresse oder den Absender für eine Quelle von Spam oder von Bounces auf Mail, die es nie gesendet hat.",
        "Die Ursache abstellen und keine Bounces an Fremde senden. Bei openmail.qq.com die Austragung beantragen.",
    ),
    "QQ: SPF, DKIM or DMARC failure": (
        "SPF, DKIM oder DMARC gescheitert",
        "QQ lehnt die Nachricht ab, weil sie die Prüfung nicht bestanden hat, die der Text nennt.",
        "Die Adresse in SPF aufnehmen, mit DKIM signieren und dafür sorgen, dass eines davon zu From passt.",
    ),
    "QQ: client refused": (
        "Client abgelehnt",
        "QQ will keine Mail von dieser Adresse, die es für eine Spamquelle hält.",
        "Die Ursache abstellen, dann bei openmail.qq.com die Austragung beantragen.",
    ),
    "QQ: no such mailbox": (
        "kein solches Postfach",
        "QQ hat kein Postfach dieses Namens.",
        "Die Adresse von der Liste nehmen.",
    ),
    "QQ: mailbox deactivated": (
        "Postfach deaktiviert",
        "Das QQ-Postfach wurde wegen Nichtnutzung geschlossen.",
        "Die Adresse von der Liste nehmen, bis ihr Inhaber es wieder öffnet.",
    ),
    "QQ: recipient gets too much mail": (
        "Empfänger bekommt zu viel Mail",
        "Das QQ-Postfach bekommt in einer Zeit mehr Mail, als es darf.",
        "Die Warteschlange weiter versuchen lassen; die Grenze ist die des Empfängers.",
    ),
    "QQ: address malformed": (
        "Adresse fehlerhaft",
        "QQ konnte eine Adresse nicht lesen.",
        "Sie auf Leerzeichen, Anführungszeichen und fehlende Klammern prüfen.",
    ),
    "QQ: message too big": (
        "Nachricht zu groß",
        "Die Nachricht ist größer, als QQ annimmt.",
        "Statt der Datei einen Link senden.",
    ),
}
