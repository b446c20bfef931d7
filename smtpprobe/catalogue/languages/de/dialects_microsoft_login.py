"""Vendors' wordings in German: microsoft login. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Microsoft 365: SMTP AUTH is off in the tenant": (
        "SMTP AUTH ist im Tenant aus",
        "Microsoft 365 hat die Anmeldung abgelehnt, weil SMTP AUTH für die ganze Organisation abgeschaltet ist.",
        "Es nur für dieses Postfach erlauben: Set-CASMailbox USER -SmtpClientAuthenticationDisabled $false. Besser noch OAuth oder einen anderen Weg der Einlieferung verwenden; einfache Passwörter laufen aus.",
    ),
    "Microsoft 365: SMTP AUTH is off for the mailbox": (
        "SMTP AUTH ist für das Postfach aus",
        "Microsoft 365 hat die Anmeldung abgelehnt, weil SMTP AUTH für dieses Postfach abgeschaltet ist.",
        "Bei den E-Mail-Apps des Benutzers Authentifiziertes SMTP anhaken oder Set-CASMailbox USER -SmtpClientAuthenticationDisabled $false; einige Minuten warten.",
    ),
    "Microsoft 365: security defaults forbid it": (
        "Sicherheitsstandards verbieten es",
        "Microsoft 365 hat die Anmeldung abgelehnt, weil die Sicherheitsstandards Passwörter über SMTP verbieten.",
        "OAuth verwenden. Ein Admin, der ein Gerät zulassen muss, ersetzt die Sicherheitsstandards durch Regeln für bedingten Zugriff mit einer Ausnahme.",
    ),
    "Microsoft 365: wrong user name or password": (
        "falscher Benutzername oder falsches Passwort",
        "Microsoft 365 akzeptiert diesen Benutzernamen mit diesem Passwort nicht.",
        "Die volle Adresse als Benutzernamen prüfen. Ein Konto mit Multi-Faktor-Anmeldung braucht OAuth oder ein App-Passwort.",
    ),
    "Microsoft 365: a rule forbids the login": (
        "eine Regel verbietet die Anmeldung",
        "Microsoft 365 hat die Anmeldung nach einer Regel für bedingten Zugriff abgelehnt oder weil das Konto mehr als ein Passwort braucht.",
        "Das Anmeldeprotokoll in Entra nennt die Regel. OAuth verwenden oder den Admin dieses Konto ausnehmen lassen.",
    ),
    "Microsoft 365: passwords over SMTP have ended": (
        "Passwörter über SMTP sind abgeschafft",
        "Microsoft akzeptiert hier keine Passwörter über SMTP mehr, nur OAuth.",
        "Das Programm sich mit XOAUTH2 anmelden lassen oder über einen anderen Dienst einliefern (High Volume Email, Azure Communication Services, ein eigenes Relay mit Connector).",
    ),
    "Microsoft 365: login refused by a policy or for the password": (
        "Anmeldung wegen Richtlinie oder Passwort abgelehnt",
        "Microsoft 365 hat die Anmeldung abgelehnt: SMTP AUTH ist für Postfach oder Tenant aus, eine Richtlinie verbietet es, oder das Passwort ist falsch.",
        "SMTP AUTH für das Postfach prüfen, dann das Anmeldeprotokoll in Entra, dann das Passwort; OAuth verwenden, wo es geht.",
    ),
    "Microsoft 365: TLS too old": (
        "TLS zu alt",
        "Der Client sprach TLS 1.0 oder 1.1, was Microsoft 365 nicht mehr akzeptiert.",
        "Den Client oder seine Bibliothek auf TLS 1.2 oder neuer aktualisieren. Alte Geräte können den Legacy-Endpunkt verwenden, den Microsoft anbietet, oder ein Relay.",
    ),
    "Microsoft 365: mechanism not offered, perhaps for want of TLS": (
        "Mechanismus nicht angeboten, vielleicht mangels TLS",
        "Microsoft 365 bietet diesen Mechanismus nicht oder nicht vor STARTTLS an.",
        "Mit der AUTH-Zeile des EHLO nach STARTTLS vergleichen: Dort stehen LOGIN und XOAUTH2.",
    ),
}
