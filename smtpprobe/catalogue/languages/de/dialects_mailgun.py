"""Vendors' wordings in German: mailgun. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Mailgun: recipient domain without MX": (
        "Empfängerdomain ohne MX",
        "Mailgun fand für die Domain des Empfängers keinen Mailserver; 498 ist eine Nummer seiner eigenen Ereignisse und keine Antwort eines Servers.",
        "Die Domain auf Tippfehler prüfen. Stimmt sie, muss ihr Inhaber einen MX-Eintrag veröffentlichen.",
    ),
    "Mailgun: address bounced before": (
        "Adresse hat früher gebounct",
        "Mailgun hat es nicht versucht: Eine frühere Nachricht an diese Adresse kam endgültig zurück, und sie steht auf der Liste der Domain.",
        "Die Adresse korrigieren. Von der Bounce-Liste erst nehmen, wenn das Postfach wieder funktioniert.",
    ),
    "Mailgun: recipient unsubscribed": (
        "Empfänger hat sich abgemeldet",
        "Mailgun hat es nicht versucht: Der Empfänger hat sich abgemeldet.",
        "Das achten; die Adresse von der Liste nehmen.",
    ),
    "Mailgun: recipient complained": (
        "Empfänger hat sich beschwert",
        "Mailgun hat es nicht versucht: Der Empfänger hat frühere Mail als Spam gemeldet.",
        "Die Adresse von jeder Liste nehmen.",
    ),
    "Mailgun: sending domain not verified": (
        "Absenderdomain nicht bestätigt",
        "Die DNS-Einträge der sendenden Domain zeigen Mailgun noch nicht, darum darf sie nicht senden.",
        "Die SPF- und DKIM-Einträge veröffentlichen, die das Control Panel zeigt, und sie dort prüfen lassen.",
    ),
    "Mailgun: sandbox": (
        "Sandbox",
        "Eine Sandbox-Domain von Mailgun sendet nur an autorisierte Empfänger.",
        "Dem Konto die eigene Domain hinzufügen oder den Empfänger zu den autorisierten.",
    ),
    "Mailgun: gave up after trying for too long": (
        "nach zu langen Versuchen aufgegeben",
        "Mailgun hat aufgehört, weil der Empfänger die Nachricht zu lange zurückgestellt hat.",
        "In den früheren Ereignissen die Antwort des Empfängers selbst suchen und danach handeln.",
    ),
}
