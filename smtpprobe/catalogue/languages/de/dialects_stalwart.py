"""Vendors' wordings in German: stalwart. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Stalwart: unknown MAIL or RCPT parameter": (
        "unbekannter Parameter bei MAIL oder RCPT",
        "Stalwart kennt den Parameter nicht. Als einziger bekannter Server sagt es dazu 504; der Standard hat 555.",
        "Den Befehl ohne ihn senden.",
    ),
    "Stalwart: second STARTTLS": (
        "zweites STARTTLS",
        "TLS läuft schon.",
        "Mit EHLO weitermachen.",
    ),
    "Stalwart: EHLO name is not fully qualified": (
        "EHLO-Name ist nicht vollständig",
        "Stalwart verlangt einen vollen Hostnamen oder ein Adressliteral und sagt das sofort.",
        "Einen davon senden.",
    ),
    "Stalwart: mechanism unknown": (
        "Mechanismus unbekannt",
        "Der Standardcode dafür ist 504.",
        "EHLO führt die vorhandenen auf.",
    ),
    "Stalwart: AUTH is not for this session": (
        "AUTH nicht für diese Sitzung",
        "Dieser Listener nimmt keine Anmeldung an oder keine im Klartext.",
        "Den Submission-Port und TLS verwenden.",
    ),
    "Stalwart: lookups switched off": (
        "Adressabfragen abgeschaltet",
        "Der Admin hat VRFY oder EXPN abgeschaltet.",
        "Nichts zu ändern.",
    ),
    "Stalwart: hung up after too many errors": (
        "nach zu vielen Fehlern aufgelegt",
        "Die Fehlergrenze einer Sitzung ist erreicht.",
        "Die Ablehnungen davor ansehen.",
    ),
    "Stalwart: recipients of one message used up": (
        "Empfängerzahl einer Nachricht ausgeschöpft",
        "Die Empfängergrenze dieser Sitzung ist erreicht; andere sagen 452.",
        "Den Rest in einer weiteren Transaktion senden.",
    ),
    "Stalwart: greylisting": (
        "Greylisting",
        "Stalwart stellt ein unbekanntes Paar aus Absender und Empfänger einmal zurück; der Code für ein volles Postfach führt in die Irre.",
        "Die Warteschlange von derselben Adresse aus weiter versuchen lassen.",
    ),
    "Stalwart: EHLO missing": (
        "EHLO fehlt",
        "MAIL kam vor EHLO.",
        "Zuerst EHLO mit dem eigenen vollen Namen des Clients sagen.",
    ),
    "Stalwart: no such mailbox": (
        "kein solches Postfach",
        "Die Domain wird hier bedient und hat kein solches Postfach; passend wäre 5.1.1.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen.",
    ),
    "Stalwart: not a domain of this server": (
        "keine Domain dieses Servers",
        "Die Domain des Empfängers wird hier nicht bedient, und der Client hat sich nicht angemeldet.",
        "Sich anmelden oder den MX der Domain verwenden.",
    ),
    "Stalwart: rate limit": (
        "Ratengrenze",
        "Eine Eingangsgrenze dieses Servers ist für Client, Absender oder Empfänger ausgeschöpft.",
        "Langsamer werden und die Warteschlange weiter versuchen lassen.",
    ),
    "Stalwart: reverse DNS": (
        "Reverse-DNS",
        "Der PTR-Eintrag des Clients fehlt oder führt nicht zurück; 4.7.25 heißt, dass das DNS nicht antwortete.",
        "Einen PTR-Eintrag setzen und für dessen Namen einen Adresseintrag, der zurückführt.",
    ),
    "Stalwart: DKIM, ARC or DMARC failure": (
        "DKIM, ARC oder DMARC gescheitert",
        "Stalwart ist streng eingestellt, und die Prüfung, die der Text nennt, ist gescheitert.",
        "SPF oder DKIM im Namen der From-Domain bestehen lassen.",
    ),
    "Stalwart: sender refused": (
        "Absender abgelehnt",
        "Eine Regel lehnt den Absender ab, oder die Adresse gehört nicht zur Anmeldung.",
        "Mit der eigenen Adresse oder einem Alias des Kontos senden.",
    ),
    "Stalwart: login required": (
        "Anmeldung nötig",
        "Dieser Listener nimmt Mail erst nach einer Anmeldung an.",
        "Sich innerhalb von TLS mit AUTH anmelden; Mail zwischen Servern geht an Port 25.",
    ),
    "Stalwart: extension switched off but used": (
        "Erweiterung abgeschaltet, aber verwendet",
        "Der Client hat eine Erweiterung verwendet, die dieser Server abgeschaltet hat.",
        "Nur verwenden, was EHLO anbietet.",
    ),
    "Stalwart: message too big": (
        "Nachricht zu groß",
        "Die Nachricht oder die für sie angegebene Größe liegt über der Grenze des Servers.",
        "Statt der Datei einen Link senden.",
    ),
    "Stalwart: mail loop": (
        "Mailschleife",
        "Die Nachricht trägt zu viele Received-Zeilen: Sie läuft im Kreis.",
        "Den Kreis aus Weiterleitungen durchbrechen.",
    ),
    "Stalwart: message not readable": (
        "Nachricht nicht lesbar",
        "Stalwart konnte die Nachricht nicht lesen: Sie hat keinen richtigen Kopf.",
        "Dafür sorgen, dass zuerst die Kopfzeilen kommen und danach eine leere Zeile.",
    ),
    "Stalwart: directory out of order": (
        "Verzeichnis gestört",
        "Stalwart konnte sein Verzeichnis nicht nach dem Empfänger fragen.",
        "Die Warteschlange versucht es weiter. Admin: den Speicher des Verzeichnisses ansehen.",
    ),
}
