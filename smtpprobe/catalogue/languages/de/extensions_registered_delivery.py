"""EHLO keywords in German: registered delivery. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "EHLO ATRN": (
        "TURN mit Anmeldung",
        "wartende Mail nach Login abholen",
        "Ein Host, der nur zeitweise online ist, meldet sich an und fragt nach seinen Domains; dann tauschen beide Seiten die Rollen, sodass seine Mail über dieselbe Verbindung kommt.",
        "Es gehört auf Port 366 und funktioniert nur nach AUTH: 530 verlangt die Anmeldung, 453 sagt, dass keine Mail wartet, 450, dass der Wunsch vorerst abgelehnt ist.",
        "",
    ),
    "EHLO BURL": (
        "Inhalt per URL",
        "Inhalt aus IMAP-Speicher senden",
        "Ein Submission-Client nennt eine IMAP-URL, und der Server holt diesen Teil der Nachricht selbst ab.",
        "Submission-Server und IMAP-Server müssen einander vertrauen; sonst lautet die Antwort 554 5.7.14, oder 554 5.6.6, wenn die URL nichts ergibt.",
        "imap, oder imap://host für jeden vertrauten Speicher",
    ),
    "EHLO CHECKPOINT": (
        "Prüfpunkt und Neustart",
        "abgebrochenen Transfer fortsetzen",
        "Eine abgerissene Transaktion kann beim letzten Oktett weitergehen, das der Server erhalten hat.",
        "Ein Experiment von 1995, das kaum ein Server an Bord hat. Die Antwort 355 nennt die Stelle, ab der es weitergeht.",
        "",
    ),
    "EHLO CONNEG": (
        "Aushandeln des Inhalts",
        "nach Empfängerfähigkeiten fragen",
        "Der Absender fragt nach den Fähigkeiten jedes Empfängers, etwa Auflösung oder Farbe, und liest sie in der Antwort auf RCPT.",
        "Gebaut für Fax per Mail; außerhalb davon gibt es nichts einzuschalten.",
        "",
    ),
    "EHLO CONPERM": (
        "Erlaubnis zum Umwandeln",
        "Relay darf Inhalt umwandeln",
        "Der Urheber erlaubt einem Relay, den Inhalt in etwas umzuwandeln, womit der Empfänger umgehen kann.",
        "Eine Umwandlung zerstört Signaturen über den Text, also nur für unsignierte Mail wie Fax gewähren.",
        "",
    ),
    "EHLO DELIVERBY": (
        "Zustellung bis",
        "eine Frist für die Zustellung",
        "Der Absender setzt eine Zeit in Sekunden; ist sie um, wird die Nachricht zurückgeschickt (R) oder eine Mitteilung gesendet (N).",
        "Eine Zahl hinter dem Schlüsselwort ist die kürzeste Zeit, die im Rückgabemodus angenommen wird; bei weniger wird MAIL abgelehnt.",
        "die kleinste Zahl von Sekunden, die für Modus R angenommen wird",
    ),
    "EHLO ETRN": (
        "Fernstart der Warteschlange",
        "Zustellung der Queue anstoßen",
        "Ein Client bittet den Server, mit der Zustellung dessen zu beginnen, was für einen Host oder eine Domain wartet, über neue Verbindungen des Servers selbst.",
        "Gedacht für Backup-MX-Hosts auf Port 25. 250 bis 253 nehmen den Wunsch an, 458 kann ihn nicht einreihen, 459 will es für diesen Namen nicht. Auf die eigenen Kunden beschränken: Sonst kann jeder den Server arbeiten lassen.",
        "",
    ),
    "EHLO FUTURERELEASE": (
        "Spätere Freigabe",
        "Nachricht bis später zurückhalten",
        "Der Submission-Server hält eine Nachricht eine Anzahl von Sekunden oder bis zu einem Zeitpunkt zurück.",
        "HOLDFOR oder HOLDUNTIL angeben, nicht beides, und unter den Höchstwerten hinter dem Schlüsselwort bleiben.",
        "die längste Wartezeit in Sekunden und der späteste Zeitpunkt",
    ),
    "EHLO MT-PRIORITY": (
        "Übertragungspriorität",
        "Priorität in Warteschlangen",
        "Der Absender gibt der Nachricht eine Priorität von -9 bis 9, nach der Relays ihre Warteschlangen ordnen.",
        "Server senken eine Priorität, die dem Client nicht zusteht, und sagen das mit 2.3.6; 5.7.15 heißt, dass die Stufe im Moment zu niedrig ist, um angenommen zu werden.",
        "der Name der Prioritätsregel, etwa MIXER, STANAG4406 oder NSEP",
    ),
    "EHLO MTRK": (
        "Verfolgen von Nachrichten",
        "den Weg einer Nachricht verfolgen",
        "Der Absender hinterlässt zur Nachricht ein Token, mit dem er später jeden Server über MTQP fragen kann, wo sie ist.",
        "ENVID und ORCPT mitsenden, sonst hat eine Abfrage nichts zum Abgleich. Fast nirgends im Einsatz.",
        "",
    ),
    "EHLO NO-SOLICITING": (
        "Keine Werbung",
        "Werbung nach Klassen ablehnen",
        "Der Server erklärt, welche Klassen von Werbung er nicht will; eine Klasse ist ein umgekehrter Domainname mit einer Bezeichnung.",
        "Wer wirbt, nennt seine Klasse in SOLICIT= und wird früh abgelehnt. Spam tut das nie, von selbst filtert es also nichts.",
        "die Werbeklassen, die abgelehnt werden",
    ),
    "EHLO RRVS": (
        "Empfänger gültig seit",
        "nur bei unverändertem Inhaber",
        "Die Nachricht gilt dem, der das Postfach zu einem bestimmten Datum innehatte, und darf keinen späteren Inhaber derselben Adresse erreichen.",
        "Nützlich, wenn Passwörter über neu vergebene Adressen zurückgesetzt werden. 5.7.17 und 5.7.18 sagen, dass der Inhaber von Postfach oder Domain gewechselt hat, 5.7.19, dass der Server es nicht weiß.",
        "",
    ),
}
