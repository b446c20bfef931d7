"""Vendors' wordings in German: common. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "any server: greylisting": (
        "Greylisting",
        "Der Server stellt Mail von unbekannter Kombination aus Client, Absender und Empfänger einmal zurück und nimmt sie an, wenn sie wiederkommt.",
        "Nach fünf bis fünfzehn Minuten von derselben Adresse erneut versuchen; Mailserver tun das von selbst.",
    ),
    "any server: too many connections": (
        "zu viele Verbindungen",
        "Dieser Client, sein Netz oder alle Clients zusammen haben zu viele Verbindungen offen.",
        "Weniger gleichzeitig öffnen; um mehr zu erfahren, genügt eine.",
    ),
    "any server: rate limit": (
        "Ratengrenze",
        "Der Server zählt, was dieser Client oder Absender in einer Zeit einliefert, und das Kontingent ist verbraucht.",
        "Langsamer werden und die Mail über mehr Zeit verteilen.",
    ),
    "any server: DMARC": (
        "DMARC",
        "Weder SPF noch DKIM hat für die Domain in From bestanden, und ihre DMARC-Richtlinie verlangt von Empfängern die Ablehnung.",
        "Mit DKIM im Namen der From-Domain signieren oder über deren eigene Server senden.",
    ),
    "any server: SPF": (
        "SPF",
        "Die Domain des Absenders nennt die Adresse des Clients nicht in ihrem SPF-Eintrag.",
        "Von einem eingetragenen Host senden oder diesen in den Eintrag aufnehmen.",
    ),
    "any server: sender domain unknown": (
        "Absenderdomain unbekannt",
        "Die Domain in MAIL FROM steht nicht im DNS oder hat nichts, was einen Bounce annehmen könnte.",
        "Einen Absender verwenden, dessen Domain einen MX- oder Adresseintrag hat.",
    ),
    "any server: address or domain on a blocklist": (
        "Adresse oder Domain auf einer Sperrliste",
        "Eine Sperrliste, öffentlich oder die des Servers, führt die Adresse des Clients oder eine Domain in der Mail. Meist nennt der Text sie.",
        "Bei der Liste nach dem Grund fragen, die Ursache abstellen und den Eintrag löschen lassen.",
    ),
    "any server: mailbox full": (
        "Postfach voll",
        "Der Empfänger hat keinen Platz mehr.",
        "Dem Empfänger auf anderem Weg Bescheid geben und es später versuchen.",
    ),
    "any server: relaying refused": (
        "Relaying verweigert",
        "Die Domain des Empfängers wird hier nicht bedient, und dieser Client darf nicht über diesen Server senden.",
        "Sich anmelden oder das DNS nach dem MX der Domain fragen. Der dortige Admin prüft die Liste lokaler Domains.",
    ),
    "any server: no such user": (
        "kein solcher Benutzer",
        "Der Server kennt kein Postfach dieses Namens.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste streichen.",
    ),
    "any server: mailbox closed": (
        "Postfach geschlossen",
        "Das Postfach existiert, wurde aber geschlossen oder gesperrt.",
        "Der Empfänger oder der Provider muss es wieder öffnen.",
    ),
    "any server: reverse DNS missing": (
        "Reverse-DNS fehlt",
        "Die Adresse des Clients hat keinen PTR-Eintrag, oder der Name darin führt nicht zurück.",
        "Ihn setzt der Inhaber des Adressbereichs.",
    ),
    "any server: virus found": (
        "Virus gefunden",
        "Ein Scanner hat in der Nachricht etwas Gefährliches gefunden oder glaubt das.",
        "Den sendenden Rechner prüfen. Eine harmlose Datei in einem anderen Format senden.",
    ),
    "any server: taken for spam": (
        "für Spam gehalten",
        "Inhalt, Absender oder Adresse sieht für diesen Server nach Spam aus.",
        "Ruf und Authentifizierung prüfen; den Admin des Empfängers nach der Regel fragen.",
    ),
    "any server: message too big": (
        "Nachricht zu groß",
        "Die Nachricht oder die für sie angegebene Größe liegt über der Grenze.",
        "Mit SIZE in EHLO vergleichen und statt der Datei einen Link senden.",
    ),
    "any server: TLS is mandatory here": (
        "TLS ist hier Pflicht",
        "Der Server nimmt diesen Befehl nur innerhalb von TLS an.",
        "Zuerst STARTTLS und ein zweites EHLO senden.",
    ),
    "any server: login required": (
        "Anmeldung nötig",
        "Der Server nimmt von diesem Client Mail erst nach einer Anmeldung an.",
        "AUTH verwenden, auf Port 465 oder 587. Mail zwischen Servern geht an den MX auf Port 25.",
    ),
    "any server: server out of room": (
        "Server ohne Platz",
        "Platte oder Speicher des Servers selbst ist knapp.",
        "Sein Admin schafft Platz; Absender versuchen es von selbst weiter.",
    ),
}
