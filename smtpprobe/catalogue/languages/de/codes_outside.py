"""Reply codes in German: outside. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "101": (
        "Netz nicht erreichbar (Fehlernummer des Systems)",
        "Das hat kein Mailserver gesagt: Es ist eine Nummer des Betriebssystems, die wie eine Antwort angezeigt wird. Unter Linux ist 101 ENETUNREACH; Fehlerlisten lesen sie als `unable to connect`.",
        "In Logs und Fehlerlisten, wenn der sendende Rechner keine Route zum Server fand.",
        "Das Netz des Absenders prüfen: Standardroute, IPv6 ohne Uplink, Firewall.",
    ),
    "104": (
        "Verbindung zurückgesetzt (Fehlernummer des Systems)",
        "Die Gegenseite hat die Verbindung ohne Abschied abgebrochen. Die Nummer ist ECONNRESET von Linux, und kein Mailserver sendet sie.",
        "Im Log eines Absenders, wenn ein Server, eine Firewall oder ein Load-Balancer die Verbindung mitten im Dialog fallen lässt.",
        "Mit `smtpprobe probe` herausfinden, nach welchem Befehl es geschieht; dann im Log des Servers und seinen Bann-Werkzeugen nach der eigenen Adresse suchen.",
    ),
    "110": (
        "Zeitüberschreitung der Verbindung (Fehlernummer des Systems)",
        "Auf den Verbindungsversuch kam keine Antwort. Die Nummer ist ETIMEDOUT von Linux; SMTP hatte noch gar nicht begonnen.",
        "Im Log eines Absenders, wenn Pakete verschwinden: eine Firewall, die sie verwirft, ein ausgefallener Host oder ein Provider, der Port 25 sperrt.",
        "Denselben Port aus einem anderen Netz versuchen. Läuft jeder Server auf 25 in den Timeout, den Provider um Freigabe bitten oder über ein Relay auf 587 senden.",
    ),
    "111": (
        "Verbindung abgelehnt (Fehlernummer des Systems)",
        "Der Rechner wurde erreicht, aber auf dem Port lauscht nichts. Die Nummer ist ECONNREFUSED von Linux; SMTP hatte noch gar nicht begonnen.",
        "Im Log eines Absenders, wenn der Maildienst nicht läuft, der Port falsch ist oder eine Firewall mit einem Reset abweist.",
        "Host und Port prüfen, und ob der Maildienst dort läuft.",
    ),
    "113": (
        "Keine Route zum Host (Fehlernummer des Systems)",
        "Das Netz hat gemeldet, dass der Rechner nicht erreichbar ist. Die Nummer ist EHOSTUNREACH von Linux; SMTP hatte noch gar nicht begonnen.",
        "Im Log eines Absenders, wenn ein Router oder eine Firewall antwortet, dass es keinen Weg gibt, oder der Host im selben Netz aus ist.",
        "Die Adresse prüfen, die das DNS für den Server angibt, und die Route dorthin.",
    ),
    "602": (
        "Zu alt (Ereignis von Mailgun)",
        "Mailgun hat aufgehört, weil die Zeit für neue Versuche um war. Die Nummer gehört in sein Ereignislog und lief nie über eine SMTP-Verbindung.",
        "In den Fehlerereignissen von Mailgun, nach Stunden vorläufiger Ablehnungen durch den Empfänger.",
        "In den früheren Ereignissen dieser Nachricht die echte Antwort des Empfängers suchen und nach dieser handeln.",
    ),
    "605": (
        "Nicht gesendet: Adresse hat früher gebounct (Ereignis von Mailgun)",
        "Mailgun hat gar keine Verbindung aufgebaut, weil eine frühere Nachricht an diese Adresse endgültig zurückkam.",
        "In den Ereignissen von Mailgun, bei einem Empfänger auf der Bounce-Liste der Domain.",
        "Die Adresse korrigieren. Von der Bounce-Liste erst löschen, wenn das Postfach wieder funktioniert.",
    ),
    "606": (
        "Nicht gesendet: Adresse hat sich abgemeldet (Ereignis von Mailgun)",
        "Der Empfänger hat einen Abmeldelink benutzt, darum hat Mailgun die Nachricht zurückgehalten.",
        "In den Ereignissen von Mailgun, bei einem Empfänger auf der Abmeldeliste der Domain oder des Tags.",
        "Das achten und dieser Person nicht mehr schreiben, es sei denn, sie hat die Mail seither selbst verlangt.",
    ),
    "607": (
        "Nicht gesendet: Empfänger hat sich beschwert (Ereignis von Mailgun)",
        "Diese Person hat frühere Mail als Spam gemeldet, und Mailgun sendet ihr nichts mehr.",
        "In den Ereignissen von Mailgun, bei einem Empfänger auf der Beschwerdeliste.",
        "Die Adresse aus den eigenen Listen entfernen. Viele Beschwerden auf einmal sind Anlass, die Herkunft der Adressen zu prüfen.",
    ),
}
