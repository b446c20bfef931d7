"""Enhanced status codes in German: content. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "X.6.0": (
        "Anderer oder nicht näher bestimmter Medienfehler",
        "Etwas am Inhalt machte die Nachricht unzustellbar.",
        "Zum Vergleich eine reine Textnachricht senden; kommt die durch, Anhänge und Kodierungen ansehen.",
    ),
    "X.6.1": (
        "Medium nicht unterstützt",
        "Eine Art von Inhalt wird vom System des Empfängers oder auf dem Weg dorthin nicht unterstützt.",
        "Ein anderes Dateiformat wählen.",
    ),
    "X.6.2": (
        "Umwandlung nötig und verboten",
        "Der Inhalt müsste umgewandelt werden, und der Absender oder ein Host verbietet das.",
        "Die Umwandlung erlauben oder in einer Form senden, die so durchgeht.",
    ),
    "X.6.3": (
        "Umwandlung nötig, aber nicht unterstützt",
        "Ein Host auf dem Weg kann den Inhalt für die nächste Station nicht umwandeln, etwa von 8 Bit nach 7 Bit.",
        "An der Quelle als Base64 oder Quoted-Printable kodieren oder die nächste Station 8BITMIME anbieten lassen.",
    ),
    "X.6.4": (
        "Umwandlung mit Verlust ausgeführt",
        "Die Nachricht wurde nach einer Umwandlung zugestellt, bei der etwas verloren ging; mit 5 war der Verlust verboten, und sie wurde nicht zugestellt.",
        "Beim Empfänger nachfragen, was angekommen ist.",
    ),
    "X.6.5": (
        "Umwandlung gescheitert",
        "Eine Umwandlung wurde versucht und gelang nicht.",
        "Nach beschädigten MIME-Teilen oder falschen Zeichensatzangaben suchen und neu senden.",
    ),
    "X.6.6": (
        "Inhalt der Nachricht nicht verfügbar",
        "Der Server konnte den Inhalt nicht abrufen, auf den ein BURL-Befehl zeigte.",
        "Die IMAP-URL, ihren Ablauf und den Zugriff des Submission-Servers auf dieses Postfach prüfen.",
    ),
    "X.6.7": (
        "Nicht-ASCII-Adressen für diesen Absender/Empfänger nicht erlaubt",
        "Eine Adresse steht in UTF-8, und der Server nimmt solche Adressen dort nicht an.",
        "Die ASCII-Adresse dieser Person verwenden, falls es eine gibt; sonst muss die Empfängerseite SMTPUTF8 einschalten.",
    ),
    "X.6.8": (
        "UTF-8-Antwort nötig, vom SMTP-Client aber nicht erlaubt",
        "Die Antwort enthielte UTF-8, und der Client hat nicht gesagt, dass er das lesen kann.",
        "Bei VRFY oder EXPN oder bei MAIL den Parameter SMTPUTF8 ergänzen.",
    ),
    "X.6.9": (
        "Nachricht mit UTF-8-Kopf lässt sich an Empfänger nicht übertragen",
        "Die Nachricht hat Kopfzeilen in UTF-8, und die nächste Station eines Empfängers spricht kein SMTPUTF8.",
        "An diesen Empfänger von einer ASCII-Adresse mit kodierten Kopfzeilen schreiben.",
    ),
    "X.6.10": (
        "Doppelt zu X.6.8 (veraltet)",
        "Irrtümlich registriert und zurückgezogen: Er steht für X.6.8.",
        "Als X.6.8 lesen und den Server korrigieren, der ihn ausgibt.",
    ),
}
