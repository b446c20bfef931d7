"""Reasons in German. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "reason userunknown": (
        "Postfach unbekannt",
        "Der empfangende Server kennt kein Postfach dieses Namens.",
        "Die Schreibweise der Adresse mit dem Empfänger klären. Gibt es sie nicht mehr, sie von allen Listen nehmen.",
    ),
    "reason hostunknown": (
        "Maildomain unbekannt",
        "Der Teil hinter dem @ ist keine Domain, die das DNS kennt, oder sie hat keinen Server für Mail.",
        "Die Schreibweise hinter dem @ prüfen. Stimmt sie, MX, A und AAAA der Domain nachschlagen: Ihr Inhaber muss sie reparieren.",
    ),
    "reason hasmoved": (
        "Empfänger umgezogen",
        "Der Empfänger hat jetzt eine andere Adresse, und Mail an die alte wird nicht weitergeleitet.",
        "Die neue Adresse verwenden, wenn der Text eine nennt, und das Adressbuch korrigieren.",
    ),
    "reason mailboxfull": (
        "Postfach voll",
        "Im Postfach des Empfängers ist kein Platz mehr.",
        "Dem Empfänger auf anderem Weg sagen, dass er Mail löschen oder mehr Platz beantragen soll, dann erneut senden.",
    ),
    "reason suspend": (
        "Postfach deaktiviert",
        "Das Postfach existiert, wurde aber deaktiviert, gesperrt oder zu lange nicht benutzt.",
        "Den Empfänger auf anderem Weg erreichen: Nur er oder sein Provider kann das Postfach wieder öffnen.",
    ),
    "reason filtered": (
        "Von einem Filter abgelehnt",
        "Die eigenen Einstellungen des Empfängers oder ein Filter, der für dieses Postfach handelt, haben die Nachricht abgelehnt.",
        "Den Empfänger auf anderem Weg bitten, diesen Absender zuzulassen. Könnte die Adresse selbst falsch sein, das zuerst prüfen.",
    ),
    "reason rejected": (
        "Absenderadresse abgelehnt",
        "Der Server nimmt von diesem Envelope-Absender, der Adresse in MAIL FROM, keine Mail an.",
        "Eine Absenderadresse verwenden, die es gibt, deren Domain einen MX- oder Adresseintrag hat und die dieser Server zulässt. Steht sie auf einer Verbotsliste, den Admin des Empfängers um Austragung bitten.",
    ),
    "reason suppressed": (
        "Auf einer Unterdrückungsliste",
        "Der eigene Mailprovider des Absenders hat es gar nicht versucht: Die Adresse steht auf seiner Liste derer, die gebounct oder sich beschwert haben.",
        "Sicherstellen, dass die Adresse stimmt und der Empfänger die Mail will, dann sie aus der Liste des Providers austragen.",
    ),
    "reason authfailure": (
        "SPF, DKIM oder DMARC gescheitert",
        "Der empfangende Server konnte über SPF, DKIM oder DMARC nicht bestätigen, dass der Absender diese Domain verwenden darf.",
        "Den sendenden Host in den SPF-Eintrag aufnehmen, mit DKIM signieren und eines von beiden die Domain von From tragen lassen. Das Feld Authentication-Results einer angekommenen Nachricht zeigt, welche Prüfung scheitert.",
    ),
    "reason contenterror": (
        "Nachricht fehlerhaft aufgebaut",
        "Der Server lehnt die Nachricht ab, weil ihr Kopf oder ihre MIME-Teile fehlerhaft aufgebaut sind.",
        "Das korrigieren, was die Nachricht erzeugt: Zeichensätze, Kodierungen, MIME-Grenzen. Zum Vergleich reinen Text senden.",
    ),
    "reason exceedlimit": (
        "Feste Grenze überschritten",
        "Die Nachricht ist größer, als ein Admin es für dieses Postfach oder diesen Absender erlaubt.",
        "Sie kleiner senden oder einen Link statt des Anhangs. Die Grenze selbst lässt sich nur auf der anderen Seite anheben.",
    ),
    "reason mesgtoobig": (
        "Nachricht zu groß",
        "Die Nachricht ist größer, als der Server annimmt.",
        "Statt des Anhangs einen Link senden. EHLO zeigt die Grenze hinter SIZE; das Kodieren macht eine Datei um ein Drittel größer.",
    ),
    "reason notcompliantrfc": (
        "Verletzt das Nachrichtenformat",
        "Die Nachricht verletzt eine Regel von RFC 5322, etwa weil From oder Date fehlt oder doppelt vorkommt.",
        "Das Programm, das die Nachricht erzeugt, jedes Pflichtfeld einmal und in richtiger Form schreiben lassen.",
    ),
    "reason policyviolation": (
        "Verstößt gegen eine Richtlinie",
        "Eine Regel der Empfängerseite verbietet diese Nachricht, ihren Anhang oder die Art, wie sie gesendet wird.",
        "Die Regel im Text und auf der verlinkten Seite nachlesen. Nennt er keine, den Admin des Empfängers fragen.",
    ),
    "reason spamdetected": (
        "Für Spam gehalten",
        "Die Empfängerseite hielt die Nachricht für Spam.",
        "Links, Wortlaut und Pflege der Listen prüfen, dazu SPF, DKIM und DMARC. Ist es kein Spam, den Admin des Empfängers fragen, welche Regel zugeschlagen hat.",
    ),
    "reason virusdetected": (
        "Für Schadsoftware gehalten",
        "Ein Scanner auf der Empfängerseite hielt die Nachricht oder ihren Anhang für Schadsoftware.",
        "Zuerst den sendenden Rechner prüfen. Ist er sauber, die Datei in anderer Form senden oder einen Link darauf.",
    ),
    "reason badreputation": (
        "Schlechter Ruf",
        "Die Empfängerseite schreibt der sendenden Adresse oder Domain einen schlechten Ruf zu.",
        "Abstellen, was ihn eingebracht hat: Bounces, Beschwerden, gestohlene Konten. Wenig und nur erwünschte Mail senden, bis er sich erholt.",
    ),
    "reason blocked": (
        "Sendender Host abgewiesen",
        "Der Server weist den sendenden Host wegen seiner IP-Adresse ab oder wegen des Namens, den er in EHLO nennt.",
        "Nachsehen, ob der Text eine Sperrliste nennt, und den Eintrag dort löschen lassen, sobald seine Ursache weg ist. Prüfen, ob EHLO den vollständigen Namen des Hosts nennt. Greylisting will nur einen späteren Versuch von derselben Adresse.",
    ),
    "reason requireptr": (
        "Kein richtiges Reverse-DNS",
        "Die sendende IP-Adresse hat keinen PTR-Eintrag, oder der Name darin führt nicht zur Adresse zurück.",
        "Vom Inhaber des Adressbereichs einen PTR auf den Namen des Hosts setzen lassen und diesem Namen einen A- oder AAAA-Eintrag mit der Adresse geben.",
    ),
    "reason norelaying": (
        "Relaying verweigert",
        "Der Server ist für die Domain des Empfängers nicht zuständig und reicht für diesen Absender keine Mail weiter.",
        "Sich anmelden (AUTH, Port 465 oder 587), wenn es der Server des eigenen Providers ist. Sonst an den MX der Empfängerdomain senden; ist es dieser Server, muss sein Admin die Domain eintragen.",
    ),
    "reason securityerror": (
        "Sicherheitsregel nicht erfüllt",
        "Eine Sicherheitsregel wurde nicht erfüllt: Der Server verlangt eine Anmeldung, Verschlüsselung oder ein Recht, das dieser Absender nicht vorgewiesen hat.",
        "Benutzername und Passwort prüfen, den Port (465 oder 587), TLS, und ob dieser Absender an diesen Empfänger schreiben darf.",
    ),
    "reason failedstarttls": (
        "TLS verlangt und nicht erreicht",
        "Die Mail muss innerhalb von TLS reisen, und zwischen den beiden Servern kam kein TLS zustande.",
        "Nachsehen, welche Seite es verlangt (DANE, MTA-STS, eine Einstellung). Dann Zertifikat oder STARTTLS des empfangenden Servers in Ordnung bringen oder den sendenden STARTTLS verwenden lassen.",
    ),
    "reason speeding": (
        "Zu viel Mail zu schnell",
        "Von diesem Absender oder für diesen Empfänger kam mehr Mail, als der Server in der Zeit erlaubt.",
        "Langsamer senden. Eine Warteschlange, die von selbst neu versucht, kommt durch; überrascht die Menge, nach einem gestohlenen Konto suchen.",
    ),
    "reason toomanyconn": (
        "Zu viel auf einmal",
        "Der sendende Host verwendet mehr Verbindungen oder mehr Empfänger in einer Nachricht, als der Server gleichzeitig erlaubt.",
        "Weniger Verbindungen gleichzeitig zu diesem Server öffnen, über jede mehrere Nachrichten senden und in jeder weniger Empfänger nennen.",
    ),
    "reason syntaxerror": (
        "Befehl nicht verstanden",
        "Der Server hat einen Befehl oder sein Argument nicht verstanden oder nicht gekannt, oder er kam in falscher Reihenfolge.",
        "Den Befehl vor der Antwort ansehen: seine Schreibweise, sein Argument, seine Stelle, und ob EHLO ihn anbietet.",
    ),
    "reason expired": (
        "Nach Versuchen aufgegeben",
        "Der sendende Server konnte die Mail so lange nicht übergeben, dass er aufgehört hat oder bald aufhört.",
        "Den letzten Fehler davor suchen: Er nennt die Ursache, meist einen Server, der nicht antwortete.",
    ),
    "reason networkerror": (
        "Störung im Netz oder Routing",
        "Der Weg zum Server hat versagt: DNS, Verbindung, Route oder Mail, die im Kreis läuft.",
        "MX und Adressen der Domain prüfen und Port 25 von Hand versuchen. Bei einer Schleife den Received-Zeilen bis zu den zwei Hosts folgen, die sich wiederholen.",
    ),
    "reason notaccept": (
        "Host nimmt keine Mail an",
        "Dieser Host nimmt keine Mail an, vorerst oder überhaupt nicht.",
        "Prüfen, ob der MX der Domain dorthin zeigt, wohin er soll. Sagte der Host es nur vorerst, kommt eine Warteschlange später durch.",
    ),
    "reason systemerror": (
        "Störung im Server",
        "Der Server hat intern versagt oder ist falsch eingerichtet.",
        "Der Admin des Servers, der das sagt, findet die Ursache in dessen Log. Erneut senden, sobald sie behoben ist.",
    ),
    "reason systemfull": (
        "Server hat keinen Platz",
        "Platte, Warteschlange oder Speicher des Servers selbst ist erschöpft; am Postfach liegt es nicht.",
        "Sein Admin muss Platz schaffen. Eine Warteschlange kommt danach von selbst durch.",
    ),
    "reason mailererror": (
        "Zustellprogramm gescheitert",
        "Ein Programm, das die Mail ins Postfach legen soll, etwa procmail oder ein Skript, ist gescheitert.",
        "Der Admin des letzten Servers führt dieses Programm von Hand aus und liest seinen Fehler; oft stimmt ein Pfad, ein Recht oder eine Quota nicht.",
    ),
    "reason accepted": (
        "Angenommen",
        "Der Server hat Ja gesagt.",
        "Nichts zu tun.",
    ),
    "reason delivered": (
        "Zugestellt",
        "Die Mail hat das Postfach erreicht oder ging an ein System, das keine weiteren Berichte sendet.",
        "Nichts zu tun.",
    ),
    "reason feedback": (
        "Beschwerde",
        "Das ist kein Bounce: Der Empfänger hat die Mail als Spam markiert, und der Provider reicht die Beschwerde weiter.",
        "Die Adresse sofort von der Liste nehmen und fragen, warum die Mail nicht erwünscht war.",
    ),
    "reason vacation": (
        "Automatische Antwort",
        "Das ist kein Bounce: Die Mail kam an, und ein Programm antwortete, dass der Empfänger abwesend ist.",
        "Nichts zu tun.",
    ),
    "reason onhold": (
        "Nicht eindeutig angegeben",
        "Die Mail wurde nicht zugestellt, und was der Server sagt, lässt den Grund offen.",
        "Im Log des sendenden Servers den ganzen Dialog ansehen oder den Admin des Empfängers fragen, mit Uhrzeit und Queue-ID.",
    ),
    "reason undefined": (
        "Kein Grund angegeben",
        "Der Bericht sagt, dass die Zustellung gescheitert ist, und nicht, warum.",
        "Den Admin des Servers fragen, der den Bericht geschrieben hat, mit Uhrzeit und Message-ID.",
    ),
    "reason none": (
        "Kein Grund erkennbar",
        "Es gibt nur einen Code oder nicht einmal den, ein Grund lässt sich also nicht nennen.",
        "Den Text angeben, der dabei stand, und den Befehl, auf den geantwortet wurde.",
    ),
}
