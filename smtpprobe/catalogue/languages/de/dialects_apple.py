"""Vendors' wordings in German: apple. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Apple iCloud: local policy, with a code": (
        "lokale Richtlinie, mit Code",
        "Apple iCloud lehnt die Nachricht nach einer lokalen Regel ab; der Code in Klammern ist Apples eigener, seine Ursache ist nicht veröffentlicht.",
        "SPF, DKIM und DMARC prüfen, die Links in der Nachricht, und ob die Liste ihre Mail verlangt hat. Ist alles in Ordnung, mit der vollständigen Antwort an icloudadmin@apple.com schreiben.",
    ),
    "Apple iCloud: SPF and DKIM both failed": (
        "SPF und DKIM beide gescheitert",
        "Apple iCloud sperrt die Nachricht, weil weder SPF noch DKIM bestanden hat.",
        "Die sendende Adresse in den SPF-Eintrag der Envelope-Domain aufnehmen und mit DKIM signieren. Eines von beiden genügt für diese Regel; beide haben.",
    ),
    "Apple iCloud: DMARC of the sender's domain says reject": (
        "DMARC der Absenderdomain sagt reject",
        "Apple iCloud lehnt die Nachricht ab, weil sie DMARC nicht bestanden hat und die Richtlinie der From-Domain das verlangt.",
        "SPF oder DKIM im Namen der From-Domain bestehen lassen. Wer weiterleitet oder eine Liste betreibt, muss die signierten Teile unverändert lassen oder From umschreiben.",
    ),
    "Apple iCloud: too much mail for one mailbox": (
        "zu viel Mail für ein Postfach",
        "Apple iCloud stellt Mail an diesen Empfänger zurück, weil in kurzer Zeit zu viel davon kam.",
        "Die Warteschlange weiter versuchen lassen, langsamer. Aussendungen über Stunden verteilen und wenige Verbindungen verwenden.",
    ),
    "Apple iCloud: turned away at the greeting": (
        "bei der Begrüßung abgewiesen",
        "Apple iCloud spricht mit dieser Adresse gar nicht.",
        "Die Adresse auf den öffentlichen Sperrlisten nachschlagen, auch der von Proofpoint, und ihren PTR-Eintrag prüfen. Dann an icloudadmin@apple.com schreiben.",
    ),
    "Apple iCloud: domain in the message on Spamhaus DBL": (
        "Domain in der Nachricht auf Spamhaus DBL",
        "Apple iCloud lehnt die Nachricht ab, weil eine Domain darin auf der Domainliste von Spamhaus steht.",
        "Jede Domain der Nachricht, auch die Links, bei check.spamhaus.org nachschlagen und sie austragen lassen oder weglassen.",
    ),
    "Apple iCloud: address on a Spamhaus list": (
        "Adresse auf einer Liste von Spamhaus",
        "Apple iCloud lehnt Mail von dieser Adresse ab, weil sie auf einer Liste von Spamhaus steht.",
        "Die Adresse bei check.spamhaus.org nachschlagen, die Ursache abstellen und dort die Austragung beantragen.",
    ),
    "Apple iCloud: local policy": (
        "lokale Richtlinie",
        "Apple iCloud lehnt die Nachricht nach einer lokalen Regel ab, die es nicht erklärt.",
        "SPF, DKIM und DMARC, Links und Listen prüfen. Dann an icloudadmin@apple.com schreiben.",
    ),
    "Apple iCloud: DMARC failure": (
        "DMARC gescheitert",
        "Apple iCloud lehnt die Nachricht ab, weil sie DMARC nicht bestanden hat.",
        "SPF oder DKIM im Namen der From-Domain bestehen lassen.",
    ),
    "Apple iCloud: mailbox full": (
        "Postfach voll",
        "Das Konto bei Apple iCloud hat seinen Speicher verbraucht.",
        "Dem Empfänger auf anderem Weg sagen, dass er Platz schaffen soll. Auch iCloud Drive und Fotos zählen.",
    ),
    "Apple iCloud: account gone": (
        "Konto nicht mehr da",
        "Das Konto bei Apple iCloud gab es einmal, und es ist geschlossen.",
        "Die Adresse von der Liste nehmen.",
    ),
    "Apple iCloud: no such account": (
        "kein solches Konto",
        "Apple iCloud kennt kein aktives Konto und keinen Alias dieses Namens.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen.",
    ),
    "Apple iCloud: content taken for spam": (
        "Inhalt für Spam gehalten",
        "Apple iCloud hielt den Inhalt für Spam.",
        "Wortlaut, Links und die Art prüfen, wie die Adressen gesammelt wurden.",
    ),
    "Apple iCloud: not a domain of Apple": (
        "keine Domain von Apple",
        "Die Domain des Empfängers wird nicht bei Apple iCloud gehostet, oder ihre eigene Domain ist dort nicht eingerichtet.",
        "Die MX-Einträge der Domain mit ihrem Mailprovider vergleichen. Der Inhaber einer eigenen Domain prüft sie in den iCloud-Einstellungen.",
    ),
    "Apple iCloud: sender domain unknown to the DNS": (
        "Absenderdomain im DNS unbekannt",
        "Apple iCloud fand für die Domain des Absenders weder MX- noch Adresseintrag.",
        "Einen veröffentlichen oder mit einem Envelope-Absender senden, dessen Domain einen hat.",
    ),
    "Apple iCloud: temporarily out of service": (
        "vorübergehend außer Betrieb",
        "Apple iCloud kann die Nachricht im Moment nicht annehmen oder lässt einen neuen Client warten.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Apple iCloud: too many errors on one connection": (
        "zu viele Fehler auf einer Verbindung",
        "Apple iCloud legte nach zu vielen abgelehnten Befehlen auf, meist Empfängern, die es nicht gibt.",
        "Die Liste von toten Adressen bereinigen und eine neue Verbindung beginnen.",
    ),
}
