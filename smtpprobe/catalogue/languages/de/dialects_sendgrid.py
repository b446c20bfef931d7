"""Vendors' wordings in German: sendgrid. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "SendGrid: login missing or wrong": (
        "Anmeldung fehlt oder ist falsch",
        "SendGrid nimmt Mail erst nach einer Anmeldung an, und es gab keine, oder sie ist gescheitert.",
        "Sich mit dem Benutzernamen apikey und einem API-Schlüssel anmelden, der Mail senden darf.",
    ),
    "SendGrid: sender not verified": (
        "Absender nicht bestätigt",
        "Die From-Adresse ist kein Absender, den dieses SendGrid-Konto bestätigt hat; 403 ist die Nummer seiner Web-API.",
        "In den Einstellungen des Kontos die Adresse als einzelnen Absender bestätigen oder ihre Domain authentifizieren.",
    ),
    "SendGrid: credits used up": (
        "Guthaben verbraucht",
        "Die Mails des Kontos bei SendGrid für diesen Tag oder Monat sind verbraucht; gesagt wird es bei der Anmeldung.",
        "Den neuen Zeitraum abwarten oder einen größeren Tarif nehmen.",
    ),
    "SendGrid: key invalid or revoked": (
        "Schlüssel ungültig oder widerrufen",
        "SendGrid kennt den API-Schlüssel nicht mehr.",
        "Einen neuen Schlüssel anlegen, der Mail senden darf, und ihn als Passwort zum Benutzernamen apikey verwenden.",
    ),
    "SendGrid: credentials wrong": (
        "Zugangsdaten falsch",
        "SendGrid hat Benutzername und Passwort nicht akzeptiert.",
        "Der Benutzername ist das Wort apikey, das Passwort ein API-Schlüssel; Kontopasswörter gelten nicht.",
    ),
}
