"""Vendors' wordings in German: ironport. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Cisco IronPort: poor reputation of the sending server": (
        "schlechter Ruf des sendenden Servers",
        "Das Cisco-Gateway lehnt diese Adresse ab, weil ihr Ruf bei Talos (SenderBase) schlecht ist.",
        "Die Adresse bei talosintelligence.com nachschlagen, die Ursache abstellen und dort der Bewertung widersprechen.",
    ),
    "Cisco IronPort: poor reputation of a domain": (
        "schlechter Ruf einer Domain",
        "Das Cisco-Gateway lehnt die Mail ab, weil eine Domain in EHLO, PTR-Eintrag, Envelope oder From bei Talos einen schlechten Ruf hat.",
        "Jede dieser Domains bei talosintelligence.com nachschlagen und dort der falschen Bewertung widersprechen.",
    ),
    "Cisco IronPort: too many connections or TLS sessions": (
        "zu viele Verbindungen oder TLS-Sitzungen",
        "Das Cisco-Gateway hat zu viele Verbindungen oder TLS-Sitzungen offen, von diesem Absender oder insgesamt.",
        "Weniger gleichzeitig öffnen und die Warteschlange weiter versuchen lassen.",
    ),
    "Cisco IronPort: messages of one session used up": (
        "Nachrichtenzahl einer Sitzung ausgeschöpft",
        "Das Cisco-Gateway nimmt auf einer Verbindung nur so viele Nachrichten an.",
        "Für die nächsten eine neue Verbindung öffnen; Mailserver tun das von selbst.",
    ),
    "Cisco IronPort: recipient refused": (
        "Empfänger abgelehnt",
        "Das Cisco-Gateway lehnt die Adresse ab: Sie steht nicht in der Empfängertabelle oder im Verzeichnis, oder eine Regel schließt sie aus.",
        "Die Schreibweise prüfen. Der Admin des Empfängers sieht in die Recipient Access Table des Gateways.",
    ),
    "Cisco IronPort: client barred": (
        "Client ausgeschlossen",
        "Die eigene Liste des Cisco-Gateways oder eine Reputationsgrenze schließt diesen Client aus.",
        "Die Adresse bei talosintelligence.com nachschlagen, dann den Admin des Empfängers fragen.",
    ),
    "Cisco IronPort: SPF or DMARC failure": (
        "SPF oder DMARC gescheitert",
        "Das Cisco-Gateway lehnt die Mail ab, weil SPF oder DMARC gescheitert ist, wie der Text sagt.",
        "Die sendende Adresse in SPF aufnehmen und mit DKIM im Namen der From-Domain signieren.",
    ),
    "Cisco IronPort: sender domain does not exist": (
        "Absenderdomain existiert nicht",
        "Das Cisco-Gateway fand im DNS nichts für die Domain des Absenders; 4.1.8 heißt, dass das DNS nicht antwortete.",
        "Einen MX- oder Adresseintrag veröffentlichen und dafür sorgen, dass die Server der Domain antworten.",
    ),
    "Cisco IronPort: message too big": (
        "Nachricht zu groß",
        "Die Nachricht liegt über der Grenze des Cisco-Gateways für diesen Absender.",
        "Statt der Datei einen Link senden.",
    ),
    "Cisco IronPort: recipients of the hour used up": (
        "Empfänger der Stunde ausgeschöpft",
        "Das Cisco-Gateway zählt je Client die Empfänger einer Stunde, und das Kontingent ist verbraucht.",
        "Langsamer werden; die Warteschlange bringt den Rest in der nächsten Stunde durch.",
    ),
    "Cisco IronPort: queue full": (
        "Warteschlange voll",
        "Das Cisco-Gateway hat keinen Platz für weitere Mail.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
}
