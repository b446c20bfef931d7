"""Vendors' wordings in German: exchange. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Exchange: submission without login": (
        "Einlieferung ohne Anmeldung",
        "smtp.office365.com nimmt Mail nur nach AUTH innerhalb von TLS an; dieses MAIL kam ohne.",
        "Zuerst STARTTLS und AUTH senden. Dafür sorgen, dass SMTP AUTH für das Postfach eingeschaltet ist.",
    ),
    "Exchange: not a domain of this organisation": (
        "keine Domain dieser Organisation",
        "Die Domain des Empfängers gehört nicht zu den akzeptierten Domains, und dieser Empfangsconnector leitet für diesen Client nicht weiter.",
        "Sich anmelden, den richtigen MX verwenden oder den Admin die akzeptierte Domain eintragen lassen.",
    ),
    "Exchange: mechanism not offered, perhaps for want of TLS": (
        "Mechanismus nicht angeboten, vielleicht mangels TLS",
        "Der Empfangsconnector bietet diesen Mechanismus hier nicht an; Basic (LOGIN) oft nur innerhalb von TLS.",
        "Mit der AUTH-Zeile nach STARTTLS vergleichen.",
    ),
    "Exchange: XEXCH50 before a login": (
        "XEXCH50 vor einer Anmeldung",
        "Ein alter Exchange-Befehl kam von einem Server, dem nicht vertraut wird.",
        "Zwischen Organisationen ohne Bedeutung; kann ignoriert werden.",
    ),
    "Exchange: connector takes no anonymous mail": (
        "Connector nimmt keine anonyme Mail an",
        "Dem Empfangsconnector fehlt die Berechtigungsgruppe AnonymousUsers.",
        "Sich anmelden. Auf einem Connector für Internetmail fügt der Admin AnonymousUsers zu -PermissionGroups hinzu.",
    ),
    "Exchange: unknown verb, or one not allowed here": (
        "unbekannter oder hier nicht erlaubter Befehl",
        "Exchange kennt diesen Befehl nicht oder bietet ihn auf diesem Connector nicht an. Auch AUTH und STARTTLS werden so beantwortet, wo sie aus sind.",
        "EHLO prüfen. Auch eine Firewall, die Befehle umschreibt (XXXX), verursacht das.",
    ),
    "Exchange: VRFY not answered": (
        "VRFY nicht beantwortet",
        "Exchange verrät über VRFY nie, ob es ein Postfach gibt.",
        "So lassen; RCPT ist die einzige Probe.",
    ),
    "Exchange: too many protocol errors": (
        "zu viele Protokollfehler",
        "MaxProtocolErrors (voreingestellt 5) wurde erreicht.",
        "Die abgelehnten Befehle korrigieren.",
    ),
}
