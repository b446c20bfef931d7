"""Vendors' wordings in German: mimecast. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Mimecast: address with a bad reputation": (
        "Adresse mit schlechtem Ruf",
        "Mimecast lehnt diese Adresse wegen ihres schlechten Rufs ab.",
        "Mit dem Sender-Feedback-Formular von Mimecast eine Prüfung beantragen, sobald die Ursache abgestellt ist. Der Admin des Empfängers kann die Adresse durchlassen.",
    ),
    "Mimecast: put off by greylisting or reputation": (
        "zurückgestellt durch Greylisting oder Ruf",
        "Mimecast stellt einen Client zurück, den es nicht kennt oder dem es nicht traut; an seinen eigenen Ressourcen liegt es nicht.",
        "Die Warteschlange von derselben Adresse aus weiter versuchen lassen: Zwischen einer Minute und zwölf Stunden später wird angenommen. Der Admin des Empfängers kann den Absender durchlassen.",
    ),
    "Mimecast: protection against spoofing": (
        "Schutz vor Spoofing",
        "Der Absender verwendet von außen eine Domain der eigenen Firma des Empfängers, und Mimecast soll das ablehnen.",
        "Der Admin des Empfängers macht eine Ausnahme für den Dienst, der im Namen der Firma sendet.",
    ),
    "Mimecast: SPF, DKIM or DMARC failure": (
        "SPF, DKIM oder DMARC gescheitert",
        "Mimecast lehnt den Absender ab, weil die Prüfung, die der Text nennt, gescheitert ist.",
        "Die sendende Adresse in SPF aufnehmen, den richtigen DKIM-Schlüssel veröffentlichen und dafür sorgen, dass eines davon zu From passt.",
    ),
    "Mimecast: spam or virus signature": (
        "Spam- oder Virensignatur",
        "Mimecast hat in der Nachricht eine Signatur von Spam oder Schadsoftware gefunden.",
        "Links und Anhänge prüfen. Bei Spam kann der Admin des Empfängers den Absender durchlassen, bei einem Virus nie.",
    ),
    "Mimecast: blocked senders": (
        "gesperrte Absender",
        "Der Empfänger oder die Firma hat diesen Absender bei Mimecast auf die Liste gesperrter gesetzt.",
        "Den Empfänger auf anderem Weg bitten, den Absender von der Liste zu nehmen.",
    ),
    "Mimecast: relaying refused": (
        "Relaying verweigert",
        "Weder die Domain des Absenders noch die des Empfängers gehört einem Kunden von Mimecast, oder diese Adresse darf für keinen senden.",
        "Die MX-Einträge der Empfängerdomain prüfen. Ein Kunde lässt die ausgehende Adresse autorisieren.",
    ),
    "Mimecast: country not allowed": (
        "Land nicht erlaubt",
        "Die Firma des Empfängers hat Mimecast angewiesen, aus dem Land dieser Adresse keine Mail anzunehmen.",
        "Vom Server eines anderen Landes senden oder den Admin des Empfängers um eine Ausnahme bitten.",
    ),
    "Mimecast: TLS wanted": (
        "TLS verlangt",
        "Die Firma des Empfängers hat Mimecast angewiesen, diese Mail nur über TLS anzunehmen: irgendeines (encryption), 1.2 oder neuer oder mit starken Chiffren, wie der Text sagt.",
        "STARTTLS einschalten, TLS 1.2 oder neuer verwenden und aktuelle Chiffren anbieten. Darauf achten, dass keine Firewall STARTTLS entfernt.",
    ),
    "Mimecast: no such recipient": (
        "kein solcher Empfänger",
        "Die Firma des Empfängers hat, soweit Mimecast weiß, keine solche Adresse.",
        "Die Schreibweise prüfen. Ob das Verzeichnis von Mimecast aktuell ist, sieht der Admin des Empfängers.",
    ),
    "Mimecast: recipient check without an answer": (
        "Empfängerprüfung ohne Antwort",
        "Mimecast hat den Server dahinter nach dem Empfänger gefragt und keine Antwort bekommen oder hält diese Adresse wegen zu vieler Fehlversuche zurück.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Mimecast: address blocked for minutes": (
        "Adresse für Minuten gesperrt",
        "Von dieser Adresse kamen zu viele Verbindungen oder Fehlversuche; Mimecast sperrt sie fünf Minuten lang.",
        "Weniger Verbindungen öffnen und die Warteschlange weiter versuchen lassen.",
    ),
    "Mimecast: sender blocked": (
        "Absender gesperrt",
        "Eine Richtlinie, die die Firma des Empfängers in Mimecast eingerichtet hat, sperrt diesen Absender.",
        "Den Admin des Empfängers bitten, den Absender daraus zu entfernen.",
    ),
    "Mimecast: customer switched off": (
        "Kunde abgeschaltet",
        "Die eingehende (inbounds) oder ausgehende Mail des Kunden bei Mimecast ist abgeschaltet.",
        "Der Kunde wendet sich an den Support von Mimecast.",
    ),
    "Mimecast: wrong host name for incoming mail": (
        "falscher Hostname für eingehende Mail",
        "Der MX-Eintrag der Empfängerdomain nennt einen Host von Mimecast, der für sie keine Mail annimmt.",
        "Der Admin des Empfängers korrigiert die MX-Einträge auf die Hosts, die Mimecast genannt hat.",
    ),
    "Mimecast: message too big": (
        "Nachricht zu groß",
        "Die Nachricht liegt über der Größe, die Mimecast für die Firma des Empfängers erlaubt.",
        "Statt der Datei einen Link senden.",
    ),
    "Mimecast: mail loop": (
        "Mailschleife",
        "Mimecast zählt auf dem Weg der Nachricht mehr als 25 Hosts: Zwei Weiterleitungen schicken sie im Kreis.",
        "Die Received-Zeilen ansehen und den Kreis durchbrechen.",
    ),
    "Mimecast: content rule": (
        "Inhaltsregel",
        "Eine Inhaltsregel, die die Firma des Empfängers in Mimecast eingerichtet hat, lehnt die Nachricht ab.",
        "Den Admin des Empfängers fragen, nach welchen Worten oder Dateien die Regel sucht.",
    ),
    "Mimecast: login failed": (
        "Anmeldung gescheitert",
        "Mimecast hat die Anmeldung dieses Kunden nicht akzeptiert.",
        "Eine interne Adresse von Mimecast mit ihrem Cloud-Passwort verwenden oder auf Port 25 von einer autorisierten Adresse senden.",
    ),
    "Mimecast: overloaded": (
        "überlastet",
        "Mimecast ist überlastet oder konnte mit der Sitzung nichts anfangen.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Mimecast: message cut off": (
        "Nachricht abgeschnitten",
        "Mimecast sah die Nachricht vor ihrem abschließenden Punkt enden: Eine Firewall oder ein Virenscanner auf dem Weg hat sie abgeschnitten.",
        "Die SMTP-Inspektion (fixup von Cisco, Mailguard) abschalten und das Log des Scanners ansehen.",
    ),
    "Mimecast: too many recipients": (
        "zu viele Empfänger",
        "Die Nachricht hat mehr als die 100 Empfänger, die Mimecast auf einmal annimmt.",
        "Den Rest in weiteren Transaktionen senden; Mailserver tun das von selbst.",
    ),
}
