"""Vendors' wordings in German: cox. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Cox: address blocked by Cox": (
        "Adresse von Cox gesperrt",
        "Cox selbst sperrt diese Adresse, weil ihre Mail nach Spam aussah.",
        "Die Ursache abstellen, dann mit dem Formular auf der Postmaster-Seite von Cox die Austragung beantragen. Es entscheidet allein Cox.",
    ),
    "Cox: address blocked for up to a day": (
        "Adresse für bis zu einen Tag gesperrt",
        "Cox sperrt diese Adresse wegen ihrer jüngsten Mail für eine Weile; die Sperre endet binnen 24 Stunden von selbst.",
        "Im Ausgegangenen nach Spam suchen und die Warteschlange weiter versuchen lassen oder nach einem Tag erneut senden.",
    ),
    "Cox: reverse DNS failed": (
        "Reverse-DNS gescheitert",
        "Cox konnte für diese Adresse keinen gültigen PTR-Eintrag finden.",
        "Einen PTR-Eintrag setzen, der zurückführt, wegen der Caches einen Tag warten und erneut senden.",
    ),
    "Cox: too many connections": (
        "zu viele Verbindungen",
        "Diese Adresse hat mehr Verbindungen zu Cox offen als die zehn, die es erlaubt.",
        "Weniger gleichzeitig öffnen.",
    ),
    "Cox: too many recipients in a time": (
        "zu viele Empfänger in einer Zeit",
        "Cox zählt Empfänger je Absender, und das Kontingent ist verbraucht.",
        "Langsamer werden; dieselbe Mail geht später durch.",
    ),
    "Cox: sender's domain fails its own checks": (
        "Absenderdomain besteht ihre eigenen Prüfungen nicht",
        "Cox lehnt den Absender ab: SPF oder DKIM ist gescheitert, oder die Domain hat weder MX- noch Adresseintrag.",
        "SPF und DKIM für die Domain des Absenders bestehen lassen und dafür sorgen, dass sie sich auflösen lässt.",
    ),
    "Cox: protocol violation": (
        "Verstoß gegen das Protokoll",
        "Cox sah den Client die Regeln von SMTP brechen und hält ihn für keinen echten Mailserver.",
        "Prüfen, dass der Client die Begrüßung und jede Antwort abwartet und in EHLO seinen vollen Namen nennt.",
    ),
    "Cox: account limited or closed after suspicious activity": (
        "Konto nach verdächtiger Aktivität begrenzt oder geschlossen",
        "Cox begrenzt (CXTHRT) oder sperrt (CXMJ) die ausgehende Mail dieses Kunden, weil das Konto gekapert aussieht.",
        "Alle Passwörter des Kontos ändern, seine Rechner säubern, dann Cox anrufen, um es öffnen zu lassen.",
    ),
    "Cox: address on external blocklists": (
        "Adresse auf fremden Sperrlisten",
        "Cox lehnt diese Adresse ab, weil andere Listen sie führen: Die Ziffern sind eine Maske, 1 für Spamhaus, 10 für Return Path, 100 für Invaluement, 1000 für Cloudmark CSI.",
        "Die Adresse von jeder Liste austragen lassen, die die Maske nennt.",
    ),
    "Cox: link in the message on a blocklist": (
        "Link in der Nachricht auf einer Sperrliste",
        "Cox lehnt die Nachricht ab, weil ein Link darin auf einer Liste steht: SURBL, Spamhaus DBL oder ivmURI.",
        "Jede Domain nachschlagen, auf die die Nachricht verlinkt, und die gelistete weglassen.",
    ),
    "Cox: no reverse DNS": (
        "kein Reverse-DNS",
        "Cox fand für diese Adresse keinen gültigen PTR-Eintrag.",
        "Einen PTR-Eintrag setzen, der zur Adresse zurückführt.",
    ),
    "Cox: spoke before the greeting": (
        "vor der Begrüßung geredet",
        "Der Client hat seinen ersten Befehl vor der Begrüßung von Cox gesendet.",
        "Den Client die Begrüßung abwarten lassen. Nach einem Proxy oder einer Firewall suchen, die an seiner Stelle spricht.",
    ),
    "Cox: address blocked after dead recipients or bad commands": (
        "Adresse nach toten Empfängern oder schlechten Befehlen gesperrt",
        "Cox sperrt diese Adresse stundenlang, weil sie zu viele tote Empfänger, schlechte Befehle oder falsche Passwörter gesendet hat.",
        "Die Liste bereinigen, den Client prüfen und nach drei Stunden erneut senden.",
    ),
    "Cox: connection or message count used up": (
        "Verbindungs- oder Nachrichtenzahl ausgeschöpft",
        "Die Grenze von Cox für Verbindungen oder für 100 Nachrichten auf einer Verbindung ist erreicht.",
        "Weniger Verbindungen öffnen und nach 100 Nachrichten eine neue.",
    ),
    "Cox: no such account": (
        "kein solches Konto",
        "Cox hat kein Konto dieses Namens.",
        "Die Adresse von der Liste nehmen.",
    ),
    "Cox: sender domain does not resolve": (
        "Absenderdomain lässt sich nicht auflösen",
        "Cox fand für die Domain des Absenders weder MX- noch Adresseintrag.",
        "Einen veröffentlichen oder einen Absender verwenden, dessen Domain einen hat.",
    ),
    "Cox: attachment type forbidden": (
        "Anhangstyp verboten",
        "Cox nimmt keine Programme, Skripte oder Installer als Anhang an.",
        "Einen Link oder eine andere Art von Datei senden.",
    ),
    "Cox: temporarily out of service": (
        "vorübergehend außer Betrieb",
        "Die Mailserver von Cox haben ein eigenes Problem.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
}
