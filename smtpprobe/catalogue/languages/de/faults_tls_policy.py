"""Faults without a reply in German: tls policy. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault STARTTLS not offered": (
        "Der Client will STARTTLS, und der Server bietet es in seiner Antwort auf EHLO nicht an.",
        "Auf Port 465 (TLS läuft schon), auf Servern ohne Zertifikat, wo eine Firewall STARTTLS entfernt, und bei einem Client, der innerhalb von TLS noch einmal fragt.",
        "Mit `smtpprobe probe HOST:587` nachsehen. Fehlt STARTTLS dort nur von hier aus, entfernt es eine Firewall (Cisco `fixup smtp`, Virenscanner); fehlt es bei allen, muss der Admin des Servers TLS einschalten. Für Port 465 stattdessen TLS von Anfang an einstellen.",
    ),
    "fault STARTTLS refused": (
        "Der Server bietet STARTTLS an und lehnt es dann ab.",
        "Wenn sein Zertifikat oder Schlüssel nicht lesbar ist oder seinem TLS-Dienst der Platz ausgeht (454).",
        "Den Grund findet der Admin des Servers in dessen Log, meist eine nicht lesbare Zertifikatsdatei. Bei 454 es später erneut versuchen.",
    ),
    "fault TLSA records cannot be looked up": (
        "Der Absender will den Server über DANE prüfen, und das DNS sagte nicht, ob es TLSA-Einträge gibt. Ohne das zu wissen, darf er nicht senden.",
        "Wenn die Nameserver der Domain TLSA-Fragen schlecht oder gar nicht beantworten oder ihr DNSSEC kaputt ist.",
        "Der Admin des Empfängers muss dafür sorgen, dass `_25._tcp.HOST` auf TLSA-Fragen antwortet, mit `no such record`, wo es keinen gibt. Postfix lässt eine Domain mit `smtp_tls_policy_maps` (`DOMAIN may`) ohne DANE durch.",
    ),
    "fault no usable TLSA records": (
        "Der Absender verlangt für diesen Host DANE, und der Host hat keinen brauchbaren TLSA-Eintrag.",
        "Bei `dane-only` (Postfix) oder `hosts_require_dane` (Exim) und bei ausgehendem DANE von Exchange, nachdem ein Eintrag entfernt wurde oder seine Parameter nicht für Mail taugen.",
        "Der Admin des Empfängers veröffentlicht TLSA-Einträge `3 1 1` für `_25._tcp.HOST` in einer signierten Zone. Ist es die eigene Regel, `dane` statt `dane-only` verwenden.",
    ),
    "fault DANE check failed": (
        "Das Zertifikat des Servers passt nicht zu den TLSA-Einträgen in seinem DNS, darum hält der Absender die Mail zurück.",
        "Nachdem ein Zertifikat mit neuem Schlüssel erneuert wurde und der TLSA-Eintrag nicht.",
        "Der Admin des Empfängers veröffentlicht zuerst den Hash des neuen Schlüssels, wartet, bis der alte Eintrag abgelaufen ist, und wechselt dann das Zertifikat. `smtpprobe trace RECIPIENT --from SENDER` zeigt, welcher Eintrag scheitert.",
    ),
    "fault MTA-STS policy not met": (
        "Die Domain des Empfängers veröffentlicht eine MTA-STS-Richtlinie, und ihr Server hält sie nicht ein: Sein Name steht nicht darin, oder sein TLS ist nicht gültig.",
        "Nach einem Wechsel der MX-Hosts ohne Änderung der Richtliniendatei, bei abgelaufenem Zertifikat oder wenn sich die Richtlinie nicht abrufen lässt.",
        "Der Admin des Empfängers bringt Richtlinie, MX-Einträge und Zertifikate in Einklang und ändert die `id` in `_mta-sts.DOMAIN`. `smtpprobe trace RECIPIENT --from SENDER` zeigt, welcher Teil scheitert.",
    ),
    "fault password over an unencrypted line": (
        "Der Client weigert sich, ein Passwort über eine Verbindung ohne TLS zu senden.",
        "Bei `smtp.PlainAuth` von Go, msmtp und anderen, wenn STARTTLS aus ist oder nicht angeboten wird, außer zu localhost.",
        "STARTTLS auf 587 einschalten oder 465 verwenden; mit `smtpprobe probe HOST:587` nachsehen, ob der Server es anbietet.",
    ),
}
