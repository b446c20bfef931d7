"""Vendors' wordings in German: sendmail. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Sendmail: mechanism not available": (
        "Mechanismus nicht verfügbar",
        "Sendmail bietet diesen Mechanismus auf dieser Verbindung nicht an. Mit AuthOptions=p verbirgt es PLAIN und LOGIN, bis TLS läuft.",
        "Einen Mechanismus aus der AUTH-Zeile von EHLO nehmen; nach STARTTLS können es mehr sein.",
    ),
    "Sendmail: no certificate loaded": (
        "kein Zertifikat geladen",
        "TLS läuft schon, oder Sendmail hat kein brauchbares Zertifikat. In beiden Fällen kündigt es STARTTLS nicht an und antwortet dies jedem, der trotzdem fragt.",
        "Innerhalb von TLS ist alles in Ordnung. Im Klartext, Admin: confSERVER_CERT und confSERVER_KEY in sendmail.mc definieren; was nicht klappte, sagt das Log beim Start.",
    ),
    "Sendmail: no help on this topic": (
        "keine Hilfe zu diesem Thema",
        "Die Hilfedatei hat zu diesem Wort nichts.",
        "Kein Fehler und nichts zu tun. Ein bloßes HELP führt die Themen auf.",
    ),
    "Sendmail: help file missing": (
        "Hilfedatei fehlt",
        "HELP funktioniert, aber seine Datei (/etc/mail/helpfile) ist nicht lesbar. Die Antwort verrät die Version.",
        "Admin: die Datei wiederherstellen, auf Wunsch ohne ihre Versionszeile.",
    ),
    "Sendmail: sender domain unknown to the DNS": (
        "Absenderdomain im DNS unbekannt",
        "Die Domain in MAIL FROM hat weder MX noch Adresse (553), oder das DNS antwortete nicht (451). Das trifft auch den erfundenen Absender einer Probe.",
        "Einen Absender verwenden, dessen Domain im DNS steht, oder für Tests den leeren Absender <>.",
    ),
    "Sendmail: unknown MAIL or RCPT parameter": (
        "unbekannter Parameter bei MAIL oder RCPT",
        "Sendmail kennt den Parameter nicht, den es nennt. Der Code ist der des Standards.",
        "Ihn weglassen oder einen verwenden, den EHLO ankündigt.",
    ),
    "Sendmail: not a domain of this server": (
        "keine Domain dieses Servers",
        "Die Domain des Empfängers steht nicht in Klasse w oder R (local-host-names, relay-domains), und dieser Client darf nicht weiterleiten. Der Zusatz kann lauten, dass der Name des Clients gefälscht ist oder sich nicht auflösen lässt.",
        "Sich anmelden oder an den MX der Domain senden. Admin: relay-domains oder die Access-Tabelle.",
    ),
    "Sendmail: no such user": (
        "kein solcher Benutzer",
        "Der lokale Teil hat hier kein Konto, keinen Alias und keinen Eintrag in virtusertable.",
        "Die Adresse korrigieren. Admin: sendmail -bv ADDRESS zeigt, wie sie aufgelöst wird.",
    ),
    "Sendmail: no room, or SIZE looked too big for the disk": (
        "kein Platz, oder SIZE schien zu groß für die Platte",
        "Das Dateisystem der Warteschlange hat weniger als MinFreeBlocks oder weniger, als SIZE= verlangt.",
        "Admin: Platz im Verzeichnis der Warteschlange schaffen. Absender: erneut versuchen.",
    ),
    "Sendmail: declared size too big": (
        "angegebene Größe zu groß",
        "SIZE= liegt über MaxMessageSize. RFC 1870 sähe 5.3.4 vor, denn es ist die Grenze des Systems und nicht die des Postfachs.",
        "Weniger senden oder um ein höheres confMAX_MESSAGE_SIZE bitten.",
    ),
    "Sendmail: VRFY switched off": (
        "VRFY abgeschaltet",
        "PrivacyOptions enthält novrfy: Es wird keine Adresse nachgeschlagen.",
        "Alles in Ordnung, und über das Postfach sagt es nichts.",
    ),
    "Sendmail: user revealed": (
        "Benutzer verraten",
        "VRFY oder EXPN ist offen: Jeder kann erfahren, welche Adressen es gibt und wohin Aliasse führen.",
        "Admin: novrfy und noexpn in confPRIVACY_FLAGS.",
    ),
    "Sendmail: switched off by the admin": (
        "vom Admin abgeschaltet",
        "PrivacyOptions verbietet diesen Befehl (noexpn, noverb, novrfy).",
        "Das ist der empfohlene Zustand eines öffentlichen Servers.",
    ),
    "Sendmail: hung up after unknown commands": (
        "nach unbekannten Befehlen aufgelegt",
        "Mehr als 25 Befehle waren unbekannt (MAXBADCOMMANDS, einkompiliert).",
        "Herausfinden, welches Programm sie sendet.",
    ),
    "Sendmail: hung up after refused recipients": (
        "nach abgelehnten Empfängern aufgelegt",
        "Zu viele Empfänger wurden abgelehnt. Nur ein mit BadRcptShutdown gebautes Sendmail legt deswegen auf.",
        "Die Empfängerliste bereinigen.",
    ),
    "Sendmail: AUTH is off": (
        "AUTH ist aus",
        "Sendmail bietet hier keinen Mechanismus an: SASL ist nicht eingerichtet, oder AUTH ist für diesen Client oder Port aus.",
        "Den Submission-Port verwenden und zuerst in EHLO nach AUTH sehen.",
    ),
    "Sendmail: login refused": (
        "Anmeldung abgelehnt",
        "SASL hat Name oder Passwort abgelehnt; der erweiterte Code des Standards wäre 5.7.8.",
        "Die Zugangsdaten prüfen. Im Log des Servers steht der Grund von SASL.",
    ),
    "Sendmail: extension switched off but used": (
        "Erweiterung abgeschaltet, aber verwendet",
        "DSN oder SMTPUTF8 ist für diesen Client abgeschaltet, und ein Parameter davon wurde verwendet.",
        "ENVID, RET, NOTIFY, ORCPT oder SMTPUTF8 weglassen.",
    ),
    "Sendmail: verb known but left out": (
        "Befehl bekannt, aber weggelassen",
        "Sendmail kennt den Befehl (etwa TURN) und führt ihn nicht aus.",
        "Einen anderen Weg nehmen; an die Stelle von TURN trat ETRN.",
    ),
    "Sendmail: BODY value not offered": (
        "BODY-Wert nicht angeboten",
        "Sendmail nimmt nur BODY=7BIT und BODY=8BITMIME an.",
        "Eine binäre Nachricht vor dem Senden umwandeln.",
    ),
    "Sendmail: unknown verb": (
        "unbekannter Befehl",
        "Sendmail kennt den Befehl nicht, den es zitiert.",
        "Nach einem Tippfehler oder einem Client suchen, der bei den Antworten außer Takt ist.",
    ),
    "Sendmail: EHLO without a name": (
        "EHLO ohne Namen",
        "EHLO oder HELO kam ohne Hostnamen.",
        "Einen vollen Hostnamen ergänzen.",
    ),
    "Sendmail: address on a DNS blocklist": (
        "Adresse auf einer DNS-Sperrliste",
        "FEATURE(dnsbl) hat die Adresse des Clients auf der Liste gefunden, die der Text nennt.",
        "Dem Austragungsverfahren der Liste folgen, sobald die Ursache beseitigt ist.",
    ),
}
