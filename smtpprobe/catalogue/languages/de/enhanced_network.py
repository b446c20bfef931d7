"""Enhanced status codes in German: network. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "X.4.0": (
        "Anderer oder nicht näher bestimmter Netz- oder Routing-Status",
        "Im Netz oder beim Routing ging etwas schief, und der Server kann oder will nicht sagen, was.",
        "DNS und Erreichbarkeit von dem Host aus prüfen, der diese Antwort gesendet hat.",
    ),
    "X.4.1": (
        "Keine Antwort vom Host",
        "Der nächste Host hat den Verbindungsversuch nicht beantwortet.",
        "Prüfen, ob er läuft und ob Port 25 zwischen beiden offen ist; neue Versuche laufen von selbst. Exchange Online sendet 550 5.4.1 bei einem unbekannten Empfänger.",
    ),
    "X.4.2": (
        "Schlechte Verbindung",
        "Die Verbindung kam zustande und riss dann ab oder lief in einen Timeout, bevor die Nachricht durch war.",
        "Nach Paketverlust, MTU-Problemen oder einer Firewall suchen, die lange Sitzungen beendet.",
    ),
    "X.4.3": (
        "Verzeichnisserver ausgefallen",
        "Ein Verzeichnis, das fürs Routing nötig ist, meist das DNS, ließ sich nicht befragen.",
        "Die Resolver dieses Servers und die Nameserver der betroffenen Domain prüfen.",
    ),
    "X.4.4": (
        "Kein Routing möglich",
        "Die nächste Station ließ sich nicht finden: Das Verzeichnis gab keine brauchbare Route her.",
        "Nachsehen, ob die Domain MX- oder Adresseinträge hat und ob die Relay-Tabelle des Servers sie abdeckt.",
    ),
    "X.4.5": (
        "Überlastung des Mailsystems",
        "Das System ist überlastet und schiebt die Nachricht auf.",
        "Langsamer senden und es später erneut versuchen. Gmail verwendet 550 5.4.5 für eine erreichte tägliche Sendegrenze.",
    ),
    "X.4.6": (
        "Routing-Schleife erkannt",
        "Die Nachricht hat zu viele Hosts durchlaufen und dreht sich im Kreis.",
        "Die Received-Zeilen vergleichen: Zwei Hosts, die sich abwechseln, senden sie einander zu. Dort Weiterleitung, MX oder Relay-Einstellungen korrigieren. Server machen es oft endgültig, obwohl RFC 3463 es vorläufig will.",
    ),
    "X.4.7": (
        "Zustellfrist abgelaufen",
        "Die Nachricht blieb zu lange unzugestellt oder über die Zeit hinaus, die ihr Absender gesetzt hatte.",
        "Im Log den früheren Grund der Verzögerung suchen, ihn beseitigen, dann neu senden.",
    ),
}
