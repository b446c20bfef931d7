"""Vendors' wordings in German: orange. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Orange: address blocked": (
        "Adresse gesperrt",
        "Orange oder La Poste sperrt diese Adresse: 101 wegen Spamhaus, 102 nach der eigenen Liste oder der eines Partners, 103 vorerst.",
        "Dem Link in der Antwort folgen: check.spamhaus.org bei 101, csi.cloudmark.com oder senderscore.org bei 102. 103 endet von selbst, wenn die Mail besser wird.",
    ),
    "Orange: too many connections": (
        "zu viele Verbindungen",
        "Orange oder La Poste erlaubt von einer Adresse sehr wenige Verbindungen, und diese ist eine zu viel.",
        "Höchstens zwei gleichzeitig öffnen und auf jeder weniger Nachrichten senden.",
    ),
    "Orange: put off for the client's reputation": (
        "wegen des Rufs des Clients zurückgestellt",
        "Orange oder La Poste nimmt von dieser Adresse jetzt keine Mail an, weil zu viel davon kam oder ihr Ruf schlecht ist.",
        "Die Warteschlange weiter versuchen lassen, mit weniger Verbindungen und langsamer. Dauert es Tage, nach Beschwerden und toten Empfängern suchen.",
    ),
    "Orange: fault of the server's own": (
        "Fehler des Servers selbst",
        "Orange oder La Poste konnte die Zustellung nicht abschließen; der Fehler liegt auf dessen Seite.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Orange: login wrong or missing": (
        "Anmeldung falsch oder fehlend",
        "Orange oder La Poste verlangt hierfür eine Anmeldung oder hat sie nicht akzeptiert.",
        "Benutzername und Passwort prüfen und den Submission-Server des Kontos verwenden.",
    ),
    "Orange: SPF failure": (
        "SPF gescheitert",
        "Orange oder La Poste lehnt den Absender ab, weil SPF für seine Domain gescheitert ist.",
        "Die sendende Adresse in den SPF-Eintrag der Domain aufnehmen.",
    ),
    "Orange: sender refused": (
        "Absender abgelehnt",
        "Orange oder La Poste lehnt den Envelope-Absender ab: Seine Domain lässt sich nicht auflösen, oder die Adresse gehört nicht zum Konto.",
        "Einen Absender verwenden, dessen Domain einen MX-Eintrag hat; beim Einliefern die Adresse des Kontos.",
    ),
    "Orange: no such mailbox": (
        "kein solches Postfach",
        "Orange oder La Poste hat kein Postfach dieses Namens.",
        "Die Adresse von der Liste nehmen.",
    ),
    "Orange: mailbox full": (
        "Postfach voll",
        "Das Postfach bei Orange oder La Poste ist voll, was auch 5.1.1 sagt.",
        "Einige Tage weiter versuchen, dann dem Empfänger auf anderem Weg Bescheid geben.",
    ),
    "Orange: mailbox archived or blocked": (
        "Postfach archiviert oder gesperrt",
        "Das Postfach bei Orange oder La Poste wurde archiviert (420) oder gesperrt (426).",
        "Die Adresse von der Liste nehmen; ihr Inhaber kann es wieder öffnen lassen.",
    ),
    "Orange: content taken for spam": (
        "Inhalt für Spam gehalten",
        "Orange oder La Poste hielt den Inhalt für Spam.",
        "Wortlaut, Links und Liste prüfen. Absender guter Mail lässt Orange am Feedback-Loop von signal-spam.fr teilnehmen.",
    ),
    "Orange: message too big": (
        "Nachricht zu groß",
        "Die Nachricht ist größer, als Orange oder La Poste annimmt.",
        "Statt der Datei einen Link senden.",
    ),
    "Orange: DMARC failure": (
        "DMARC gescheitert",
        "Orange oder La Poste lehnt die Nachricht ab, weil sie DMARC nicht bestanden hat; 571 ist 5.7.1 ohne Punkte.",
        "SPF oder DKIM im Namen der From-Domain bestehen lassen.",
    ),
    "Orange: client refused by policy": (
        "Client nach Richtlinie abgelehnt",
        "Orange oder La Poste lehnt diesen Client nach einer eigenen Regel ab.",
        "PTR-Eintrag, EHLO-Namen und Sperrlisten prüfen, dann dessen Postmaster fragen.",
    ),
    "Orange: sender invalid": (
        "Absender ungültig",
        "Orange akzeptiert den Envelope-Absender nicht.",
        "Einen Absender verwenden, dessen Domain einen MX-Eintrag hat und einen SPF-Eintrag, der den Client nennt.",
    ),
}
