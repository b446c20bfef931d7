"""Vendors' wordings in German: courier. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Courier: TLS is mandatory here": (
        "TLS ist hier Pflicht",
        "Courier verlangt TLS vor allem anderen; 400 ist seine eigene Nummer, andere sagen 530.",
        "Vor allem anderen mit STARTTLS auf TLS wechseln.",
    ),
    "Courier: declared size too big": (
        "angegebene Größe zu groß",
        "534 ist 5.3.4 ohne Punkte: Die Nachricht liegt über der Grenze des Systems. Mit AUTH hat das nichts zu tun.",
        "Die Nachricht verkleinern.",
    ),
    "Courier: verb or syntax not understood": (
        "Befehl oder Syntax nicht verstanden",
        "Courier sagt dies zu unbekannten Befehlen, zu HELP und zu einer Zeile, die es nicht lesen kann, etwa STARTTLS mit Parameter.",
        "Die Zeile mit EHLO vergleichen.",
    ),
    "Courier: login refused, or mechanism unknown": (
        "Anmeldung abgelehnt oder Mechanismus unbekannt",
        "Eine Antwort für alles: falsche Zugangsdaten, ein fehlender Mechanismus, AUTH nicht angeboten.",
        "Zuerst mit der AUTH-Zeile vergleichen.",
    ),
    "Courier: lookups switched off": (
        "Adressabfragen abgeschaltet",
        "Courier beantwortet keinen der beiden Befehle.",
        "Das schadet niemandem.",
    ),
    "Courier: sender refused (5.1.7)": (
        "Absender abgelehnt (5.1.7)",
        "517 ist 5.1.7 ohne Punkte: Adresse oder Domain des Absenders ist nicht annehmbar.",
        "Einen Absender verwenden, dessen Domain sich auflösen lässt.",
    ),
    "Courier: no such user (5.1.1)": (
        "kein solcher Benutzer (5.1.1)",
        "511 ist 5.1.1 ohne Punkte.",
        "Die Adresse des Empfängers prüfen.",
    ),
    "Courier: message longer than allowed (5.2.3)": (
        "Nachricht länger als erlaubt (5.2.3)",
        "523 ist 5.2.3 ohne Punkte: Die Nachricht ist länger, als das Postfach annimmt. RFC 5248 verwendet dieselbe Nummer für etwas anderes (5.7.10).",
        "Die Nachricht verkleinern.",
    ),
    "Courier: relaying refused (5.1.3)": (
        "Relaying verweigert (5.1.3)",
        "Die Domain des Empfängers steht nicht in esmtpacceptmailfor oder hosteddomains, und der Client hat sich nicht angemeldet; 513 ist eine eigene Nummer von Courier.",
        "Sich anmelden oder den MX der Domain verwenden. Admin: esmtpacceptmailfor.dir und hosteddomains.",
    ),
    "Courier: mail system full (4.3.1)": (
        "Mailsystem voll (4.3.1)",
        "431 ist 4.3.1 ohne Punkte: In der Warteschlange von Courier ist kein Platz mehr.",
        "Die Warteschlange weiter versuchen lassen. Admin: Platz schaffen oder queuelo und queuehi ansehen.",
    ),
    "Courier: service stopped for now (4.3.2)": (
        "Dienst vorerst angehalten (4.3.2)",
        "432 ist 4.3.2 ohne Punkte: Courier nimmt im Moment keine Mail an.",
        "Die Warteschlange weiter versuchen lassen. Admin: nachsehen, ob courierd und seine Filter laufen.",
    ),
    "Courier: sender's domain not resolvable now (4.1.7)": (
        "Absenderdomain derzeit nicht auflösbar (4.1.7)",
        "417 ist 4.1.7 ohne Punkte: Das DNS antwortete nicht zur Domain des Absenders.",
        "Dafür sorgen, dass die Server der Absenderdomain antworten. Die Warteschlange versucht es weiter.",
    ),
    "Courier: mail loop (5.4.6)": (
        "Mailschleife (5.4.6)",
        "546 ist 5.4.6 ohne Punkte: Die Nachricht trägt zu viele Received- oder Delivered-To-Zeilen.",
        "Den Kreis aus Weiterleitungen durchbrechen.",
    ),
    "Courier: too many recipients (5.3.1)": (
        "zu viele Empfänger (5.3.1)",
        "531 ist Couriers Nummer für mehr Empfänger als maxrcpts.",
        "An weniger auf einmal senden.",
    ),
    "Courier: address barred": (
        "Adresse ausgeschlossen",
        "Courier schließt die Adresse aus, durch einen Eintrag in bofh oder durch einen Filter. RFC 7504 verwendet 556 für eine Domain, die keine Mail annimmt.",
        "Den Admin des Servers fragen.",
    ),
    "Courier: TLS cannot be had": (
        "TLS nicht zu haben",
        "Courier kann kein TLS beginnen: 440 vorerst, 540 endgültig.",
        "Admin: nachsehen, ob couriertls und sein Zertifikat vorhanden und lesbar sind.",
    ),
}
