"""Vendors' wordings in German: gmail login. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Gmail: sender's daily limit": (
        "Tagesgrenze des Absenders",
        "Das sendende Gmail- oder Workspace-Konto hat seine Zahl von Nachrichten oder Empfängern für den Tag verbraucht.",
        "Bis zu 24 Stunden warten. Für Listen einen Versanddienst verwenden; hat niemand so viel gesendet, das Passwort des Kontos ändern.",
    ),
    "Gmail: limit of the SMTP relay": (
        "Grenze des SMTP-Relays",
        "Das SMTP-Relay des Workspace-Kunden hat seine Grenze verbraucht, für den Tag oder für diesen Moment.",
        "Langsamer werden und es nach einer Pause erneut versuchen; eine Tagesgrenze ist nach 24 Stunden wieder frei. Die Grenzen der Lizenz sieht der Workspace-Admin.",
    ),
    "Gmail: relay does not know the client": (
        "Relay kennt den Client nicht",
        "Das SMTP-Relay von Google kennt diesen Client nicht: Weder seine Adresse noch seine Domain ist beim Workspace-Konto eingetragen.",
        "Die Adresse unter Apps, Gmail, Routing, SMTP-Relay-Dienst eintragen; oder sich mit SMTP AUTH anmelden oder in EHLO die eigene Domain sagen.",
    ),
    "Gmail: relay account suspended": (
        "Relay-Konto gesperrt",
        "Google hat das Relaying für das sendende Konto wegen Missbrauchs gesperrt.",
        "Das Gerät oder Konto finden, das Spam gesendet hat, es schließen und den Support von Google um Aufhebung bitten.",
    ),
    "Gmail: app password required": (
        "App-Passwort nötig",
        "Google verlangt ein App-Passwort: Das Konto hat die Bestätigung in zwei Schritten, sein eigenes Passwort taugt also nicht für SMTP.",
        "Im Google-Konto ein App-Passwort anlegen und dieses verwenden oder sich mit OAuth (XOAUTH2) anmelden.",
    ),
    "Gmail: sign-in held back": (
        "Anmeldung zurückgehalten",
        "Google fand die Anmeldung ungewöhnlich und will, dass ein Mensch sie in einem Browser bestätigt.",
        "Sich einmal im Browser anmelden, möglichst aus demselben Netz, und bestätigen; dann ein App-Passwort oder OAuth verwenden.",
    ),
    "Gmail: XOAUTH is gone": (
        "XOAUTH gibt es nicht mehr",
        "Der Client verwendete XOAUTH, den Vorgänger von XOAUTH2, den Google abgeschaltet hat.",
        "Den Client aktualisieren oder ihn XOAUTH2 oder OAUTHBEARER verwenden lassen.",
    ),
    "Gmail: too many recipients for this sender": (
        "zu viele Empfänger für diesen Absender",
        "Das sendende Konto darf mit einer Nachricht nicht an so viele Personen schreiben.",
        "An weniger auf einmal senden oder eine Gruppe oder einen Versanddienst verwenden.",
    ),
    "Gmail: login refused": (
        "Anmeldung abgelehnt",
        "Google akzeptiert diesen Benutzernamen mit diesem Passwort nicht; bei den meisten Konten ist das gewöhnliche Passwort hier gar nicht erlaubt.",
        "Ein App-Passwort oder OAuth (XOAUTH2) verwenden und die volle Adresse als Benutzernamen.",
    ),
    "Gmail: too many logins": (
        "zu viele Anmeldungen",
        "Das Konto oder die Adresse hat sich in kurzer Zeit zu oft angemeldet.",
        "Die Verbindung behalten und darauf mehrere Nachrichten senden; vor der nächsten Anmeldung warten.",
    ),
    "Gmail: login service out of order": (
        "Anmeldedienst gestört",
        "Google konnte die Anmeldung gerade nicht prüfen.",
        "Es in einigen Minuten erneut versuchen.",
    ),
    "Gmail: login required": (
        "Anmeldung nötig",
        "Auf seinen Submission-Ports nimmt Google Mail nur nach einer Anmeldung an.",
        "Sich auf 587 oder 465 mit App-Passwort oder OAuth anmelden. Mail zwischen Servern geht an den MX auf Port 25.",
    ),
    "Gmail: TLS comes before the login": (
        "TLS kommt vor der Anmeldung",
        "Auf dem Submission-Port nimmt Google nichts im Klartext an.",
        "Mit STARTTLS TLS beginnen.",
    ),
    "Gmail: too many commands before the login": (
        "zu viele Befehle vor der Anmeldung",
        "Der Client hat auf dem Submission-Port Befehl um Befehl gesendet, ohne sich anzumelden.",
        "AUTH direkt nach dem EHLO innerhalb von TLS senden.",
    ),
    "Gmail: second login": (
        "zweite Anmeldung",
        "Die Verbindung ist schon angemeldet, und Google lässt den Benutzer nicht wechseln.",
        "Für ein anderes Konto eine neue Verbindung öffnen.",
    ),
    "Gmail: account may not send": (
        "Konto darf nicht senden",
        "Google lässt dieses Konto oder diesen Client derzeit nicht senden oder weiterleiten.",
        "Den Workspace-Admin fragen, ob Gmail für das Konto eingeschaltet ist und ob das Relay den Client kennt.",
    ),
    "Gmail: mechanism unknown": (
        "Mechanismus unbekannt",
        "Google bietet LOGIN, PLAIN, XOAUTH2 und OAUTHBEARER an und keine anderen.",
        "Ein App-Passwort mit PLAIN verwenden oder OAuth.",
    ),
    "Gmail: AUTH data not readable": (
        "AUTH-Daten nicht lesbar",
        "Was der Client innerhalb von AUTH gesendet hat, ist kein Base64.",
        "Es kodieren, ohne Zeilenumbrüche.",
    ),
}
