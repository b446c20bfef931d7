"""Vendors' wordings in German: microsoft delivery. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Microsoft 365: next hop without STARTTLS (DANE)": (
        "nächste Station ohne STARTTLS (DANE)",
        "Die Domain des Empfängers veröffentlicht DANE, TLS ist also Pflicht, doch ihr Server bietet kein STARTTLS an, oder der Handshake scheitert.",
        "Der Admin des Empfängers schaltet TLS ein oder entfernt die TLSA-Einträge, bis es funktioniert.",
    ),
    "Microsoft 365: certificate of the next hop expired (DANE)": (
        "Zertifikat der nächsten Station abgelaufen (DANE)",
        "Der Server des Empfängers zeigte unter einer DANE-Richtlinie ein abgelaufenes Zertifikat.",
        "Der Admin des Empfängers erneuert es und mit ihm den TLSA-Eintrag.",
    ),
    "Microsoft 365: TLSA does not fit (DANE)": (
        "TLSA passt nicht (DANE)",
        "Das Zertifikat des Empfängerservers passt nicht zum TLSA-Eintrag, den die Domain veröffentlicht.",
        "Der Admin des Empfängers veröffentlicht einen Eintrag für das jetzige Zertifikat. Bis dahin kommt kein Absender durch, der DANE prüft.",
    ),
    "Microsoft 365: DNSSEC broken (DANE)": (
        "DNSSEC kaputt (DANE)",
        "Die Domain des Empfängers gibt an, mit DNSSEC signiert zu sein, und die Signaturen lassen sich nicht bestätigen.",
        "Der DNS-Admin des Empfängers repariert die Kette (DS-Eintrag, abgelaufene Signaturen).",
    ),
    "Microsoft 365: certificate carries another name (DANE)": (
        "Zertifikat trägt einen anderen Namen (DANE)",
        "Das Zertifikat des Empfängerservers enthält den Namen des MX nicht.",
        "Der Admin des Empfängers besorgt eines, das ihn enthält, oder veröffentlicht einen TLSA-Eintrag mit Usage 3.",
    ),
    "Microsoft 365: MX not in the MTA-STS policy": (
        "MX nicht in der MTA-STS-Richtlinie",
        "Der MX der Empfängerdomain steht nicht in der MTA-STS-Richtlinie, die sie veröffentlicht, oder sein Zertifikat ist nicht gültig.",
        "Der Admin des Empfängers bringt Richtliniendatei und MX-Einträge zusammen und erhöht die id im TXT-Eintrag.",
    ),
    "Microsoft 365: certificate from an unknown authority": (
        "Zertifikat einer unbekannten Stelle",
        "Ein Connector im Tenant des Absenders verlangt ein gültiges Zertifikat, und das des nächsten Servers führt zu keiner bekannten Stelle.",
        "Auf diesem Server die ganze Kette installieren oder die TLS-Einstellung des Connectors lockern.",
    ),
    "Microsoft 365: next hop refuses connections": (
        "nächste Station lehnt Verbindungen ab",
        "Der Server am Ziel lehnte die Verbindung auf Port 25 ab, bis Microsoft 365 aufgab.",
        "Der Admin des Empfängers prüft Server, Firewall und MX-Eintrag; der Bounce nennt die versuchte Adresse.",
    ),
    "Microsoft 365: MX not found in time": (
        "MX nicht rechtzeitig gefunden",
        "Das DNS antwortete nicht für die Domain des Empfängers, bis Microsoft 365 aufgab.",
        "Die Schreibweise der Domain prüfen. Ihr Admin testet die Nameserver von außen.",
    ),
    "Microsoft 365: recipient domain does not exist": (
        "Empfängerdomain existiert nicht",
        "Die Domain des Empfängers steht nicht im DNS.",
        "Die Schreibweise hinter dem @ prüfen.",
    ),
    "Microsoft 365: next hop cannot be reached": (
        "nächste Station nicht erreichbar",
        "Microsoft 365 konnte den Server am Ziel nicht erreichen oder nicht mit ihm fertig werden, bis es aufgab.",
        "Der Admin des Empfängers prüft Server, Firewall und TLS. Frühere Verzögerungen in der Nachrichtenablaufverfolgung sagen mehr.",
    ),
    "Microsoft 365: next server knows no such user": (
        "nächster Server kennt keinen solchen Benutzer",
        "Der Server hinter Microsoft 365 sagte, dass es diesen Empfänger nicht gibt; im Text steckt seine Antwort.",
        "Die innere Antwort lesen und die Adresse prüfen.",
    ),
    "Microsoft 365: next server took it for spam": (
        "nächster Server hielt es für Spam",
        "Der Server hinter Microsoft 365 hat die Nachricht als Spam abgelehnt; im Text steckt seine Antwort.",
        "Die innere Antwort lesen und den Admin dieses Servers fragen.",
    ),
    "Microsoft 365: reply of another server, wrapped": (
        "Antwort eines anderen Servers, eingepackt",
        "Der Server hinter Microsoft 365 hat die Nachricht abgelehnt; was er sagte, steht hinter dem Pfeil.",
        "Die innere Antwort lesen und diese nachschlagen.",
    ),
    "Microsoft 365: gave up after a day": (
        "nach einem Tag aufgegeben",
        "Der Server am Ziel nahm die Nachricht nicht an oder antwortete nicht, bis Microsoft 365 aufgab.",
        "Die Nachrichtenablaufverfolgung zeigt den Grund der Verzögerungen. Die Adresse prüfen, dann den Server am Ziel.",
    ),
}
