"""Vendors' wordings in German: yandex. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Yandex: content taken for spam": (
        "Inhalt für Spam gehalten",
        "Yandex hielt die Nachricht für Spam.",
        "Den Link in der Antwort öffnen. Links, Wortlaut und Liste prüfen; ist alle Mail eines Absenders Spam, sperrt Yandex ihn für einen Tag.",
    ),
    "Yandex: greylisting": (
        "Greylisting",
        "Yandex stellt Mail von einer unbekannten Adresse zurück; es wirkt wie Greylisting.",
        "Die Warteschlange von derselben Adresse aus weiter versuchen lassen.",
    ),
    "Yandex: policy of the recipient's domain": (
        "Richtlinie der Empfängerdomain",
        "Das Postfach bei Yandex oder seine Domain nimmt diese Mail nicht an: Es ist geschlossen, unbezahlt oder nicht bestätigt.",
        "Den Empfänger auf anderem Weg fragen. Der Admin einer Domain bei Yandex 360 prüft, ob die Domain bestätigt und das Postfach aktiv ist.",
    ),
    "Yandex: blocked by spam statistics": (
        "nach Spamstatistik gesperrt",
        "Yandex sperrt diese Adresse für bis zu einen Tag, weil von ihr nur Spam kam.",
        "Die Ursache abstellen und einen Tag warten. Der Link in der Antwort führt zum Formular für Irrtümer.",
    ),
    "Yandex: recipient gets too much mail": (
        "Empfänger bekommt zu viel Mail",
        "Das Postfach bei Yandex bekommt in einer Zeit mehr Mail, als es darf.",
        "Die Warteschlange weiter versuchen lassen; die Grenze ist die des Empfängers.",
    ),
    "Yandex: no such user": (
        "kein solcher Benutzer",
        "Yandex hat kein Postfach dieses Namens.",
        "Die Adresse von der Liste nehmen.",
    ),
    "Yandex: mailbox full": (
        "Postfach voll",
        "Das Postfach bei Yandex ist voll.",
        "Dem Empfänger auf anderem Weg sagen, dass er Platz schaffen soll.",
    ),
    "Yandex: client too slow": (
        "Client zu langsam",
        "Der Client sagte so lange nichts, dass Yandex auflegte.",
        "Den nächsten Befehl früher senden und keine untätigen Verbindungen offen halten.",
    ),
    "Yandex: error that Yandex does not explain": (
        "Fehler, den Yandex nicht erklärt",
        "Yandex konnte nicht zustellen und sagt nicht, warum; der Fehler liegt auf seiner Seite oder am Postfach.",
        "Später erneut senden, dann den Empfänger auf anderem Weg fragen.",
    ),
    "Yandex: sender not owned by the account": (
        "Absender gehört nicht zum Konto",
        "Der Envelope-Absender ist keine Adresse des angemeldeten Yandex-Kontos.",
        "Mit der eigenen Adresse des Kontos oder einem seiner Aliasse senden.",
    ),
    "Yandex: mail programs not allowed for this account": (
        "Mailprogramme für dieses Konto nicht erlaubt",
        "Das Yandex-Konto darf von Mailprogrammen nicht benutzt werden, oder das Passwort ist keines für sie.",
        "In den Einstellungen der Webmail Mailprogramme erlauben, ein App-Passwort anlegen und sich damit anmelden.",
    ),
}
