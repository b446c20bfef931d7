"""Vendors' wordings in German: gmx. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "GMX: turned away: reverse DNS": (
        "abgewiesen: Reverse-DNS",
        "GMX spricht nicht mit dieser Adresse, weil ihr PTR-Eintrag fehlt, generisch ist oder nicht zurückführt.",
        "Einen PTR-Eintrag setzen, der den Mailserver nennt und zur Adresse zurückführt. Ein aus den Ziffern der Adresse gebildeter Name gilt als dynamisch.",
    ),
    "GMX: turned away: blocklist": (
        "abgewiesen: Sperrliste",
        "GMX spricht nicht mit dieser Adresse, weil seine eigene oder eine andere Sperrliste sie führt.",
        "Den Link in der letzten Zeile öffnen: Er nennt die Ursache und hat ein Formular zur Austragung. Zuerst die Ursache abstellen.",
    ),
    "GMX: turned away at the greeting": (
        "bei der Begrüßung abgewiesen",
        "GMX spricht nicht mit dieser Adresse; der Grund steht in der letzten Zeile der Antwort.",
        "Den Link in der letzten Zeile öffnen: Er nennt die Ursache und den Ausweg.",
    ),
    "GMX: reverse DNS": (
        "Reverse-DNS",
        "GMX verlangt einen PTR-Eintrag, der einen Mailserver nennt; diese Adresse hat keinen, einen generischen oder einen, der nicht zurückführt.",
        "Einen PTR-Eintrag mit dem eigenen Namen des Servers setzen und für diesen Namen einen Adresseintrag.",
    ),
    "GMX: sender domain without MX or address": (
        "Absenderdomain ohne MX oder Adresse",
        "GMX fand für die Domain des Absenders weder einen brauchbaren MX- noch einen Adresseintrag.",
        "Einen MX-Eintrag veröffentlichen, der zu einem Host führt, oder mit einem anderen Envelope-Absender senden.",
    ),
    "GMX: SPF failure": (
        "SPF gescheitert",
        "GMX lehnt den Absender ab, weil der SPF-Eintrag seiner Domain diese Adresse nicht nennt und mit -all endet.",
        "Die Adresse in den SPF-Eintrag aufnehmen. Wer weiterleitet, schreibt den Envelope-Absender um (SRS).",
    ),
    "GMX: policy: address": (
        "Richtlinie: Adresse",
        "GMX lehnt Mail von dieser Client-Adresse nach einer eigenen Regel ab.",
        "Das Kontaktformular auf postmaster.gmx.net mit der ganzen Antwort verwenden, sobald die Ursache abgestellt ist.",
    ),
    "GMX: policy: domain": (
        "Richtlinie: Domain",
        "GMX lehnt die Domain des Absenders nach einer eigenen Regel ab.",
        "Das Kontaktformular auf postmaster.gmx.net mit der ganzen Antwort verwenden, sobald die Ursache abgestellt ist.",
    ),
    "GMX: policy: headers": (
        "Richtlinie: Kopfzeilen",
        "GMX lehnt die Nachricht wegen ihres Kopfes ab: Ein Pflichtfeld fehlt, ist doppelt oder fehlerhaft.",
        "Dafür sorgen, dass From, Date, Subject, To und Message-ID je einmal dastehen und richtig aufgebaut sind.",
    ),
    "GMX: policy": (
        "Richtlinie",
        "GMX lehnt die Nachricht nach einer Regel ab, die es nicht nennt.",
        "Den Link in der Antwort öffnen, wenn es einen gibt; sonst Kopfzeilen, SPF und DKIM prüfen und bei postmaster.gmx.net fragen.",
    ),
    "GMX: address on a blocklist": (
        "Adresse auf einer Sperrliste",
        "GMX lehnt diese Adresse ab, weil seine eigene oder eine andere Sperrliste sie führt.",
        "Den Link in der Antwort öffnen, die Ursache abstellen und dort die Austragung beantragen.",
    ),
    "GMX: mailbox full": (
        "Postfach voll",
        "Das Postfach bei GMX ist voll.",
        "Einige Tage weiter versuchen, dann dem Empfänger auf anderem Weg Bescheid geben.",
    ),
    "GMX: configuration of the client refused": (
        "Konfiguration des Clients abgelehnt",
        "GMX gefällt nicht, was der Client gesagt hat: meist der Name in EHLO oder die Form der Absenderadresse.",
        "EHLO mit dem eigenen vollen Namen des Servers sagen und die Adressen in spitze Klammern setzen.",
    ),
    "GMX: no such mailbox": (
        "kein solches Postfach",
        "GMX hat kein Postfach dieses Namens oder hat es geschlossen.",
        "Die Adresse von der Liste nehmen.",
    ),
    "GMX: mailbox busy": (
        "Postfach beschäftigt",
        "GMX kann dem Postfach im Moment nicht zustellen, oder der Empfänger bekommt zu viel Mail.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
}
