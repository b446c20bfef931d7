"""Vendors' wordings in German: exchange transport. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Exchange: rule of the organisation": (
        "Regel der Organisation",
        "Eine Nachrichtenflussregel der Organisation hat die Nachricht abgelehnt.",
        "Deren Admin fragen, welche Regel es war; die Worte dahinter sind oft seine eigenen.",
    ),
    "Exchange: mail loop": (
        "Mailschleife",
        "Die Nachricht lief zwischen Servern im Kreis, bis Exchange sie stoppte (5.4.14 in Microsoft 365, lokal 5.4.6).",
        "Die Received-Zeilen vergleichen. Übliche Ursachen: MX und Connector zeigen im Hybridbetrieb aufeinander, eine Domain ist Internal Relay ohne Postfach, oder zwei Weiterleitungen.",
    ),
    "Exchange: gave up after waiting": (
        "nach dem Warten aufgegeben",
        "Exchange konnte die Nachricht in der erlaubten Zeit, meist zwei Tagen, nicht zustellen.",
        "In der Warteschlangenanzeige oder der Nachrichtenablaufverfolgung den letzten Fehler dieser Warteschlange suchen; dieser sagt nur, dass die Zeit um ist.",
    ),
    "Exchange: MX leads back to the sender": (
        "MX führt zum Absender zurück",
        "Der MX der Empfängerdomain zeigt auf den sendenden Server selbst.",
        "Ist es die eigene Domain, sie in die akzeptierten Domains aufnehmen; sonst korrigiert ihr Admin den MX.",
    ),
    "Exchange: DNS of the destination is wrong": (
        "DNS des Ziels stimmt nicht",
        "Exchange fand im DNS keinen brauchbaren Server für die Domain des Empfängers; meist existiert die Domain nicht.",
        "Die Schreibweise hinter dem @ prüfen. Der Admin der Domain prüft MX- und Adresseinträge.",
    ),
    "Exchange: bare line feeds in the message": (
        "nackte Zeilenvorschübe in der Nachricht",
        "Die Nachricht enthält LF ohne CR, was die Empfängerseite nur über BDAT annimmt.",
        "Das Programm, das die Mail schreibt, seine Zeilen mit CR LF beenden lassen.",
    ),
    "Exchange: too many connections": (
        "zu viele Verbindungen",
        "Der Empfangsconnector hat so viele Verbindungen offen, wie er insgesamt oder von diesem Client erlaubt.",
        "Weniger gleichzeitig öffnen. Admin: Set-ReceiveConnector -MaxInboundConnection und -MaxInboundConnectionPerSource.",
    ),
    "Exchange: server short of resources": (
        "dem Server fehlen Ressourcen",
        "Exchange stellt Mail zurück, weil Platte, Speicher oder Datenbankversionen knapp werden (Back Pressure).",
        "Absender versuchen es von selbst weiter. Admin: Ereignis 15004 bis 15007 nennt die Ressource, meist freien Platz auf der Platte der Warteschlange.",
    ),
    "Exchange: sender on the server's own list": (
        "Absender auf der eigenen Liste des Servers",
        "Der Absenderfilter des Admins nennt diesen Absender.",
        "Den Admin des Empfängers um Austragung bitten (Get-SenderFilterConfig).",
    ),
    "Exchange: login refused": (
        "Anmeldung abgelehnt",
        "Exchange akzeptiert diesen Benutzernamen mit diesem Passwort nicht oder lässt das Konto sich nicht anmelden.",
        "Name (DOMAIN\\user oder die volle Adresse) und Passwort prüfen, und ob der Connector den Mechanismus erlaubt.",
    ),
    "Exchange: not a domain of this organisation, in the older wording": (
        "keine Domain dieser Organisation, im älteren Wortlaut",
        "Die Domain des Empfängers gehört nicht zu den akzeptierten Domains, und dieser Client darf nicht weiterleiten.",
        "Sich anmelden, den richtigen MX verwenden oder den Admin die akzeptierte Domain oder einen Relay-Connector einrichten lassen.",
    ),
    "Exchange: sender denied": (
        "Absender verweigert",
        "Exchange lehnt diesen Absender ab; wurde aus einer gespeicherten Nachricht geantwortet, kann die Adresse des Empfängers eine alte interne sein.",
        "Beide Adressen prüfen und eine neue Nachricht schreiben, statt auf eine alte zu antworten.",
    ),
}
