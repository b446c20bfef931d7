"""Reply codes in German: de facto transient. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "400": (
        "Vorübergehender Fehler ohne Angabe",
        "Etwas ist vorerst gescheitert; mehr verrät diese Nummer nicht.",
        "Courier sagt `400 STARTTLS is required first` und nimmt 400 auch, wenn es eigene Dateien nicht lesen kann.",
        "Dem Text folgen: TLS beginnen, wenn er das verlangt, sonst die Nachricht in der Warteschlange lassen.",
    ),
    "403": (
        "Nicht berechtigt, von dieser Adresse zu senden",
        "Der Dienst lässt dieses Konto die Absenderadresse nicht verwenden. Die Nummer stammt aus HTTP, und ihre 4 macht die Ablehnung nicht vorübergehend.",
        "Bei SendGrid, wenn die From-Adresse zu keinem bestätigten Absender des Kontos passt.",
        "Den Absender oder seine Domain beim Dienst bestätigen oder von einer bestätigten Adresse schreiben.",
    ),
    "412": (
        "Hinweis auf eine Positivliste",
        "Der Server stellt den Empfänger zurück, bis der Absender auf einer Liste bekannter Absender steht.",
        "Vom Programm submit in Courier, bei RCPT.",
        "Den Anweisungen im Text folgen, falls es welche gibt, und die Warteschlange weiter vbitten lassen.",
    ),
    "417": (
        "DNS-Abfrage zu EHLO-Name oder Absender vorerst gescheitert",
        "Der Server konnte nicht nachschlagen, wer da schreibt. Es ist der erweiterte Code 4.1.7 ohne Punkte.",
        "Von Courier, wenn das DNS zum EHLO-Namen oder zur Domain des Absenders nicht antwortet; gibt es den Namen gar nicht, antwortet es mit 517.",
        "Von außen prüfen, ob die Nameserver der eigenen Domain antworten, und zwar alle.",
    ),
    "420": (
        "Timeout oder Problem mit dem Postfach",
        "Gelesen als 4.2.0 ohne Punkte: Ein Postfach hatte eine vorübergehende Störung. Fehlerlisten erklären dieselbe Nummer als Timeout der Verbindung.",
        "Eher in Bounces und Fehlerlisten als in Sitzungen.",
        "Den nächsten Versuch abwarten. Endet alle Mail an diesen Server so, die Verbindung zu ihm prüfen.",
    ),
    "423": (
        "Fehler bei der Namensauflösung",
        "Der sendende Dienst bekam vom DNS keine Antwort zur Domain des Empfängers.",
        "In den Zustellberichten von Aliyun DirectMail, wenn noch kein empfangender Server gesprochen hat.",
        "Den MX der Domain von mehreren Orten aus nachschlagen und ihrem Inhaber Bescheid geben, wenn ein Nameserver versagt.",
    ),
    "426": (
        "Zeitüberschreitung der Verbindung",
        "Die sendende Seite verlor die Geduld mit dem Empfänger. Die Nummer ist von FTP geerbt und stammt vom Gateway des Absenders, nicht von dem angerufenen Server.",
        "In Zustellberichten, als Text, den ein Gateway selbst verfasst hat.",
        "Vom sendenden Rechner aus eine Verbindung zu Port 25 des Empfängers vbitten und nach Paketverlust oder einer Firewall suchen.",
    ),
    "427": (
        "Verbindung zu unerreichbarem Host",
        "Der sendende Dienst fand keinen Weg zur Adresse des Empfängers.",
        "Noch eine Nummer aus den Berichten von Aliyun DirectMail, vergeben vor jeder Sitzung.",
        "Nachsehen, ob der MX der Domain auf eine Adresse zeigt, die es gibt und die auf Port 25 antwortet.",
    ),
    "431": (
        "Mailsystem voll",
        "Der Server hat gerade keinen Platz oder Speicher: 4.3.1 mit weggefallenen Punkten. RFC 5321 hat dafür 452.",
        "Courier: `431 Mail system full`, und auch `431 Too many recipients`.",
        "Auf dem eigenen Server Plattenplatz schaffen. Als Absender warten oder die Liste der Empfänger aufteilen.",
    ),
    "435": (
        "Anmeldung derzeit nicht möglich",
        "Die Anmeldung im Hintergrund des Servers funktionierte nicht, über das Passwort wurde also gar nicht geurteilt. Exim hat diese Nummer erfunden, wo RFC 4954 die 454 vorsieht.",
        "Von Exim, wenn sein Authenticator die Datenbank, LDAP oder den SASL-Dienst nicht erreicht.",
        "Im main- und panic-Log von Exim nach dem zurückgestellten Authenticator suchen; Benutzer können es nur erneut vbitten.",
    ),
    "440": (
        "TLS vorerst nicht verfügbar",
        "Der Server kann im Moment kein TLS beginnen; die Nummer gleicht 4.4.0 ohne Punkte, richtig wäre 454.",
        "Von Courier nach STARTTLS, wenn dessen TLS-Hilfsprogramm nicht startet.",
        "Bei einem eigenen Courier die Zertifikatsdatei und ihre Rechte prüfen.",
    ),
    "441": (
        "Keine Antwort vom Host",
        "Der nächste Server beantwortete den Verbindungsversuch nicht. Die Nummer ist der erweiterte Code 4.4.1 ohne Punkte, und der Absender selbst hat sie geschrieben.",
        "In Warteschlangen von Exchange (`441 4.4.1`) und in Zustellberichten über einen stummen Host.",
        "MX-Einträge, Route und die Firewalls bis zu diesem Host prüfen; die Warteschlange versucht es weiter.",
    ),
    "442": (
        "Verbindung abgebrochen",
        "Die Sitzung riss ab, bevor die Nachricht zu Ende war: 4.4.2, dem die Punkte fehlen.",
        "In Bounce-Listen und in Berichten über Leitungen oder Firewalls, die lange Übertragungen kappen.",
        "Scheitern nur große Nachrichten, nach einer Firewall suchen, die in SMTP hineinsieht, oder nach einem Weg mit kleinerer MTU.",
    ),
    "446": (
        "Zu viele Stationen oder Routing-Schleife",
        "Die Nachricht lief im Kreis: 4.4.6 ohne Punkte geschrieben. Warten ändert nichts, trotz der 4.",
        "Wenn zwei Server einander jeweils für den letzten halten oder zwei Weiterleitungen aufeinander zeigen.",
        "Den Received-Zeilen des Bounce folgen; die zwei Hosts, die sich wiederholen, haben die falsche Route oder Weiterleitung.",
    ),
    "447": (
        "Zustellfrist abgelaufen",
        "Die Nachricht blieb in der Warteschlange, bis ihre Lebensdauer um war (4.4.7, die Punkte fort). Das ist das letzte Wort, obwohl es mit 4 beginnt.",
        "Im endgültigen Bounce nach Tagen vorläufiger Fehler.",
        "Der Grund steht in den früheren Antworten: das Log nach dieser Queue-ID durchsuchen, die Ursache beheben und neu senden.",
    ),
    "449": (
        "Routing-Fehler",
        "Das sendende System fand keine brauchbare Route für die Nachricht. Kein Standard kennt die Nummer.",
        "In Listen von Exchange-Fehlern, bei einem falsch eingerichteten Connector oder Smarthost.",
        "Die Sendeconnectors und die DNS-Einstellungen des Exchange-Servers prüfen.",
    ),
    "456": (
        "Über IPv4 erneut vbitten, oder Adresse vorübergehend nicht verfügbar",
        "Ein abgelaufener Entwurf wollte damit IPv6-Clients zu IPv4 hinüberschicken. Courier nahm die Nummer für eine Adresse, die jetzt nicht verwendet werden kann.",
        "Kaum je; am ehesten von einem Courier-Server.",
        "Die Warteschlange weiter vbitten lassen. Nennt der Text IPv6, an diesen Host über IPv4 zustellen.",
    ),
    "471": (
        "Fehler eines lokalen Spamfilters",
        "Ein Filter hielt die Nachricht auf: 4.7.1 als drei nackte Ziffern. Eine zweite Ziffer 7 liegt außerhalb der Grammatik von RFC 5321, strenge Clients nehmen das also nicht unbedingt als Antwort.",
        "Nach den Daten, und meist von Filtersoftware auf dem eigenen Rechner oder Gateway des Absenders.",
        "Erst in das Log des lokalen Filters oder Virenscanners sehen, bevor der Verdacht auf den Empfänger fällt.",
    ),
    "498": (
        "Kein MX für die Domain",
        "Der sendende Dienst fand keinen Mailserver für die Domain des Empfängers. Über SMTP hat das niemand gesendet, denn dort endet die zweite Ziffer bei 5.",
        "In den Ereignissen von Mailgun, mit dem Text `No MX for` und der Domain.",
        "Die Schreibweise der Domain prüfen. Stimmt sie, muss ihr Inhaber einen MX-Eintrag veröffentlichen.",
    ),
}
