"""Faults without a reply in German: login. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault no user name or password given": (
        "Das Programm soll sich anmelden und hat keinen Benutzernamen oder kein Passwort.",
        "Wenn eine Umgebungsvariable oder ein Secret leer ist oder die Einstellungen falsch verschachtelt sind (nodemailer verlangt `auth: { user, pass }`).",
        "Ausgeben, ob die beiden Werte gesetzt sind (nicht die Werte), und dem Programm beide geben. Die Anmeldung aus den Einstellungen entfernen, wo das Relay keine braucht.",
    ),
    "fault access token not usable": (
        "Die Anmeldung verwendet OAuth, und die ausstellende Stelle gab kein gültiges Token, der Mailserver wurde also gar nicht gefragt.",
        "Wenn das Refresh-Token widerrufen wurde (Passwortwechsel, Test-App älter als 7 Tage bei Google), das Client-Secret abgelaufen ist oder der App der Mail-Scope fehlt.",
        "Die App neu autorisieren und das neue Refresh-Token speichern; bei Microsoft das Enddatum des Secrets, die Berechtigung `SMTP.Send` und die Zustimmung des Admins prüfen.",
    ),
    "fault login not offered": (
        "Das Programm soll sich anmelden, und der Server bietet in seiner Antwort auf EHLO keine Anmeldung an.",
        "Vor STARTTLS auf den meisten Servern, auf Port 25 und bei Relays, die stattdessen der Adresse vertrauen.",
        "Vor der Anmeldung TLS beginnen (587 mit STARTTLS oder 465); `smtpprobe probe HOST:587` zeigt AUTH davor und danach. Will das Relay keine Anmeldung, Benutzer und Passwort aus den Einstellungen entfernen.",
    ),
    "fault no login method in common": (
        "Client und Server haben keinen Anmeldemechanismus gemeinsam, oder der eingestellte wird nicht angeboten.",
        "Wenn der Server nur OAuth anbietet (Microsoft, Google), ein Mechanismus fest eingestellt ist oder ein SASL-Modul nicht installiert ist (`libsasl2-modules`).",
        "Die AUTH-Zeile in `smtpprobe probe HOST:587` (innerhalb von TLS) ansehen und einen ihrer Mechanismen wählen; steht dort nur XOAUTH2, ist es mit Passwörtern vorbei.",
    ),
    "fault secure connection or login missing": (
        "Der Server lehnte die Mail ab, weil der Client sich nicht angemeldet oder TLS nicht begonnen hatte. .NET setzt diesen Satz vor die Worte des Servers.",
        "Wenn `EnableSsl` aus ist, das Passwort falsch ist (ein Konto mit zwei Faktoren braucht ein App-Passwort), `Credentials` vor `UseDefaultCredentials` gesetzt wird oder im Tenant SMTP AUTH abgeschaltet ist.",
        "`EnableSsl = true` und Port 587 setzen, dann `UseDefaultCredentials = false` und danach `Credentials`. Die Worte des Servers hinter diesem Satz (5.7.0, 5.7.57, 5.7.139) sagen, was davon es ist.",
    ),
    "fault login service of the server is down": (
        "Der Mailserver konnte den Dienst nicht fragen, der Anmeldungen oder Benutzer prüft (saslauthd, Dovecot, LDAP, eine Datenbank).",
        "Wenn dieser Dienst nicht läuft, sein Socket nicht lesbar ist oder das Verzeichnis dahinter ausgefallen ist.",
        "Auf dem Server den Dienst starten, den Pfad des Sockets auf beiden Seiten vergleichen und den Benutzer des Mailservers in dessen Gruppe aufnehmen. Sobald er läuft, erneut versuchen.",
    ),
    "fault login refused": (
        "Der Server hat die Anmeldung nicht akzeptiert; seine eigenen Worte stehen nicht in diesem Text.",
        "Bei falschem Benutzernamen (oft ist die ganze Adresse gefragt) oder Passwort, bei zwei Faktoren (ein App-Passwort ist nötig), einem gesperrten Konto, oder wo Passwörter zugunsten von OAuth abgeschaltet sind.",
        "Die Antwort des Servers suchen: Sie beginnt mit 535 oder 534. Den Benutzernamen prüfen, beim Provider ein App-Passwort anlegen und mit `smtpprobe probe HOST:587` nachsehen, welche Mechanismen er anbietet.",
    ),
}
