"""Vendors' wordings in German: cloudflare. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Cloudflare: destination of the forwarding refused it": (
        "Ziel der Weiterleitung hat abgelehnt",
        "Cloudflare leitet nur weiter, und das Postfach dahinter hat die Nachricht abgelehnt oder zurückgestellt; dessen Worte werden nicht weitergegeben.",
        "Nach 421 die Warteschlange weiter versuchen lassen. Der Empfänger prüft das Zielpostfach; oft scheitern dort nach der Weiterleitung SPF, DKIM oder DMARC des Absenders.",
    ),
    "Cloudflare: address on blocklists": (
        "Adresse auf Sperrlisten",
        "Cloudflare lehnt diese Adresse ab, weil die Sperrliste in den Klammern sie führt.",
        "Die Adresse bei dieser Liste nachschlagen, die Ursache abstellen und dort die Austragung beantragen.",
    ),
    "Cloudflare: address on a blocklist": (
        "Adresse auf einer Sperrliste",
        "Cloudflare lehnt diese Adresse ab, weil eine Sperrliste sie führt.",
        "Die Adresse bei der Liste nachschlagen, die die Antwort nennt, und dort die Austragung beantragen.",
    ),
    "Cloudflare: destination failed": (
        "Ziel ist ausgefallen",
        "Das Postfach, an das Cloudflare weiterleitet, hat die Nachricht abgelehnt oder nicht geantwortet.",
        "Die Warteschlange weiter versuchen lassen; der Empfänger prüft das Zielpostfach.",
    ),
    "Cloudflare: no such address": (
        "keine solche Adresse",
        "Keine Regel des Email Routing der Domain bei Cloudflare nimmt diese Adresse.",
        "Die Schreibweise prüfen. Der Inhaber der Domain fügt die Adresse oder eine Catch-all-Regel hinzu.",
    ),
    "Cloudflare: mail not authenticated": (
        "Mail nicht authentifiziert",
        "Cloudflare leitet nur Mail weiter, die SPF oder DKIM besteht, und DMARC, wo die Domain es verlangt.",
        "Die sendende Adresse in SPF aufnehmen und mit DKIM im Namen der From-Domain signieren.",
    ),
}
