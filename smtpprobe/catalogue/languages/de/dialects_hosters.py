"""Vendors' wordings in German: hosters. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "ImprovMX: put off": (
        "zurückgestellt",
        "ImprovMX, das nur weiterleitet, kann die Nachricht jetzt nicht annehmen.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "ImprovMX: loop": (
        "Schleife",
        "ImprovMX leitet an eine Adresse weiter, deren Domain wieder bei ImprovMX ist, und die Mail liefe im Kreis.",
        "Der Empfänger stellt ein Ziel außerhalb von ImprovMX ein.",
    ),
    "ImprovMX: domain not set up": (
        "Domain nicht eingerichtet",
        "ImprovMX kennt die Domain nicht (5.9.2), oder seine Einstellungen dafür sind fehlerhaft (5.9.3, 5.9.5), obwohl die MX-Einträge dorthin führen.",
        "Der Inhaber der Domain fügt sie bei ImprovMX hinzu und prüft die Aliasse oder korrigiert die MX-Einträge.",
    ),
    "Free: too much spam from the address": (
        "zu viel Spam von der Adresse",
        "Free sperrt diese Adresse für eine Weile, weil seine Benutzer Spam von ihr gemeldet haben.",
        "Die Ursache abstellen und postmaster.free.fr ansehen; die Sperre endet von selbst.",
    ),
    "Free: too many errors from the address": (
        "zu viele Fehler von der Adresse",
        "Free sperrt diese Adresse für eine Weile, weil sie zu viele tote Empfänger oder schlechte Befehle gesendet hat.",
        "Die Liste bereinigen und die Warteschlange weiter versuchen lassen.",
    ),
    "Rackspace: no such mailbox": (
        "kein solches Postfach",
        "Rackspace hat kein Postfach und keinen Alias dieses Namens.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen.",
    ),
    "Rackspace: address on a list that Rackspace asks": (
        "Adresse auf einer Liste, die Rackspace befragt",
        "Rackspace lehnt diese Adresse ab, weil eine Liste, die es befragt, sie führt; der Name der Liste steht hinter dem Gleichheitszeichen.",
        "Die Adresse bei dieser Liste nachschlagen, die Ursache abstellen und dort die Austragung beantragen.",
    ),
    "ImprovMX: bad reputation of the sender's domain": (
        "schlechter Ruf der Absenderdomain",
        "ImprovMX lehnt die Domain des Absenders wegen ihres schlechten Rufs ab.",
        "Die Domain auf den Sperrlisten nachschlagen und verbessern, was sie sendet.",
    ),
    "ImprovMX: content taken for spam": (
        "Inhalt für Spam gehalten",
        "ImprovMX hielt die Nachricht für Spam.",
        "Links und Wortlaut ändern und dafür sorgen, dass SPF und DKIM bestehen.",
    ),
    "Rambler: mailbox inactive": (
        "Postfach inaktiv",
        "Das Postfach bei Rambler wurde wegen Nichtnutzung geschlossen.",
        "Die Adresse von der Liste nehmen; ihr Inhaber öffnet es wieder, indem er sich anmeldet.",
    ),
    "Rambler: mailbox blocked": (
        "Postfach gesperrt",
        "Rambler hat das Postfach des Empfängers gesperrt.",
        "Die Adresse von der Liste nehmen.",
    ),
    "Rambler: rate limit": (
        "Ratengrenze",
        "Rambler zählt, was diese Adresse oder dieser Absender in einer Zeit einliefert, und das Kontingent ist verbraucht.",
        "Langsamer werden und die Warteschlange weiter versuchen lassen.",
    ),
    "Rambler: content taken for spam": (
        "Inhalt für Spam gehalten",
        "Rambler hielt die Nachricht für Spam.",
        "Ist sie keiner, mit der ganzen Antwort an dessen Abuse-Adresse schreiben.",
    ),
    "Free: content taken for spam": (
        "Inhalt für Spam gehalten",
        "Free hielt die Nachricht für Spam.",
        "Links und Wortlaut ändern; siehe postmaster.free.fr.",
    ),
    "Free: virus found": (
        "Virus gefunden",
        "Free hat in der Nachricht Schadsoftware gefunden.",
        "Den sendenden Rechner prüfen und eine harmlose Datei in einem anderen Format senden.",
    ),
    "Free: mailbox full": (
        "Postfach voll",
        "Das Postfach bei Free ist voll.",
        "Einige Tage weiter versuchen, dann dem Empfänger auf anderem Weg Bescheid geben.",
    ),
    "Free: mailbox closed for want of use": (
        "Postfach wegen Nichtnutzung geschlossen",
        "Lange hat niemand das Postfach bei Free benutzt, und es wurde geschlossen.",
        "Die Adresse von der Liste nehmen.",
    ),
    "Infomaniak: DMARC failure": (
        "DMARC gescheitert",
        "Infomaniak lehnt die Nachricht ab, weil sie DMARC nicht bestanden hat und die Richtlinie der From-Domain das verlangt.",
        "SPF oder DKIM im Namen der From-Domain bestehen lassen.",
    ),
    "Infomaniak: sender domain unknown to the DNS": (
        "Absenderdomain im DNS unbekannt",
        "Infomaniak fand für die Domain des Absenders weder MX- noch Adresseintrag.",
        "Einen veröffentlichen oder mit einem Envelope-Absender senden, dessen Domain einen hat.",
    ),
    "Hostpoint: SPF failure": (
        "SPF gescheitert",
        "Hostpoint lehnt den Absender ab, weil der SPF-Eintrag seiner Domain diese Adresse nicht nennt.",
        "Die Adresse in den Eintrag aufnehmen; wer weiterleitet, schreibt den Envelope-Absender um (SRS).",
    ),
    "Proton Mail: refused by the spam filter": (
        "vom Spamfilter abgelehnt",
        "Der Filter von Proton Mail hielt die Nachricht für Spam.",
        "SPF, DKIM und DMARC, Links und Wortlaut prüfen; mit der ganzen Antwort an abuse@proton.me schreiben.",
    ),
    "Proton Mail: no such address": (
        "keine solche Adresse",
        "Proton Mail hat keine Adresse dieses Namens.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen.",
    ),
    "HEY: no such user": (
        "kein solcher Benutzer",
        "HEY hat kein Postfach dieses Namens.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen.",
    ),
    "Fastmail: no such user": (
        "kein solcher Benutzer",
        "Fastmail hat kein Postfach und keinen Alias dieses Namens.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen.",
    ),
}
