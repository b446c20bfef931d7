"""Reply codes in German: positive. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "200": (
        "Erfolg außerhalb der Norm",
        "Der Befehl hat geklappt, sagt ein Server mit einer Nummer, die kein Mailstandard vergibt. Verlass ist nur auf die erste Ziffer.",
        "Heute ein Überbleibsel oder ein Scherz: Sendmail sagt 200 zu DEBUG, der smtp-server von nodemailer zu WIZ. RFC 876 fand die Nummer auf Servern des Jahres 1983.",
        "Wie jeden anderen Erfolg behandeln. Sendet die eigene Software sie auf einen Mailbefehl, dort 250 einsetzen.",
    ),
    "211": (
        "Systemstatus oder Hilfe zum System",
        "Ein Bericht über den Zustand des Mailsystems oder Hilfe zum System als Ganzem: was der Server über sich selbst mitteilt. Angenommen oder abgelehnt wird damit nichts.",
        "RFC 5321 erlaubt den Code nur für HELP, neben 214; manche Server geben ihn auch auf einen eigenen Befehl, der nach Status oder Fähigkeiten fragt. In der Praxis ist er selten: HELP bringt 214, 250 oder 502, und das einzige bekannte 211 eines heutigen Servers ist die Antwort von Haraka auf den eigenen Befehl STATUS.",
        "Eine reine Auskunft, auf der eigenen Seite ist also nichts zu beheben. Zeigt der gemeldete Status ein Problem, die Konfiguration dieses Servers ansehen oder dessen Mail-Admin Bescheid geben.",
    ),
    "214": (
        "Hilfetext",
        "Hilfe für Menschen: welche Befehle dieser Server kennt oder wie der genannte Befehl zu verwenden ist. Programme erfahren aus EHLO, was ein Server kann, niemals von hier.",
        "Nach HELP, allein oder mit dem Namen eines Befehls. Exim, Sendmail, OpenSMTPD, qmail, Exchange und Postfix ab 3.9 antworten so; aiosmtpd, Haraka und Stalwart geben 250, Courier, James und ältere Postfix-Versionen 502 oder 500. Mehrere Server übergehen den Namen nach HELP und senden ihren allgemeinen Text.",
        "Nichts zu tun. Aus den Zeilen ablesen, welche Befehle es hier gibt, und im Zweifel mit der Antwort auf EHLO vergleichen.",
    ),
    "220": (
        "Dienst bereit",
        "Als Begrüßung: Der Server nimmt die Sitzung an, und das erste Wort des Textes ist sein Name. Nach STARTTLS: Der TLS-Handshake beginnt jetzt, mit dem nächsten gesendeten Byte.",
        "Einmal als erste Antwort jeder willkommenen Verbindung und noch einmal, wo STARTTLS gewährt wird. Kommt die Begrüßung spät, ist das oft Absicht: So verraten sich Clients, die zu früh reden.",
        "Mit EHLO oder mit dem Handshake weitermachen. Nach dem Handshake EHLO noch einmal senden, denn was im Klartext gelernt wurde, gilt nicht mehr.",
    ),
    "221": (
        "Dienst schließt den Übertragungskanal",
        "Auf Wiedersehen: Der Server beendet die Sitzung ordnungsgemäß und schließt die Verbindung.",
        "Als Antwort auf QUIT. Postfix sendet den Code auch ungefragt, mit 2.7.0, an einen Client, der etwas anderes als SMTP spricht, etwa eine Kopfzeile oder eine HTTP-Anfrage schickt.",
        "Nach QUIT ist alles in Ordnung. Ohne QUIT herausfinden, welches Programm mit dem Mailport spricht und warum.",
    ),
    "235": (
        "Anmeldung erfolgreich",
        "Die Anmeldung hat geklappt, die Sitzung hat nun die Rechte dieses Kontos.",
        "Als letzte Antwort eines AUTH-Austauschs, meist mit dem erweiterten Code 2.7.0.",
        "MAIL senden. Ein zweites AUTH in derselben Sitzung würde mit 503 abgelehnt.",
    ),
    "250": (
        "Verlangte Mailaktion ausgeführt",
        "Erledigt wie verlangt. Nach EHLO nennt jede weitere Zeile eine Erweiterung; nach dem abschließenden Punkt heißt es, dass nun der Server für die Nachricht einsteht.",
        "Die normale Antwort auf EHLO, HELO, MAIL, RCPT, RSET, NOOP und das Ende der Daten; manche Server geben sie auch auf HELP. Server, die spät urteilen, sagen sie zu jedem RCPT.",
        "Mit dem nächsten Befehl fortfahren. Ein 250 auf RCPT nicht als Beweis lesen, dass es das Postfach gibt: Exim mit Prüfungen bei DATA, Gmail und qmail entscheiden erst danach.",
    ),
    "251": (
        "Benutzer nicht lokal; wird weitergeleitet",
        "Die Adresse wohnt anderswo, und der Server reicht die Mail weiter; der Text nennt die neue Adresse. Auf ETRN bedeutet dieselbe Nummer, dass keine Mail wartet.",
        "Nach RCPT oder VRFY für einen umgezogenen oder weitergeleiteten Benutzer. Wenige Server verraten eine Weiterleitung, die meisten sagen stattdessen 250.",
        "Die Mail ist unterwegs. Zeigt der Text eine neue Adresse, diese in die eigenen Unterlagen übernehmen.",
    ),
    "252": (
        "Benutzer nicht mit VRFY prüfbar, Nachricht wird aber angenommen und zugestellt",
        "Der Server sagt nicht, ob es den Benutzer gibt, und würde Mail für ihn annehmen. Auf ETRN bedeutet der Code, dass die wartende Mail gerade gesendet wird.",
        "Die höfliche Art, VRFY und EXPN stumm zu halten: Postfix, Exim, qmail, Courier, Exchange und Gmail verwenden sie, ebenso Sendmail mit novrfy. Ein Fehler ist das nicht.",
        "So lassen: Benutzer zu verbergen ist gute Praxis. Ob eine Adresse funktioniert, zeigt nur eine Nachricht dorthin.",
    ),
    "253": (
        "Wartende Nachrichten für die Gegenstelle werden gesendet",
        "Der Lauf der Warteschlange, den ETRN verlangt hat, hat begonnen; der Text nennt die Zahl der wartenden Nachrichten.",
        "Von einem Server, der Mail für Standorte mit zeitweiser Verbindung aufhebt. Die meisten Server mit ETRN belassen es bei 250.",
        "Den eigenen Server auf Empfang lassen: Die Mail kommt über eine neue Verbindung von dort, nicht über diese.",
    ),
    "254": (
        "Angenommen, aber unterdrückt",
        "Der Dienst hat die Nachricht angenommen und wird sie nicht zustellen, weil der Empfänger auf seiner Sperrliste steht. Es zählt als Erfolg, obwohl niemand die Mail bekommt.",
        "Vom E-Mail-Versand der Oracle-Cloud, bei RCPT oder nach den Daten.",
        "Den Empfänger in der Sperrliste des Dienstes suchen. Erst austragen, wenn klar ist, warum er dort steht.",
    ),
    "334": (
        "Anfrage des Servers",
        "Die Anmeldung geht weiter: Der Text ist die Anfrage (Challenge) des Servers in Base64, als Nächstes kommt die eigene Antwort darauf. Er kann leer sein.",
        "Einmal je Runde von AUTH. AUTH LOGIN fragt mit VXNlcm5hbWU6 (Username:) und UGFzc3dvcmQ6 (Password:).",
        "Die Antwort in Base64 senden oder einen einzelnen Stern, um abzubrechen; das bringt 501.",
    ),
    "354": (
        "Nachricht eingeben; Ende mit <CRLF>.<CRLF>",
        "Jetzt die Nachricht senden und mit einem Punkt auf einer eigenen Zeile abschließen. Versprochen ist damit nichts: Das Urteil folgt nach dem Punkt.",
        "Nach DATA, sobald mindestens ein Empfänger angenommen ist.",
        "Den Inhalt mit CRLF am Zeilenende senden und jeden Punkt am Zeilenanfang verdoppeln. Danach bis zu zehn Minuten auf die Antwort warten.",
    ),
}
