"""Vendors' wordings in German: mailru. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Mail.ru: content taken for spam": (
        "Inhalt für Spam gehalten",
        "Mail.ru hielt die Nachricht für Spam.",
        "Den Link in der Antwort öffnen und dessen Formular absenden: Es enthält den Fall. Auf postmaster.mail.ru nach Beschwerden sehen.",
    ),
    "Mail.ru: mailbox disabled": (
        "Postfach deaktiviert",
        "Das Postfach bei Mail.ru wurde deaktiviert, meist weil es niemand benutzt hat.",
        "Die Adresse von der Liste nehmen; ihr Inhaber öffnet es wieder, indem er sich anmeldet.",
    ),
    "Mail.ru: mailbox full": (
        "Postfach voll",
        "Das Postfach bei Mail.ru ist voll.",
        "Dem Empfänger auf anderem Weg sagen, dass er Platz schaffen soll.",
    ),
    "Mail.ru: no such mailbox": (
        "kein solches Postfach",
        "Mail.ru hat kein brauchbares Postfach dieses Namens.",
        "Die Adresse von der Liste nehmen.",
    ),
    "Mail.ru: dynamic address or generic PTR": (
        "dynamische Adresse oder generischer PTR",
        "Mail.ru lehnt diese Adresse ab, weil ihr PTR-Eintrag generisch ist oder eine dynamische Adresse zeigt.",
        "Vom Provider einen PTR-Eintrag mit dem eigenen Namen des Servers setzen lassen oder über den Server des Providers senden.",
    ),
    "Mail.ru: app password needed": (
        "App-Passwort nötig",
        "Mail.ru akzeptiert von Mailprogrammen kein Kontopasswort; es verlangt eines, das für das Programm angelegt wurde.",
        "In den Sicherheitseinstellungen des Kontos ein App-Passwort anlegen und sich damit anmelden.",
    ),
    "Mail.ru: account may not send": (
        "Konto darf nicht senden",
        "Mail.ru hat den Versand dieses Kontos angehalten, weil es gekapert aussieht oder Spam gesendet hat.",
        "Das Passwort ändern, den Inhaber in der Webmail bestätigen und die Rechner prüfen, die es benutzen.",
    ),
    "Mail.ru: rate limit": (
        "Ratengrenze",
        "Mail.ru zählt, was diese Adresse oder dieser Absender in einer Zeit einliefert, und das Kontingent ist verbraucht.",
        "Langsamer werden und die Warteschlange weiter versuchen lassen.",
    ),
}
