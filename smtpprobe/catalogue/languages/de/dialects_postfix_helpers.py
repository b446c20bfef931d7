"""Vendors' wordings in German: postfix helpers. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Postfix: greylisting by Postgrey": (
        "Greylisting durch Postgrey",
        "Postfix mit Postgrey stellt Mail von unbekannter Kombination aus Client, Absender und Empfänger einmal zurück, meist für fünf Minuten.",
        "Die Warteschlange von derselben Adresse aus weiter versuchen lassen; Mailserver tun das von selbst.",
    ),
    "Postfix: SPF failure, by a policy service": (
        "SPF gescheitert, laut Policy-Dienst",
        "Der SPF-Dienst neben Postfix lehnt den Absender ab: Der Eintrag seiner Domain nennt diesen Client nicht.",
        "Die Adresse des Clients in den SPF-Eintrag der Absenderdomain aufnehmen. Wer weiterleitet, schreibt den Envelope-Absender um (SRS).",
    ),
    "Postfix: refused by policyd-weight": (
        "abgelehnt von policyd-weight",
        "policyd-weight neben Postfix hat Sperrlisten, EHLO-Namen und MX-Einträge des Absenders zusammengezählt, und die Summe war zu schlecht.",
        "Dafür sorgen, dass EHLO-Name, PTR und Absenderdomain zusammenpassen und die Adresse auf keiner Sperrliste steht.",
    ),
    "Postfix: held by policyd-weight": (
        "zurückgehalten von policyd-weight",
        "policyd-weight neben Postfix erinnert sich an die Ablehnung von vor einer Minute und sieht noch nicht wieder nach.",
        "Warten und beheben, was die erste Ablehnung genannt hat.",
    ),
    "Postfix: virus found by amavis": (
        "Virus gefunden von amavis",
        "amavis hinter Postfix hat in der Nachricht Schadsoftware gefunden.",
        "Den sendenden Rechner prüfen und eine harmlose Datei in einem anderen Format senden.",
    ),
    "Postfix: attachment banned by amavis": (
        "Anhang verboten von amavis",
        "amavis hinter Postfix nimmt keine Anhänge dieser Art an.",
        "Einen Link oder eine andere Art von Datei senden.",
    ),
    "Postfix: refused by amavis": (
        "abgelehnt von amavis",
        "amavis hinter Postfix hielt die Nachricht für Spam oder fand ihren Kopf fehlerhaft (BAD-HEADER).",
        "Wortlaut, Links und Kopfzeilen prüfen; der Admin des Empfängers findet die ID im Log.",
    ),
    "Postfix: blocked by SpamAssassin": (
        "gesperrt von SpamAssassin",
        "SpamAssassin, über einen Milter gefragt, gab der Nachricht mehr Punkte, als der Server durchlässt.",
        "Die Nachricht selbst mit SpamAssassin testen; Links, Wortlaut, SPF und DKIM prüfen.",
    ),
}
