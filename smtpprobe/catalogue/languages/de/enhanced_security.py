"""Enhanced status codes in German: security. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "X.7.0": (
        "Anderer oder nicht näher bestimmter Sicherheitsstatus",
        "Ein Grund aus Sicherheit oder Richtlinie, absichtlich ohne Einzelheit; mit 2 ist ein Sicherheitsschritt gelungen.",
        "Mehr als den Text gibt es nicht. Von Gmail und Yahoo spricht 421 4.7.0 vom Ruf: langsamer senden und PTR, SPF und DKIM prüfen.",
    ),
    "X.7.1": (
        "Zustellung nicht erlaubt, Nachricht abgelehnt",
        "Absender, Host oder Nachricht sind hier nicht erwünscht. Es ist der Sammelcode der Mail-Richtlinien: verweigertes Relaying, Sperrlisten, Spam, DMARC.",
        "Dem Wortlaut der Antwort folgen: sich anmelden, wo sie von Relaying spricht, dem Link folgen, wo sie eine Liste nennt, SPF, DKIM und DMARC prüfen, wo sie diese nennt.",
    ),
    "X.7.2": (
        "Auflösen der Mailingliste verboten",
        "An diese Mailingliste darf der Absender nicht senden.",
        "Sich eintragen oder den Inhaber der Liste um Erlaubnis fragen. Yahoo setzt den Code in 553-Antworten an gesperrte Hosts.",
    ),
    "X.7.3": (
        "Sicherheitsumwandlung nötig, aber nicht möglich",
        "Die Nachricht bräuchte für die nächste Station ein anderes Sicherheitsprotokoll, und das geht nicht.",
        "Im registrierten Sinn selten. Von Exchange heißt 535 5.7.3, dass die Anmeldung gescheitert ist: Benutzer, Passwort und die Freigabe von SMTP AUTH prüfen.",
    ),
    "X.7.4": (
        "Sicherheitsfunktionen nicht unterstützt",
        "Eine Sicherheitsfunktion, meist ein AUTH-Mechanismus, wird von diesem Server nicht unterstützt.",
        "Einen Mechanismus aus der AUTH-Zeile von EHLO wählen.",
    ),
    "X.7.5": (
        "Kryptografischer Fehler",
        "Eine Prüfung oder Entschlüsselung scheiterte, weil ein Schlüssel fehlte oder falsch war.",
        "Nachsehen, ob Schlüssel und Zertifikate veröffentlicht, aktuell und für den Server lesbar sind.",
    ),
    "X.7.6": (
        "Kryptografischer Algorithmus nicht unterstützt",
        "Der Server kennt den verwendeten Algorithmus nicht.",
        "Zu einem gängigen Algorithmus wechseln oder die Seite aktualisieren, der er fehlt.",
    ),
    "X.7.7": (
        "Integrität der Nachricht verletzt",
        "Der Inhalt wurde nach dem Signieren verändert oder beschädigt.",
        "Den Host suchen, der Nachrichten umschreibt: Fußzeilen, Banner, Virenscanner, Zeilenumbruch.",
    ),
    "X.7.8": (
        "Anmeldedaten ungültig",
        "Benutzername oder Passwort, oder das Token an dessen Stelle, ist falsch.",
        "Die Zugangsdaten im Client korrigieren. Konten mit zwei Faktoren brauchen meist ein App-Passwort oder OAuth; wiederholte Fehlversuche können aussperren.",
    ),
    "X.7.9": (
        "Anmeldeverfahren zu schwach",
        "Das Konto darf einen so schwachen Mechanismus nicht verwenden.",
        "Auf SCRAM oder OAuth wechseln, oder auf irgendeinen Mechanismus innerhalb von TLS. Yahoo verwendet 5.7.9 für nicht authentifizierte Absender.",
    ),
    "X.7.10": (
        "Verschlüsselung nötig",
        "Der Server verlangt einen verschlüsselten Kanal, bevor er weitermacht.",
        "Im Client STARTTLS einschalten oder sich zu Port 465 verbinden.",
    ),
    "X.7.11": (
        "Verschlüsselung für den gewählten Mechanismus nötig",
        "Dieser Mechanismus steht nur innerhalb von TLS offen.",
        "Zuerst TLS beginnen, dann AUTH noch einmal senden. Das Passwort niemals im Klartext wiederholen.",
    ),
    "X.7.12": (
        "Umstellung des Passworts nötig",
        "Das Konto muss sich einmal mit dem Klartextpasswort anmelden, damit der Server es in anderer Form speichern kann.",
        "Sich ein einziges Mal mit PLAIN innerhalb von TLS anmelden. Exchange Online verwendet 5.7.12 für Absender, die in der eigenen Organisation nicht angemeldet sind.",
    ),
    "X.7.13": (
        "Benutzerkonto deaktiviert",
        "Das Konto existiert und wurde deaktiviert.",
        "Den Admin fragen, der es aktivieren darf; am Passwort liegt es nicht.",
    ),
    "X.7.14": (
        "Vertrauensbeziehung nötig",
        "Der Submission-Server und ein anderer Dienst, etwa der IMAP-Speicher, vertrauen einander nicht.",
        "Dieses Vertrauen auf den Servern einrichten. Gmail sendet 534 5.7.14, damit man sich einmal im Browser anmeldet.",
    ),
}
