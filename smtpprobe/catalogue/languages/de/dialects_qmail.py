"""Vendors' wordings in German: qmail. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "qmail: not a domain of this server": (
        "keine Domain dieses Servers",
        "In control/rcpthosts fehlt die Domain des Empfängers, und RELAYCLIENT ist für diesen Client nicht gesetzt.",
        "Den richtigen MX verwenden oder sich anmelden, wo es den Patch dafür gibt. Admin: rcpthosts oder morercpthosts.",
    ),
    "qmail: sender refused by list": (
        "Absender nach Liste abgelehnt",
        "control/badmailfrom nennt diesen Absender oder seine Domain.",
        "Herausnehmen kann ihn nur der Admin.",
    ),
    "qmail: bare line feed": (
        "nacktes LF",
        "Der Client hat LF ohne CR gesendet, und qmail legte auf. Trotz der 4 bringt ein neuer Versuch dasselbe.",
        "Jede Zeile mit CR LF beenden.",
    ),
    "qmail: message too big": (
        "Nachricht zu groß",
        "Die Nachricht liegt über control/databytes. qmail ignoriert SIZE= und meldet es nach den Daten.",
        "Weniger senden oder databytes anheben lassen.",
    ),
    "qmail: no such user, by chkuser": (
        "kein solcher Benutzer, laut chkuser",
        "qmail mit chkuser kennt kein Postfach dieses Namens; 511 ist 5.1.1 ohne Punkte.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen.",
    ),
    "qmail: mailbox full, by chkuser": (
        "Postfach voll, laut chkuser",
        "qmail mit chkuser fand das Postfach voll; 522 ist 5.2.2 ohne Punkte.",
        "Dem Empfänger auf anderem Weg sagen, dass er Platz schaffen soll.",
    ),
    "qmail: sender refused, by chkuser": (
        "Absender abgelehnt, von chkuser",
        "qmail mit chkuser lehnt den Absender ab: Seine Domain hat keinen MX-Eintrag, oder die Adresse ist fehlerhaft.",
        "Eine ganze Adresse verwenden, deren Domain einen MX- oder Adresseintrag hat.",
    ),
    "qmail: recipient's address or domain bad, by chkuser": (
        "Adresse oder Domain des Empfängers schlecht, laut chkuser",
        "qmail mit chkuser lehnt den Empfänger ab: Seine Domain hat keinen MX-Eintrag, oder die Adresse ist fehlerhaft.",
        "Die Schreibweise der Domain prüfen.",
    ),
    "qmail: too many recipients, or too many dead ones, by chkuser": (
        "zu viele oder zu viele tote Empfänger, laut chkuser",
        "Die Sitzung hat die bei chkuser erlaubte Zahl von Empfängern oder von nicht existierenden verbraucht; alles Weitere wird abgelehnt.",
        "Die Liste bereinigen und auf einer Verbindung an weniger Empfänger senden.",
    ),
    "qmail: directory out of order, by chkuser": (
        "Verzeichnis gestört, laut chkuser",
        "qmail mit chkuser konnte sein Benutzerverzeichnis nicht befragen.",
        "Die Warteschlange weiter versuchen lassen. Admin: die Datenbank von vpopmail ansehen.",
    ),
    "qmail: no such user": (
        "kein solcher Benutzer",
        "qmail stellt für diese Domain zu und hat für den Namen weder Postfach noch Alias noch Standard.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen.",
    ),
    "qmail: sender's domain must exist": (
        "Domain des Absenders muss existieren",
        "mfcheck von qmail fand für die Domain des Absenders weder MX- noch Adresseintrag.",
        "Einen veröffentlichen oder einen Absender verwenden, dessen Domain einen hat.",
    ),
    "qmail: host of the recipient unknown": (
        "Host des Empfängers unbekannt",
        "Das DNS kennt keinen Host für die Domain des Empfängers.",
        "Die Schreibweise der Domain prüfen. Stimmt sie, muss ihr Inhaber einen MX- oder Adresseintrag veröffentlichen.",
    ),
    "qmail: MX leads here, but the domain is not local": (
        "MX führt hierher, aber die Domain ist nicht lokal",
        "Der MX der Domain führt zu diesem qmail, doch in control/locals und virtualdomains fehlt sie, es würde die Mail also an sich selbst senden.",
        "Admin: die Domain in rcpthosts und in locals oder virtualdomains eintragen oder den MX-Eintrag korrigieren.",
    ),
    "qmail: mail loop": (
        "Mailschleife",
        "Die Nachricht war schon einmal hier: Zwei Weiterleitungen schicken sie im Kreis.",
        "Den Kreis in .qmail-Dateien, Aliassen oder Weiterleitungen durchbrechen.",
    ),
    "qmail: mailbox full": (
        "Postfach voll",
        "vpopmail fand das Postfach über seiner Quota.",
        "Dem Empfänger auf anderem Weg sagen, dass er Platz schaffen soll.",
    ),
    "qmail: gave up after trying for too long": (
        "nach zu langen Versuchen aufgegeben",
        "qmail hat es control/queuelifetime lang versucht, meist eine Woche, und aufgegeben; woran es lag, steht vor den Worten.",
        "Die Ursache beheben, dann erneut senden.",
    ),
    "qmail: verb not there": (
        "Befehl nicht vorhanden",
        "qmail sagt 502 zu jedem Befehl, den es nicht hat, auch zu AUTH, STARTTLS und EXPN.",
        "In EHLO nachsehen, was Patches ergänzt haben.",
    ),
    "qmail: VRFY not answered": (
        "VRFY nicht beantwortet",
        "qmail schlägt für VRFY nie eine Adresse nach.",
        "Nichts zu tun; auch RCPT verrät nicht mehr, denn reines qmail nimmt jeden Benutzer seiner Domains an.",
    ),
    "qmail: address not readable": (
        "Adresse nicht lesbar",
        "Die Adresse hinter MAIL oder RCPT war nicht lesbar; an Parametern liegt es nicht, qmail ignoriert sie.",
        "Die Adresse in spitze Klammern setzen.",
    ),
    "qmail: wrong order": (
        "falsche Reihenfolge",
        "Vor diesem Befehl steht kein MAIL oder kein angenommenes RCPT.",
        "Die frühere Ablehnung suchen.",
    ),
    "qmail: queue or scanner failed for now": (
        "Warteschlange oder Scanner vorerst gescheitert",
        "qmail-queue oder ein Scanner an seiner Stelle wie simscan oder qmail-scanner ist gescheitert.",
        "Die Warteschlange versucht es weiter. Admin: das Log des Scanners, Speichergrenzen und die Platte ansehen.",
    ),
    "qmail: queue or scanner refused": (
        "Warteschlange oder Scanner hat abgelehnt",
        "Ein Scanner anstelle von qmail-queue hat die Nachricht abgelehnt, meist wegen eines Virus oder Spam, und nennt keinen Grund.",
        "Anhänge und Links prüfen; den Grund findet der Admin des Empfängers im Log des Scanners.",
    ),
    "qmail: client was silent": (
        "Client hat geschwiegen",
        "Der Client hat control/timeoutsmtpd lang nichts gesendet, meist zwanzig Minuten.",
        "Nach einem langsamen Client suchen oder einer Firewall, die Pakete verschluckt.",
    ),
}
