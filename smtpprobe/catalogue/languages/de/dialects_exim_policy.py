"""Vendors' wordings in German: exim policy. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Exim: VRFY not answered": (
        "VRFY nicht beantwortet",
        "Keine ACL erlaubt VRFY, darum sagt Exim weder Ja noch Nein. Trotz der Worte ist das eine positive Antwort.",
        "Alles in Ordnung, und verraten wurde nichts.",
    ),
    "Exim: command not allowed": (
        "Befehl nicht erlaubt",
        "Keine ACL erlaubt diesen Befehl (acl_smtp_expn, acl_smtp_vrfy, acl_smtp_etrn).",
        "So soll es auf einem öffentlichen Server sein.",
    ),
    "Exim: refused by an ACL without a reason": (
        "ohne Begründung von einer ACL abgelehnt",
        "Eine ACL hat abgelehnt und keine eigene Meldung gegeben. Das reject-Log nennt die ACL und die Bedingung.",
        "Den Admin dieses Servers fragen und ihm Uhrzeit und sendende Adresse nennen.",
    ),
    "Exim: not a domain of this server": (
        "keine Domain dieses Servers",
        "Die Domain des Empfängers ist hier weder lokal, noch wird für sie weitergeleitet, und dieser Client hat sich nicht angemeldet.",
        "Sich anmelden oder den MX des Empfängers verwenden. Admin: local_domains, relay_to_domains.",
    ),
    "Exim: no router takes the address": (
        "kein Router nimmt die Adresse",
        "Kein Router dieses Servers nimmt die Adresse an: ein unbekannter lokaler Benutzer oder eine Domain ohne MX- und Adresseinträge.",
        "Die Schreibweise prüfen. Admin: exim -bt ADDRESS zeigt die Antworten der Router.",
    ),
    "Exim: sender could not be verified": (
        "Absender ließ sich nicht bestätigen",
        "Exim fand keinen Weg zurück zur Absenderadresse oder fragte deren Server und erfuhr, dass es das Postfach nicht gibt.",
        "Eine Absenderadresse verwenden, die es gibt und deren MX Mail von <> annimmt.",
    ),
    "Exim: greylisting": (
        "Greylisting",
        "Eine ACL stellt unbekannte Absender einmal zurück.",
        "Nach einigen Minuten von derselben Adresse erneut versuchen; Mailserver tun das von selbst.",
    ),
    "Exim: error inside an ACL or lookup": (
        "Fehler in einer ACL oder Abfrage",
        "Eine Expansion oder Abfrage scheiterte, während Exim seine Antwort ermittelte.",
        "Admin: main-Log und panic-Log nennen sie.",
    ),
}
