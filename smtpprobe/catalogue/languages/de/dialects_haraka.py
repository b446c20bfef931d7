"""Vendors' wordings in German: haraka. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Haraka: empty credentials": (
        "leere Zugangsdaten",
        "Haraka bekam AUTH ohne lesbare Zugangsdaten. Am Mechanismus liegt es nicht.",
        "Name und Passwort in Base64 senden.",
    ),
    "Haraka: no plugin takes the recipient": (
        "kein Plugin nimmt den Empfänger",
        "Kein Plugin dieses Haraka-Servers nimmt Mail für den Empfänger an: Die Domain steht nicht in host_list, oder der Benutzer ist unbekannt.",
        "Die Adresse und den MX der Domain prüfen. Admin: config/host_list oder das Plugin, das die Benutzer kennt.",
    ),
    "Haraka: bad record of this client": (
        "schlechtes Konto dieses Clients",
        "Das Plugin karma von Haraka hat zusammengezählt, was dieser Client falsch gemacht hat, und lehnt ihn ab.",
        "EHLO-Namen, PTR-Eintrag, SPF und tote Empfänger in Ordnung bringen, dann nach einigen Stunden erneut senden.",
    ),
    "Haraka: HELP not there, with a positive code": (
        "HELP nicht vorhanden, mit positivem Code",
        "Der Text sagt Nein, der Code sagt Ja.",
        "Als fehlende Hilfe verstehen.",
    ),
    "Haraka: VRFY not answered": (
        "VRFY nicht beantwortet",
        "Haraka schlägt für VRFY keine Adressen nach.",
        "Mit RCPT testen.",
    ),
    "Haraka: declared size too big": (
        "angegebene Größe zu groß",
        "SIZE= liegt über databytes; andere sagen 552.",
        "Weniger senden.",
    ),
    "Haraka: bare line feed": (
        "nacktes LF",
        "Die Nachricht enthält LF ohne CR, und Haraka legte auf. Die 4 führt in die Irre: Es bleibt dabei.",
        "Das sendende Programm CR LF schreiben lassen.",
    ),
    "Haraka: unknown verb": (
        "unbekannter Befehl",
        "Kein Plugin und kein Teil des Kerns kennt diesen Befehl. Auch AUTH und STARTTLS werden ohne ihr Plugin so beantwortet.",
        "EHLO ansehen.",
    ),
    "Haraka: line too long": (
        "Zeile zu lang",
        "Ein Befehl war länger als max_line_length, und Haraka schließt.",
        "Die Zeile auf 512 Oktette kürzen.",
    ),
    "Haraka: sender's domain without MX or address": (
        "Absenderdomain ohne MX oder Adresse",
        "Haraka fand für die Domain des Absenders keinen Mailserver, ein Bounce ließe sich also nicht zustellen.",
        "Einen MX-Eintrag veröffentlichen, der zu einem Host führt, oder einen anderen Absender verwenden.",
    ),
    "Haraka: DNS did not answer": (
        "DNS antwortete nicht",
        "Haraka konnte die Domain des Absenders im Moment nicht nachschlagen.",
        "Dafür sorgen, dass die Server der Domain antworten. Die Warteschlange versucht es weiter.",
    ),
    "Haraka: spoke before the greeting": (
        "vor der Begrüßung geredet",
        "Der Client hat seinen ersten Befehl vor der Begrüßung von Haraka gesendet.",
        "Den Client die Begrüßung abwarten lassen.",
    ),
    "Haraka: mail loop": (
        "Mailschleife",
        "Die Nachricht trägt zu viele Received-Zeilen: Sie läuft im Kreis.",
        "Den Kreis aus Weiterleitungen durchbrechen.",
    ),
}
