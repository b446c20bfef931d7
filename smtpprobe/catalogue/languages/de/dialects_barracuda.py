"""Vendors' wordings in German: barracuda. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Barracuda: address on Barracuda's list": (
        "Adresse auf Barracudas Liste",
        "Die Reputationsliste von Barracuda führt diese Adresse; auch fremde Gateways befragen sie.",
        "Die Adresse bei barracudacentral.org/lookups nachschlagen, die Ursache abstellen und dort die Austragung beantragen. Das dauert etwa einen halben Tag.",
    ),
    "Barracuda: no such recipient behind the gateway": (
        "kein solcher Empfänger hinter dem Gateway",
        "Der Server hinter dem Barracuda-Gateway hat keinen solchen Empfänger.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen.",
    ),
    "Barracuda: blocked by the gateway": (
        "vom Gateway gesperrt",
        "Das Barracuda-Gateway oder die eigene Liste des Empfängers darin sperrt die Nachricht.",
        "Den Admin des Empfängers fragen: Der Grund steht im Nachrichtenlog des Gateways.",
    ),
    "Barracuda: refused behind the gateway": (
        "hinter dem Gateway abgelehnt",
        "Der Server hinter dem Barracuda-Gateway hat mindestens einen Empfänger abgelehnt; seine eigene Antwort steht in den Klammern.",
        "Die Antwort in den Klammern lesen und danach handeln.",
    ),
    "Barracuda: licence of the receiver expired": (
        "Lizenz des Empfängers abgelaufen",
        "Die Firma des Empfängers hat die Lizenz ihres Barracuda-Dienstes auslaufen lassen, und das Gateway reicht nichts weiter.",
        "Dem Empfänger auf anderem Weg Bescheid geben. Die Warteschlange versucht es so lange weiter.",
    ),
    "Barracuda: greylisting": (
        "Greylisting",
        "Barracuda stellt Mail von einem unbekannten Client einmal zurück.",
        "Die Warteschlange nach dieser Zeit von derselben Adresse aus weiter versuchen lassen.",
    ),
}
