"""Vendors' enhanced status codes in German: microsoft. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Microsoft 365 X.0.350": (
        "Fehler des nächsten Servers, eingepackt",
        "Der Server hinter Microsoft 365 hat die Nachricht mit Worten abgelehnt, die zu keinem anderen Code passen.",
        "Die Antwort lesen, die im Text steckt.",
    ),
    "Microsoft 365 X.1.0": (
        "Absender verweigert oder Empfänger nicht aufgelöst",
        "Oft die Antwort auf eine gespeicherte und wieder geöffnete Nachricht: Sie enthält eine alte interne Adresse.",
        "Eine neue Nachricht mit der vollständigen Adresse des Empfängers schreiben.",
    ),
    "Microsoft 365 X.1.8": (
        "Eigenes Konto gesperrt",
        "Das sendende Konto ist als schlechter ausgehender Absender gesperrt: Es hat Spam gesendet.",
        "Das Konto absichern, dann im Defender-Portal freigeben.",
    ),
    "Microsoft 365 X.1.10": (
        "Empfänger nicht gefunden",
        "Die Adresse des Empfängers wurde im Verzeichnis nicht gefunden; ein Null-MX ist nicht gemeint.",
        "Die Adresse korrigieren und den Autovervollständigen-Eintrag in Outlook löschen.",
    ),
    "Microsoft 365 X.1.20": (
        "Empfängeradresse nicht aufgelöst oder mehrere From-Adressen",
        "Einer aus der Familie 5.1.1 bis 5.1.20 rund um Adressen; auch für mehrere Adressen in From ohne Sender-Kopfzeile.",
        "Die Adresse des Empfängers prüfen, dann die From-Kopfzeile.",
    ),
    "Microsoft 365 X.1.90": (
        "Tagesgrenze für Empfänger",
        "Das sendende Konto hat seine Empfängerzahl für den Tag erreicht.",
        "Einen Tag warten; hat niemand so viel gesendet, ist das Konto gehackt.",
    ),
    "Microsoft 365 X.1.351": (
        "Nächster Server kennt keinen solchen Empfänger",
        "Der Server hinter Microsoft 365 sagte, dass es diesen Benutzer nicht gibt.",
        "Die Adresse prüfen.",
    ),
    "Microsoft 365 X.2.2": (
        "Einlieferungsquota überschritten",
        "Spricht der Text von einer Einlieferungsquota (submission quota), ist es die Grenze des ABSENDERS; sonst ist das Postfach des Empfängers voll.",
        "Den Text lesen: im einen Fall einen Tag warten, im anderen dem Empfänger Bescheid geben.",
    ),
    "Microsoft 365 X.2.14": (
        "Weiterleitungsadresse falsch",
        "Das Postfach leitet an eine Adresse weiter, die im Verzeichnis fehlt oder falsch ist (altes Exchange).",
        "Der Admin des Empfängers korrigiert die Weiterleitung.",
    ),
    "Microsoft 365 X.2.121": (
        "Zu viele Nachrichten an einen Empfänger",
        "Dieser Absender hat die stündliche Zahl von Nachrichten an diesen Empfänger erreicht.",
        "Weniger senden oder sie auf Stunden verteilen.",
    ),
    "Microsoft 365 X.2.122": (
        "Empfänger bekommt zu viel Mail",
        "Der Empfänger hat die Zahl der Nachrichten erreicht, die in einer Stunde kommen dürfen.",
        "Die nächste Stunde abwarten.",
    ),
    "Microsoft 365 X.2.252": (
        "Send As verweigert",
        "Das angemeldete Konto hat für die Absenderadresse kein Recht Send As.",
        "Die eigene Adresse der Anmeldung verwenden oder den Admin Send As gewähren lassen.",
    ),
    "Microsoft 365 X.3.2": (
        "Server oder Postfach nimmt jetzt nichts an",
        "Bei 421 ist der Server nicht bereit oder hat zu viele Verbindungen; bei 432 kommen zu viele Nachrichten gleichzeitig für ein Postfach.",
        "Die Warteschlange weiter versuchen lassen, mit weniger Verbindungen.",
    ),
    "Microsoft 365 X.3.190": (
        "Journaling Archive aus",
        "Die Organisation journalt Mail nach Microsoft 365, wo das Journaling aus ist.",
        "Journaling Archive einschalten oder die Journalregel ändern.",
    ),
    "Microsoft 365 X.4.1": (
        "Kein solcher Empfänger oder Domain nicht bedient",
        "550 5.4.1 mit Access denied heißt, dass das Verzeichnis keinen solchen Empfänger hat; mit Relay Access Denied, dass die Domain nicht bedient wird. Ein Netzfehler ist nicht gemeint.",
        "Die Adresse prüfen; der Admin prüft die akzeptierte Domain und die Synchronisierung.",
    ),
    "Microsoft 365 X.4.8": (
        "MTA-STS gescheitert",
        "Der MX der Empfängerdomain passt nicht zur MTA-STS-Richtlinie.",
        "Der Admin des Empfängers bringt Richtlinie und MX zusammen.",
    ),
    "Microsoft 365 X.4.11": (
        "Agents haben sich zu oft gegenseitig aufgerufen",
        "Eine Nachricht, die ein Agent erzeugt hat, erzeugte immer wieder eine weitere und wurde gestoppt.",
        "Der Admin sucht nach Transport-Agents oder Regeln, die einander antworten.",
    ),
    "Microsoft 365 X.4.14": (
        "Mailschleife",
        "Die Nachricht lief im Kreis, gesehen von der Seite von Microsoft 365 (lokal 5.4.6).",
        "Die Received-Zeilen vergleichen; im Hybridbetrieb MX, Connectors und den Typ der Domain.",
    ),
    "Microsoft 365 X.4.24": (
        "Keine zweite Kopie: Ressourcen",
        "Exchange konnte mangels Ressourcen keine zweite Kopie der Nachricht halten (auch .25: kein zweiter Server, .28: abgebrochen).",
        "Die Warteschlange weiter versuchen lassen; lokal die anderen Server der Gruppe ansehen.",
    ),
    "Microsoft 365 X.4.25": (
        "Keine zweite Kopie: kein Server",
        "Exchange fand keinen zweiten Server für eine Kopie der Nachricht.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Microsoft 365 X.4.28": (
        "Keine zweite Kopie: abgebrochen",
        "Das Anlegen einer zweiten Kopie der Nachricht wurde abgebrochen.",
        "Nichts zu tun; es wird erneut versucht.",
    ),
    "Microsoft 365 X.4.62": (
        "Falsche Region",
        "Die Nachricht erreichte eine andere Region von Microsoft 365 als die des Tenants.",
        "Das DNS neu nach dem MX fragen und an keinen festen Namen zustellen.",
    ),
    "Microsoft 365 X.4.300": (
        "In der Warteschlange abgelaufen",
        "Die Nachricht ließ sich in der erlaubten Zeit nicht zustellen.",
        "In der Nachrichtenablaufverfolgung den früheren Fehler suchen.",
    ),
    "Microsoft 365 X.4.310": (
        "Domain existiert nicht",
        "Die Domain des Empfängers steht nicht im DNS.",
        "Die Schreibweise hinter dem @ prüfen.",
    ),
    "Microsoft 365 X.4.312": (
        "DNS-Abfrage gescheitert",
        "Das DNS gab für die Domain des Empfängers keine Antwort.",
        "Der Admin der Domain prüft ihre Nameserver von außen.",
    ),
    "Microsoft 365 X.4.316": (
        "Verbindung abgelehnt",
        "Der nächste Server hat die Verbindung abgelehnt.",
        "Der Admin des Empfängers prüft Server, Firewall und MX.",
    ),
    "Microsoft 365 X.4.317": (
        "TLS mit dem nächsten Server gescheitert",
        "Microsoft 365 konnte sich nicht so verbinden, wie sein Connector es verlangt, meist weil TLS fehlt oder dem Zertifikat nicht vertraut wird.",
        "Dem nächsten Server ein gültiges Zertifikat und STARTTLS geben oder den Connector lockern.",
    ),
    "Microsoft 365 X.4.318": (
        "Verbindung abgerissen",
        "Der nächste Server schloss die Verbindung mittendrin.",
        "Der Admin des Empfängers sieht Firewall und Server-Log an.",
    ),
    "Microsoft 365 X.5.0": (
        "Kein solches Outlook.com-Postfach",
        "550 5.5.0 mit den Worten mailbox unavailable: Diesen Benutzer gibt es bei Outlook.com, Hotmail, Live oder MSN nicht.",
        "Die Adresse prüfen, dann streichen.",
    ),
    "Microsoft 365 X.6.11": (
        "Nackte Zeilenvorschübe",
        "Die Nachricht enthält LF ohne CR.",
        "Das Programm, das die Mail schreibt, seine Zeilen mit CR LF beenden lassen.",
    ),
}
