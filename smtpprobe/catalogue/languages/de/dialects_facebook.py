"""Vendors' wordings in German: facebook. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Facebook: address on the Spamhaus PBL": (
        "Adresse auf der Spamhaus PBL",
        "Facebook lehnt diese Adresse ab, weil sie auf der Policy-Liste von Spamhaus steht: Adressen, die selbst keine Mail senden sollen.",
        "Über den Server des Providers senden oder eine feste Adresse bei check.spamhaus.org austragen lassen.",
    ),
    "Facebook: address barred for good": (
        "Adresse endgültig ausgeschlossen",
        "Facebook nimmt von dieser Adresse keine Mail mehr an.",
        "Die Ursache abstellen; dann von einer anderen Adresse mit sauberer Vorgeschichte senden.",
    ),
    "Facebook: address barred for hours or days": (
        "Adresse für Stunden oder Tage ausgeschlossen",
        "Facebook nimmt von dieser Adresse für eine Weile nichts an: T1 ein bis zwei Stunden, T2 und P3 vier bis acht, T3 und P4 ein bis zwei Tage.",
        "Die Mail an Facebook so lange aussetzen und nach Beschwerden und toten Empfängern suchen.",
    ),
    "Facebook: virus found": (
        "Virus gefunden",
        "Facebook hat in der Nachricht Schadsoftware gefunden.",
        "Den sendenden Rechner prüfen und eine harmlose Datei in einem anderen Format senden.",
    ),
    "Facebook: link blocked": (
        "Link gesperrt",
        "Die Nachricht enthält einen Link, den Facebook sperrt.",
        "Den Link weglassen oder mit dem Formular von Facebook für gesperrte Links seine Freigabe beantragen.",
    ),
    "Facebook: mail not authenticated or against the rules": (
        "Mail nicht authentifiziert oder gegen die Regeln",
        "Die Nachricht verletzt die Regeln von Facebook zu Authentifizierung oder Missbrauch.",
        "SPF und DKIM im Namen der From-Domain bestehen lassen und den Inhalt prüfen.",
    ),
    "Facebook: no such recipient": (
        "kein solcher Empfänger",
        "Facebook hat keinen Empfänger dieses Namens.",
        "Die Adresse von der Liste nehmen.",
    ),
    "Facebook: recipient does not want mail": (
        "Empfänger will keine Mail",
        "Die Einstellungen des Empfängers bei Facebook lassen diese Nachricht nicht durch.",
        "Die Person innerhalb von Facebook erreichen; keine Änderung an der Mail hilft.",
    ),
    "Facebook: recipient deactivated": (
        "Empfänger deaktiviert",
        "Der Empfänger hat sein Facebook-Konto geschlossen, vielleicht nur für eine Weile.",
        "Es in einigen Wochen erneut versuchen oder die Adresse von der Liste nehmen.",
    ),
    "Facebook: recipient not reachable for now": (
        "Empfänger vorerst nicht erreichbar",
        "Facebook hat mit diesem Empfänger eine eigene Störung.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Facebook: sender domain does not resolve": (
        "Absenderdomain lässt sich nicht auflösen",
        "Facebook stellt fest, dass die Domain des Absenders nicht existiert (P1), keinen MX-Eintrag hat (P2) oder sich im Moment nicht auflösen lässt (T1).",
        "Für die Domain des Envelope-Absenders einen MX-Eintrag veröffentlichen und dafür sorgen, dass ihre DNS-Server antworten.",
    ),
    "Facebook: reverse DNS missing": (
        "Reverse-DNS fehlt",
        "Facebook findet für diese Adresse keinen PTR-Eintrag (P3) oder konnte ihn im Moment nicht nachschlagen (T2).",
        "Einen PTR-Eintrag setzen, der zurückführt, und dafür sorgen, dass die Server der Reverse-Zone antworten.",
    ),
    "Facebook: too many connections": (
        "zu viele Verbindungen",
        "Facebook hat zu viele Verbindungen offen: insgesamt (T1), von diesem Absender (T2), neue in kurzer Zeit (T3) oder Empfänger auf dieser (T4).",
        "Weniger öffnen, jede für mehr Nachrichten offen halten und die Warteschlange weiter versuchen lassen.",
    ),
    "Facebook: too many recipients": (
        "zu viele Empfänger",
        "Die Nachricht hat mehr Empfänger, als Facebook auf einmal annimmt.",
        "Sie in mehreren Transaktionen senden.",
    ),
    "Facebook: message too big": (
        "Nachricht zu groß",
        "Die Nachricht ist größer, als Facebook annimmt.",
        "Statt der Datei einen Link senden.",
    ),
    "Facebook: attachment type refused": (
        "Anhangstyp abgelehnt",
        "Facebook nimmt keine Anhänge dieses Typs an.",
        "Einen Link oder eine andere Art von Datei senden.",
    ),
    "Facebook: header field doubled": (
        "Kopfzeile doppelt",
        "Facebook lehnt die Nachricht ab, weil eine Kopfzeile, die nur einmal stehen darf, mehrfach dasteht.",
        "From, To, Subject, Date und Message-ID je einmal senden.",
    ),
}
