"""Vendors' wordings in German: chasquid. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "chasquid: hung up at the third error": (
        "beim dritten Fehler aufgelegt",
        "chasquid beantwortet den dritten Fehler einer Verbindung mit diesem 421 anstelle der echten Antwort. Was an jenem Befehl falsch war, bleibt ungesagt.",
        "Ihn auf einer neuen Verbindung noch einmal senden, und allein.",
    ),
    "chasquid: EHLO without a name": (
        "EHLO ohne Namen",
        "Eine Zeile aus NetHack für einen fehlenden Hostnamen.",
        "EHLO mit dem Namen des eigenen Hosts sagen.",
    ),
    "chasquid: AUTH outside TLS": (
        "AUTH außerhalb von TLS",
        "AUTH wird nur innerhalb von TLS angeboten.",
        "STARTTLS, EHLO, dann AUTH.",
    ),
    "chasquid: VRFY and EXPN left out on purpose": (
        "VRFY und EXPN absichtlich weggelassen",
        "Der Scherz bedeutet: nicht implementiert.",
        "So ist der Server gedacht.",
    ),
    "chasquid: not a domain of this server": (
        "keine Domain dieses Servers",
        "Das 503 steht für das, was andere 550 oder 554 nennen: Die Domain ist nicht lokal, und niemand hat sich angemeldet. Die Reihenfolge stimmt.",
        "Sich auf dem Submission-Port anmelden oder den richtigen MX verwenden.",
    ),
    "chasquid: mechanism unknown": (
        "Mechanismus unbekannt",
        "chasquid hat PLAIN und in neueren Versionen LOGIN. Sein 534 bedeutet, dass der Mechanismus nicht bekannt ist, nicht, dass er zu schwach ist.",
        "PLAIN verwenden.",
    ),
    "chasquid: no such user": (
        "kein solcher Benutzer",
        "In der Domain gibt es weder einen Benutzer noch einen Alias dieses Namens.",
        "Die Adresse Buchstabe für Buchstabe vergleichen.",
    ),
    "chasquid: SPF says no": (
        "SPF sagt Nein",
        "Die Domain des Absenders verbietet diese Adresse in ihrem SPF-Eintrag (-all).",
        "Von einem Host senden, den der Eintrag nennt, oder diesen aufnehmen.",
    ),
    "chasquid: TLS was used before and is missing now": (
        "TLS wurde früher verwendet und fehlt jetzt",
        "chasquid merkt sich, dass diese Domain TLS verwendet hat, und verweigert den Rückschritt zum Klartext.",
        "Wieder mit TLS senden. War der Wechsel gewollt, entfernt der Admin den Eintrag der Domain.",
    ),
    "chasquid: login required on the submission port": (
        "Anmeldung auf dem Submission-Port nötig",
        "chasquid nimmt auf diesem Port Mail erst nach einer Anmeldung an.",
        "Sich mit AUTH PLAIN innerhalb von TLS anmelden; Mail zwischen Servern geht an Port 25.",
    ),
    "chasquid: line endings broken": (
        "kaputte Zeilenenden",
        "Eine Zeile der Nachricht endet nur mit LF oder CR, womit sich eine zweite Nachricht einschmuggeln ließe; chasquid legt auf.",
        "Jede Zeile mit CR LF beenden.",
    ),
    "chasquid: message too big": (
        "Nachricht zu groß",
        "Die Nachricht liegt über max_data_size_mb.",
        "Statt der Datei einen Link senden.",
    ),
    "chasquid: recipients of one message used up": (
        "Empfängerzahl einer Nachricht ausgeschöpft",
        "chasquid nimmt 100 Empfänger auf einmal an.",
        "Den Rest in einer weiteren Transaktion senden; Mailserver tun das von selbst.",
    ),
    "chasquid: directory out of order": (
        "Verzeichnis gestört",
        "chasquid konnte seine Benutzerdatenbank oder seinen Hook nicht nach dem Empfänger fragen.",
        "Die Warteschlange versucht es weiter. Admin: dovecot oder den Alias-Hook ansehen.",
    ),
    "chasquid: address not readable": (
        "Adresse nicht lesbar",
        "chasquid konnte die Adresse nicht lesen, oder ihre Domain lässt sich nicht nach ASCII umwandeln.",
        "Eine ganze Adresse von höchstens 256 Zeichen in spitzen Klammern angeben.",
    ),
    "chasquid: message not readable": (
        "Nachricht nicht lesbar",
        "chasquid konnte den Kopf der Nachricht nicht lesen.",
        "Dafür sorgen, dass zuerst die Kopfzeilen kommen und danach eine leere Zeile.",
    ),
}
