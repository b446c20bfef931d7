"""Vendors' wordings in German: exchange agents. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Exchange: spam, by the content filter": (
        "Spam, laut Inhaltsfilter",
        "Der Inhaltsfilter von Exchange hielt die Nachricht für Spam.",
        "Links und Wortlaut ändern; der Admin des Empfängers kann den Absender zulassen oder SCLRejectThreshold anheben.",
    ),
    "Exchange: address on a blocklist that the server asks": (
        "Adresse auf einer Sperrliste, die der Server befragt",
        "Eine Sperrliste, die dieser Exchange-Server befragt, oder seine eigene führt die Adresse des Clients; am Empfänger liegt es nicht.",
        "Die Adresse bei den gängigen Listen nachschlagen und austragen lassen; welche Liste es war, sieht der Admin des Empfängers.",
    ),
    "Exchange: attachment refused": (
        "Anhang abgelehnt",
        "Der Anhangsfilter von Exchange lässt keine Datei dieses Namens oder Typs herein.",
        "Einen Link oder eine andere Art von Datei senden.",
    ),
    "Exchange: sender ID failed": (
        "Sender ID gescheitert",
        "Der SPF-Eintrag der Absenderdomain nennt den Client nicht, und der Sender-ID-Agent von Exchange soll das ablehnen.",
        "Die Adresse in den Eintrag aufnehmen oder über einen eingetragenen Host senden.",
    ),
    "Exchange: remote server hung up without a word": (
        "entfernter Server legte wortlos auf",
        "Der nächste Server hat die Verbindung immer wieder ohne Antwort gekappt, darum hält Exchange ihn für kaputt und wartet zwischen Versuchen länger.",
        "Im Protokolllog des Sendeconnectors den letzten Befehl ansehen; übliche Ursache ist eine Firewall, die in SMTP oder TLS hineinsieht.",
    ),
    "Exchange: message too big for the route": (
        "Nachricht zu groß für die Route",
        "Die Nachricht liegt über der Grenze eines Connectors auf dem Weg oder über dem, was der nächste Server in SIZE nennt.",
        "Statt der Datei einen Link senden oder die Grenze anheben lassen.",
    ),
    "Exchange: no connector for the address": (
        "kein Connector für die Adresse",
        "Kein Sendeconnector der Organisation nimmt diese Art von Adresse oder Domain.",
        "Admin: einen Sendeconnector für den Adressraum anlegen und dafür sorgen, dass ein Server ihn verwenden kann.",
    ),
    "Exchange: several objects with one address": (
        "mehrere Objekte mit einer Adresse",
        "Zwei Objekte im Verzeichnis tragen diese Adresse, Exchange kann also nicht wählen.",
        "Admin: beide mit Get-Recipient finden und einem die Adresse nehmen.",
    ),
    "Exchange: content that cannot be read": (
        "nicht lesbarer Inhalt",
        "Exchange konnte die MIME-Struktur der Nachricht nicht lesen oder umwandeln.",
        "Die Nachricht mit einem anderen Programm neu erstellen oder den sonderbaren Anhang weglassen.",
    ),
    "Exchange: messages a minute used up": (
        "Nachrichten je Minute ausgeschöpft",
        "Der Client sendet mehr Nachrichten je Minute, als MessageRateLimit des Empfangsconnectors erlaubt.",
        "Langsamer werden; für einen bekannten Client hebt der Admin die Grenze mit einem eigenen Connector an.",
    ),
    "Exchange: login may not submit here": (
        "Anmeldung darf hier nicht einliefern",
        "Die Anmeldung stimmt, aber ihre Gruppe darf über diesen Empfangsconnector nicht senden.",
        "Admin: dem Connector ExchangeUsers geben oder das Recht ms-Exch-SMTP-Submit.",
    ),
    "Exchange: next server unreachable": (
        "nächster Server nicht erreichbar",
        "Exchange konnte mit dem nächsten Server keinen Dialog führen; die Worte dahinter nennen die Ursache. 441 ist keine Antwort eines Servers.",
        "Den Teil in Anführungszeichen lesen: Timeout oder Ablehnung kommt vom Netz oder der Firewall, 421 vom anderen Server.",
    ),
    "Exchange: server not taking connections": (
        "Server nimmt keine Verbindungen an",
        "Exchange hält an, startet, oder ihm fehlt Speicher oder Plattenplatz.",
        "Die Warteschlange weiter versuchen lassen. Admin: im Ereignislog nach Back Pressure und auf Get-ServerComponentState sehen.",
    ),
    "Exchange: client was silent": (
        "Client hat geschwiegen",
        "Der Dialog stand so lange still, dass er getrennt wurde.",
        "Nach einem langsamen Client suchen, einer Firewall, die Pakete verschluckt, oder einem MTU-Problem.",
    ),
    "Exchange: EHLO name refused": (
        "EHLO-Name abgelehnt",
        "Der Name in EHLO oder HELO enthält Zeichen, die ein Domainname nicht haben kann, oder fehlt.",
        "EHLO mit einem schlichten Hostnamen sagen; übliche Ursache ist ein Unterstrich im Computernamen.",
    ),
    "Exchange: address not readable": (
        "Adresse nicht lesbar",
        "Exchange konnte die Adresse des Absenders (5.1.7) oder des Empfängers (5.1.3) nicht lesen.",
        "Eine ganze Adresse in spitzen Klammern angeben, ohne Anführungszeichen oder Steuerzeichen.",
    ),
    "Exchange: no such user, by the recipient filter": (
        "kein solcher Benutzer, laut Empfängerfilter",
        "Der Empfängerfilter dieses Exchange-Servers kennt keine solche Adresse.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen.",
    ),
    "Exchange: recipients of one message used up": (
        "Empfängerzahl einer Nachricht ausgeschöpft",
        "Die Nachricht hat mehr Empfänger, als der Empfangsconnector auf einmal annimmt.",
        "Den Rest in einer weiteren Transaktion senden; Mailserver tun das von selbst.",
    ),
    "Exchange: message too big": (
        "Nachricht zu groß",
        "Die Nachricht oder die für sie angegebene Größe liegt über der Grenze des Empfangsconnectors.",
        "Statt der Datei einen Link senden oder MaxMessageSize anheben lassen.",
    ),
}
