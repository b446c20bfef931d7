"""Vendors' wordings in German: microsoft. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Microsoft 365: network on Microsoft's own blocklist": (
        "Netz auf Microsofts eigener Sperrliste",
        "Outlook.com hat die Nachricht abgelehnt: Das Netz der sendenden Adresse steht auf Microsofts eigener Sperrliste.",
        "Den verursachenden Spam stoppen, sich bei SNDS anmelden, um zu sehen, was Microsoft sieht, dann die Austragung über das Formular für Absender beantragen, auf das der Text verweist. Bei einer gemieteten Adresse muss das vielleicht der Provider tun.",
    ),
    "Microsoft 365: banned address": (
        "gesperrte Adresse",
        "Microsoft 365 nimmt von dieser Adresse nichts mehr an (5.7.606 bis 5.7.649: Spam wurde gesehen).",
        "Die Ursache abstellen, dann die Adresse auf sender.office.com austragen lassen; das dauert bis zu einem Tag.",
    ),
    "Microsoft 365: banned address, removal by mail": (
        "gesperrte Adresse, Austragung per Mail",
        "Microsoft 365 nimmt von dieser Adresse nichts mehr an, und die Austragung läuft per Mail.",
        "Den ganzen Bounce, mit Code und Adresse, an die darin genannte Delist-Adresse weiterleiten, nachdem die Ursache beseitigt ist. Eine Antwort dauert ein bis zwei Tage.",
    ),
    "Microsoft 365: rate limit by reputation": (
        "Ratengrenze nach Ruf",
        "Microsoft 365 lässt von einer Adresse mit wenig oder schlechter Vorgeschichte wenig Mail durch.",
        "Weniger und gleichmäßig senden und die Menge über Wochen steigern. Die Adresse bei SNDS und JMRP anmelden und nach einer Ursache für Beschwerden suchen.",
    ),
    "Microsoft 365: too many connections": (
        "zu viele Verbindungen",
        "Die sendende Adresse hat mehr Verbindungen zu Outlook.com offen, als ihr Ruf erlaubt.",
        "Für dieses Ziel weniger gleichzeitig öffnen (in Postfix ein Transport mit eigener Concurrency-Grenze).",
    ),
    "Microsoft 365: address held back while it is looked at": (
        "Adresse bis zur Prüfung zurückgehalten",
        "Microsoft 365 hält diese Adresse zurück: Sie sendet viel mehr als sonst oder ist neu.",
        "Die Warteschlange weiter versuchen lassen und die Menge langsam steigern. Kommt die eigene Mail über ein Gateway herein, ihm im Tenant einen eingehenden Connector geben.",
    ),
    "Microsoft 365: domain on a blocklist": (
        "Domain auf einer Sperrliste",
        "Microsoft 365 hat die Domain des Envelope-Absenders (S8002) oder den EHLO-Namen (S8001) auf der genannten Liste gefunden.",
        "Bei dieser Liste nach dem Grund fragen, die Ursache abstellen und die Domain dort austragen lassen; Microsoft zieht nach.",
    ),
    "Microsoft 365: Outlook.com limit by reputation": (
        "Grenze von Outlook.com nach Ruf",
        "Outlook.com lässt diese Adresse wegen ihres Rufs nicht schneller senden oder nicht mehr Verbindungen öffnen (RP-003).",
        "Langsamer und über weniger Verbindungen senden und die Adresse bei SNDS und JMRP anmelden.",
    ),
    "Microsoft 365: Outlook.com: spam-like content or bad reputation": (
        "Outlook.com: spamähnlicher Inhalt oder schlechter Ruf",
        "Outlook.com hat die Nachricht abgelehnt, weil der Inhalt nach Spam aussieht oder Adresse oder Domain einen schlechten Ruf hat.",
        "Mit einer schlichten Nachricht testen, SNDS ansehen und nur an die senden, die es verlangt haben.",
    ),
    "Microsoft 365: Outlook.com: address blocked": (
        "Outlook.com: Adresse gesperrt",
        "Outlook.com sperrt die Adresse: wegen Ratens von Postfächern (SC-002), als offenes Relay (SC-003), wegen Beschwerden (SC-004), als dynamisch (DY-001) oder infiziert (DY-002) oder laut Spamhaus (OU-001).",
        "Beheben, was der Code nennt; eine dynamische Adresse muss über das Relay ihres Providers senden. Dann die Austragung beim Absender-Support von Outlook.com beantragen, bei OU-001 bei Spamhaus.",
    ),
    "Microsoft 365: EHLO with the server's own name": (
        "EHLO mit dem Namen des Servers selbst",
        "Der Client hat sich mit dem Namen des Servers vorgestellt, mit dem er spricht, wie es Spamprogramme tun.",
        "Als EHLO-Namen des Clients seinen eigenen vollen Hostnamen einstellen.",
    ),
    "Microsoft 365: address blocked by the recipient's organisation": (
        "Adresse von der Organisation des Empfängers gesperrt",
        "Die Organisation des Empfängers hat die sendende Adresse auf ihre eigene Liste gesetzt.",
        "Den Admin des Empfängers fragen; weder der Absender noch Microsoft kann das ändern.",
    ),
    "Microsoft 365: address on the recipient's own blocklist": (
        "Adresse auf der eigenen Sperrliste des Empfängers",
        "Die Domain des Empfängers hat die sendende Adresse in Microsoft 365 auf ihre eigene Sperrliste gesetzt.",
        "Den Admin des Empfängers um Austragung bitten; das Delist-Portal von Microsoft hilft hier nicht.",
    ),
    "Microsoft 365: IPv6 range sends too much": (
        "IPv6-Bereich sendet zu viel",
        "Das IPv6-Netz der sendenden Adresse hat in zu kurzer Zeit zu viele Nachrichten gesendet.",
        "Langsamer senden oder über IPv4, wo die Adresse für sich beurteilt wird.",
    ),
    "Microsoft 365: address on a blocklist that Microsoft asks": (
        "Adresse auf einer Sperrliste, die Microsoft befragt",
        "Microsoft 365 hat die sendende Adresse auf der genannten Liste gefunden, oft Spamhaus.",
        "Bei dieser Liste die Austragung beantragen, nachdem die Ursache beseitigt ist; Microsoft zieht binnen eines Tages nach.",
    ),
    "Microsoft 365: address held back for a while": (
        "Adresse für eine Weile zurückgehalten",
        "Microsoft 365 hat von dieser Adresse etwas Verdächtiges gesehen und hält sie während der Prüfung zurück (4.7.500 bis 4.7.699, 4.7.850 bis 4.7.899).",
        "Nichts zu tun, wenn die Mail in Ordnung ist: Es wird bald aufgehoben. Sonst nach einem gehackten Konto suchen.",
    ),
}
