"""Reply codes in German: permanent. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "500": (
        "Syntaxfehler, Befehl nicht erkannt",
        "Der Server kennt diesen Befehl nicht, oder die Zeile war zu lang zum Lesen.",
        "Ein Tippfehler, eine Erweiterung, die diesem Server fehlt, eine AUTH-Antwort über der Grenze (5.5.6) oder ein Client außer Takt, der Nachrichtentext als Befehle sendet. OpenSMTPD beantwortet VRFY und EXPN so.",
        "Nur Befehle senden, die EHLO oder RFC 5321 nennt. Zitiert der Text ein Stück der eigenen Nachricht, hat der Client eine frühere Ablehnung von DATA übersehen.",
    ),
    "501": (
        "Syntaxfehler in Parametern oder Argumenten",
        "Der Befehl ist bekannt, aber was darauf folgt, lässt sich nicht lesen oder darf dort nicht stehen.",
        "EHLO ohne Namen, eine Adresse ohne spitze Klammern, STARTTLS, DATA, RSET oder QUIT mit Argument, ein AUTH-Austausch, den der Client abgebrochen oder falsch kodiert hat. Exim verwendet den Code für MAIL- und RCPT-Parameter, die es nicht kennt.",
        "Die Zeile mit der Grammatik vergleichen: `MAIL FROM:<a@example.org>`, kein Leerzeichen nach dem Doppelpunkt, Parameter hinter der Klammer. Bei Exim den Parameter weglassen.",
    ),
    "502": (
        "Befehl nicht implementiert",
        "Der Server erkennt den Befehl und bietet ihn nicht an, aus Absicht oder weil ihm die Funktion fehlt.",
        "VRFY, EXPN, HELP, ETRN oder TURN abgeschaltet, STARTTLS oder AUTH, wo es das nicht gibt. Gmail, qmail, KumoMTA, Courier und Postfix vor 3.7 sagen es auch zu Befehlen, von denen sie nie gehört haben, wo RFC 5321 die 500 verlangt.",
        "Ohne den Befehl auskommen. Kündigt EHLO ihn trotzdem an, bricht der Server sein Versprechen, und sein Admin muss das beheben.",
    ),
    "503": (
        "Falsche Reihenfolge der Befehle",
        "Der Befehl ist gültig, aber nicht an dieser Stelle der Sitzung.",
        "RCPT vor MAIL, DATA ohne angenommenen Empfänger, ein zweites AUTH oder irgendetwas nach einer Begrüßung mit 554. Manche dehnen den Code: OpenSMTPD bei einer nicht unterstützten Option zu MAIL oder RCPT, chasquid bei verweigertem Relaying, Exim und andere bei AUTH, wo es nicht angeboten wird.",
        "Die Antwort davor ansehen: Eine frühere Ablehnung ist meist die wahre Ursache. Mit RSET neu beginnen und bei EHLO, AUTH, MAIL, RCPT, DATA bleiben.",
    ),
    "504": (
        "Parameter des Befehls nicht implementiert",
        "Der Befehl selbst ist gültig, aber dieser Server unterstützt den angegebenen Parameter oder Mechanismus nicht. RFC 4954 weist den Code AUTH zu; RFC 5321 VRFY, EXPN, HELP und, in obskuren Fällen, EHLO.",
        "AUTH mit einem Mechanismus, den der Server nicht hat: 504 von Exim, Sendmail, OpenSMTPD, Exchange und aiosmtpd, aber 535 von Postfix und Courier, 534 von chasquid, 554 von Stalwart. Die bekanntesten 504 kommen von Postfix: `504 5.5.2 need fully-qualified hostname` (oder address) bei einem EHLO-Namen oder einer Envelope-Adresse ohne Domain, oft erst bei RCPT gesendet, und `504 5.5.4` bei AUTH vor STARTTLS. Ein unbekannter Parameter von MAIL FROM wird oft als Ursache genannt, doch dafür sieht RFC 5321 die 555 vor: Exim sagt 501, OpenSMTPD 503, qmail, Courier und andere schlucken ihn, und außer Stalwart sagt kaum ein Server 504. Sendmail sendet den Code bei HELP zu einem unbekannten Thema, James und Stalwart bei einem RCPT-Parameter.",
        "Die EHLO-Antwort des Servers lesen, in TLS wie im Klartext, und nur die AUTH-Mechanismen, Erweiterungen und Parameter verwenden, die sie aufführt. Bei `need fully-qualified` von Postfix dem Client einen vollständigen Hostnamen geben (in Postfix `myhostname`) oder eine Absenderadresse mit Domain; bei AUTH vor TLS zuerst STARTTLS senden.",
    ),
    "521": (
        "Host nimmt keine Mail an",
        "Dieser Rechner nimmt überhaupt keine Mail an, weder jetzt noch später, und legt vielleicht sofort auf.",
        "Als Begrüßung eines Hosts ohne Maildienst. Postfix und postscreen leihen sich die Nummer für eine Ablehnung aus Richtliniengründen, die die Sitzung beendet, etwa bei einem Client, der vor der Begrüßung geredet hat; chasquid für einen nackten Zeilenvorschub (LF).",
        "Prüfen, ob die MX-Einträge der Domain dorthin zeigen, wohin sie sollen. Kommt 521 von einem Server, der von anderen Mail annimmt, dessen Text lesen: Dann ist der Absender abgelehnt, nicht der Dienst eingestellt.",
    ),
    "523": (
        "Verschlüsselung nötig",
        "Die Anmeldung oder die Nachricht braucht eine verschlüsselte Verbindung (5.7.10). Andere Server meinen damit 5.2.3 ohne Punkte: Die Nachricht ist zu lang.",
        "Nach AUTH im Klartext; von mox bei REQUIRETLS ohne TLS; von Gmail bei Befehlen, die gleich nach STARTTLS und vor dem Handshake kommen. Von Courier beklagt der Code die Länge.",
        "STARTTLS senden, 220 abwarten, den Handshake abschließen und erst dann weitermachen. Spricht der Text von Länge, die Nachricht verkleinern.",
    ),
    "524": (
        "Verschlüsselung für diesen Mechanismus nötig",
        "Dieser AUTH-Mechanismus darf nur innerhalb von TLS verwendet werden (5.7.11). RFC 4954 gibt derselben Ablehnung die Nummer 538.",
        "Von KumoMTA bei AUTH vor TLS. Aliyun DirectMail schreibt 524 in seine Berichte, wenn es den empfangenden Host im DNS nicht finden konnte.",
        "Mit STARTTLS auf TLS wechseln, dann anmelden. Bei einem Bericht von DirectMail stattdessen die Domain des Empfängers prüfen.",
    ),
    "525": (
        "Benutzerkonto deaktiviert",
        "Name und Passwort stimmten, aber das Konto ist gesperrt (5.7.13).",
        "Nach AUTH bei einem Konto, das wegen Missbrauchs, eines Einbruchs oder einer offenen Rechnung geschlossen ist. mox ist einer der wenigen Server mit dieser Nummer; die meisten sagen 535.",
        "Das Konto vom Provider entsperren lassen und vor der weiteren Nutzung herausfinden, warum es gesperrt war.",
    ),
    "530": (
        "Anmeldung nötig oder zuerst STARTTLS",
        "Der Server bedient den Client noch nicht: Vor diesem Befehl verlangt er eine Anmeldung oder TLS. Der Text sagt, was davon.",
        "Nach MAIL auf einem Submission-Port ohne AUTH (Exchange: `530 5.7.57`) oder nach fast allem vor STARTTLS, wo TLS Pflicht ist (Gmail: `Must issue a STARTTLS command first`). Auch ATRN bringt den Code, wenn keine Anmeldung vorausging.",
        "STARTTLS senden, noch einmal EHLO, dann AUTH. Ein sendender Server, der dies auf Port 587 erlebt, hat den falschen Port: Mail zwischen Servern geht an 25.",
    ),
    "533": (
        "Zustellung nicht erlaubt",
        "Der Absender darf nicht an diese Adresse zustellen (X.7.1). Die Nummer steht in einer Tabelle der Registry, und kaum ein Server sendet sie.",
        "In Bounce-Listen, dort erklärt als Problem der Empfängerdomain, und selten in einer echten Sitzung.",
        "Den Admin des Empfängers fragen, welche Regel abgelehnt hat, und dabei die ganze Antwort zitieren.",
    ),
    "534": (
        "Anmeldeverfahren zu schwach",
        "Der Server kennt den Mechanismus, verlangt für diesen Benutzer aber einen stärkeren (5.7.9).",
        "Gmail sendet 534 mit 5.7.9 oder 5.7.14, wenn ein Konto ein App-Passwort oder eine Anmeldung im Browser braucht. chasquid verwendet den Code für jeden Mechanismus, den es nicht hat, und Courier für eine Nachricht über seinem SIZE.",
        "Einen stärkeren Mechanismus aus der EHLO-Liste wählen, etwa SCRAM oder OAuth; bei Gmail ein App-Passwort anlegen. `SIZE=Message too big` von Courier verlangt eine kleinere Nachricht.",
    ),
    "535": (
        "Anmeldedaten ungültig",
        "Die Anmeldung wurde abgelehnt: Name oder Passwort ist falsch, oder dieses Konto darf sich so nicht anmelden (5.7.8).",
        "Am Ende von AUTH. Postfix und Courier beantworten auch einen Mechanismus, den sie nicht haben, mit 535; Microsoft 365 sagt `535 5.7.139`, wenn SMTP AUTH für das Postfach abgeschaltet ist.",
        "Den vollständigen Benutzernamen und das Passwort prüfen, und ob der Provider ein App-Passwort oder OAuth verlangt. Den Client nicht weiter probieren lassen, sonst wird die Adresse gesperrt.",
    ),
    "538": (
        "Verschlüsselung für den gewählten Mechanismus nötig",
        "Der Mechanismus würde dem Netz das Passwort zeigen, darum nimmt der Server ihn nur innerhalb von TLS an (5.7.11).",
        "AUTH PLAIN oder LOGIN vor STARTTLS, bei aiosmtpd, mox und dem smtp-server von nodemailer. Postfix sendet für denselben Fehler 504 5.5.4, KumoMTA 524.",
        "Im Client TLS einschalten: STARTTLS auf 587 oder TLS vom ersten Byte an auf 465. Ging das Passwort schon im Klartext hinaus, es ändern.",
    ),
    "550": (
        "Postfach nicht verfügbar oder aus Richtliniengründen abgelehnt",
        "Ein endgültiges Nein: Es gibt kein solches Postfach, der Zugriff darauf fehlt, oder eine Richtlinie weist die Mail ab. Die Nummer allein verrät nicht, was davon.",
        "Ein unbekannter Benutzer (5.1.1), verweigertes Relaying (5.7.1), gescheitertes SPF, DKIM oder DMARC (5.7.20 bis 5.7.27), eine gelistete Adresse, Spam. Der Code kann auf EHLO, MAIL, RCPT und den abschließenden Punkt folgen; mit dem erweiterten Code 5.4.1 meint Microsoft 365 eine Adresse, die in seinem Verzeichnis fehlt.",
        "Nach dem erweiterten Code und dem Text gehen. Unbekannter Benutzer: Adresse korrigieren oder entfernen; Authentifizierung: SPF, DKIM oder DMARC reparieren; Sperrliste: die Listung aufheben lassen, sobald ihre Ursache beseitigt ist.",
    ),
    "551": (
        "Benutzer nicht lokal; andere Adresse verwenden",
        "Das Postfach ist anderswo, und dieser Server leitet nicht weiter. Der Text sollte die richtige Adresse nennen.",
        "Selten im eigentlichen Sinn, weil er Adressen preisgibt. In Bounces ist er ein verweigertes Relaying oder die Regel eines Weiterleitungsdienstes wie ImprovMX.",
        "Die Adresse im Text verwenden, wenn er eine vertrauenswürdige zeigt. Sonst wie 550 behandeln.",
    ),
    "552": (
        "Zugewiesener Speicherplatz überschritten",
        "Zu viel für den eingeräumten Platz: Die Nachricht liegt über der Größengrenze (5.3.4, 5.2.3), oder das Postfach ist voll (5.2.2).",
        "Bei MAIL, wenn SIZE= mehr angibt, als der Server angekündigt hat; nach den Daten; bei RCPT für ein volles Postfach. Gmail setzt für verbotene Anhänge 5.7.0 dahinter, und alte Server meinen zu viele Empfänger, was wie 452 zu behandeln ist. Postfix merkt sich ein abgelehntes SIZE und sagt auch auf das nächste schlichte MAIL 552, bis RSET kommt.",
        "Die Nachricht mit der SIZE-Zeile von EHLO vergleichen, für Base64 ein Drittel mehr rechnen, und statt einer großen Datei einen Link senden. Ein volles Postfach kann nur der Empfänger leeren.",
    ),
    "553": (
        "Postfachname nicht erlaubt",
        "Die Adresse ist so, wie sie dasteht, nicht annehmbar: falsche Syntax, Zeichen, mit denen dieser Server nichts anfangen kann, oder ein Name, den er verbietet.",
        "Eine Absenderdomain, die es nicht gibt (Sendmail 5.1.8), eine Nicht-ASCII-Adresse ohne SMTPUTF8 (5.6.7), eine Anmeldung, die diesen Absender nicht verwenden darf. qmail verweigert damit Relaying, Yahoo sperrt damit Adressen, die auf Listen von Spamhaus stehen.",
        "Die Adresse als name@domain schreiben, mit einer Domain, die einen MX- oder Adresseintrag hat. Spricht der Text von Relaying, sich erst anmelden; nennt er eine Liste, die eigene Adresse dort nachschlagen.",
    ),
    "554": (
        "Transaktion gescheitert oder hier kein SMTP-Dienst",
        "In der Begrüßung: Dieser Host will nicht mit dem Client reden. Später: Die Transaktion ist endgültig gescheitert, aus einem Grund, für den es keine andere Nummer gibt.",
        "Ein Treffer auf einer Sperrliste oder fehlendes Reverse-DNS beim Verbindungsaufbau, `Relay access denied` und andere Zugriffsregeln von Postfix, Inhaltsfilter nach dem abschließenden Punkt, DATA ohne gültigen Empfänger, ein Client, der zu früh redet (Exim), ein Virus.",
        "Eine Begrüßung mit 554 gilt der eigenen Adresse: ihr Reverse-DNS und die Sperrlisten prüfen und an einem Privatanschluss Port 587 verwenden. Nach den Daten den Inhalt ansehen; `Relay access denied` verlangt eine Anmeldung.",
    ),
    "555": (
        "Parameter von MAIL FROM/RCPT TO nicht erkannt oder nicht implementiert",
        "Ein Parameter hinter der Adresse gehört zu keiner Erweiterung, die dieser Server hat.",
        "Von Postfix (`Unsupported option`), Sendmail, mox und aiosmtpd bei einem unbekannten Parameter. Gmail und qmail senden 555 für jede MAIL- oder RCPT-Zeile, die sie nicht lesen können, etwa eine ohne spitze Klammern.",
        "Den Parameter nur senden, wo EHLO seine Erweiterung aufführt (SIZE, BODY, SMTPUTF8, RET und dergleichen). Bei Gmail zuerst Klammern und Leerzeichen prüfen.",
    ),
    "556": (
        "Domain nimmt keine Mail an",
        "Die Domain des Empfängers sagt im DNS, dass sie keine Mail annimmt: Ihr einziger MX ist ein Punkt (Null-MX, 5.1.10).",
        "Bei RCPT, von einem Relay, das die Domain nachgeschlagen hat. Courier schreibt `556 Address unavailable`, und Aliyun DirectMail hat die Nummer für zu viele Empfänger.",
        "Die Domain korrigieren, oft ist sie nur falsch geschrieben. Ist es die eigene und soll sie Mail empfangen, einen echten MX-Eintrag veröffentlichen.",
    ),
}
