"""EHLO keywords in German: registered core. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "EHLO 8BITMIME": (
        "8-Bit-MIME-Transport",
        "Texte mit Oktetten über 127",
        "Der Server nimmt Nachrichtentexte mit Oktetten über 127 an, solange die Zeilen weiter mit CRLF enden.",
        "Einen solchen Text mit BODY=8BITMIME angeben. Ohne das Schlüsselwort muss ein Absender nach Base64 oder Quoted-Printable umkodieren, was zuvor erzeugte DKIM-Signaturen zerstört.",
        "",
    ),
    "EHLO AUTH": (
        "SMTP-Authentifizierung",
        "Anmeldung mit SASL-Mechanismus",
        "Clients können sich anmelden; die Wörter hinter dem Schlüsselwort sind die SASL-Mechanismen, die im Moment angeboten werden.",
        "Auf Submission-Ports anbieten, und PLAIN oder LOGIN nur innerhalb von TLS. Die Liste kann sich nach STARTTLS ändern, ein Client muss also das zweite EHLO lesen. Auf einem MX ist es selten gewollt und lädt zum Passwortraten ein.",
        "die angebotenen SASL-Mechanismen, etwa PLAIN LOGIN SCRAM-SHA-256",
    ),
    "EHLO BINARYMIME": (
        "Binärer MIME-Transport",
        "Texte aus beliebigen Binärdaten",
        "Der Nachrichtentext darf beliebige Oktette enthalten, auch NUL, nacktes CR und nacktes LF, und braucht keine Zeilen.",
        "Geht nur zusammen mit CHUNKING: DATA kann einen solchen Text nicht tragen, und ein Server, der das eine ohne das andere ankündigt, ist falsch konfiguriert. Die meisten Relays sprechen es nach außen nicht und müssen dann umwandeln.",
        "",
    ),
    "EHLO CHUNKING": (
        "Übertragung in Stücken",
        "Senden in gezählten Stücken (BDAT)",
        "Die Nachricht kann mit BDAT in Stücken angegebener Größe gesendet werden, ohne verdoppelte Punkte und ohne abschließenden Punkt.",
        "In einer Transaktion BDAT oder DATA verwenden, niemals beides: Das zweite bringt 503. Middleboxes, die Mail prüfen, machen BDAT manchmal kaputt; üblicher Ausweg ist, das Schlüsselwort am Server abzuschalten.",
        "",
    ),
    "EHLO DSN": (
        "Zustellberichte",
        "Zustellberichte anfordern",
        "Der Absender darf sagen, bei welchen Ereignissen er einen Bericht will, wie viel der Nachricht dieser zurückbringt und unter welchen Kennungen.",
        "NOTIFY=NEVER unterbindet Bounces für diesen Empfänger, also nur für Mail verwenden, die niemand vermissen wird. Viele Betreiber verbergen das Schlüsselwort vor dem Internet, weil NOTIFY=SUCCESS Adressen bestätigt.",
        "",
    ),
    "EHLO ENHANCEDSTATUSCODES": (
        "Erweiterte Statuscodes",
        "Antworten mit Codes wie 5.7.1",
        "Antworten mit 2yz, 4yz und 5yz beginnen mit einem Code aus Klasse.Thema.Detail, der feiner ist als die drei Ziffern.",
        "Für einen Absender ist nichts zu tun, als sie zu lesen. Die Begrüßung, die Antworten auf HELO und EHLO und alle 3yz-Antworten tragen keinen; wo Klasse und erste Ziffer sich widersprechen, entscheidet der dreistellige Code.",
        "",
    ),
    "EHLO EXPN": (
        "Auflösen von Mailinglisten",
        "Mitglieder einer Liste anzeigen",
        "Der Server beantwortet EXPN mit den Mitgliedern einer Mailingliste; wer EXPN unterstützt, muss es ankündigen.",
        "Zum Internet hin abschalten: Es liefert Spammern Adresslisten. Eine Ablehnung mit 502 oder 252 ist gute Praxis, kein Fehler.",
        "",
    ),
    "EHLO HELP": (
        "Hilfetext",
        "Text für Menschen, nach Thema",
        "HELP bringt Text, der für Menschen geschrieben ist, über den Server oder über einen Befehl.",
        "Die Antwort ist 214, oder 211 für einen Status; 502 oder 504 sagt, dass es keinen gibt. Der Wortlaut verrät oft die Software und ihre Version.",
        "",
    ),
    "EHLO LIMITS": (
        "Angekündigte Grenzen",
        "Grenzen je Sitzung und Nachricht",
        "Der Server nennt seine eigenen Grenzen, damit ein Client nicht hineinläuft: Nachrichten je Sitzung, Empfänger je Nachricht, Empfängerdomains je Nachricht.",
        "Empfänger aufteilen und neu verbinden, wie die Zahlen es sagen. Eine Grenze darf sich nach STARTTLS oder AUTH ändern; es gilt das letzte EHLO.",
        "Paare der Form Name=Wert: MAILMAX=n, RCPTMAX=n, RCPTDOMAINMAX=n",
    ),
    "EHLO PIPELINING": (
        "Pipelining von Befehlen",
        "mehrere Befehle je Umlauf",
        "Ein Client darf eine Gruppe von Befehlen senden, ohne jede Antwort abzuwarten; die Antworten kommen in derselben Reihenfolge.",
        "EHLO, DATA, VRFY, EXPN, TURN, QUIT und NOOP müssen in ihrer Gruppe zuletzt stehen, STARTTLS und AUTH ebenso. Ohne das Schlüsselwort ist Vorausreden ein Protokollfehler, den viele Server bestrafen.",
        "",
    ),
    "EHLO REQUIRETLS": (
        "Erzwungenes TLS",
        "TLS auf jeder Station oder Bounce",
        "Der Absender kann verlangen, dass jede Station TLS mit einem verifizierten Server verwendet oder die Nachricht zurückschickt.",
        "Angekündigt und gültig nur innerhalb von TLS. Kann die nächste Station nicht mithalten, kommt die Mail mit 5.7.30 zurück; die Kopfzeile TLS-Required: No bittet um das Gegenteil.",
        "",
    ),
    "EHLO SIZE": (
        "Größenangabe der Nachricht",
        "größte angenommene Nachricht",
        "Die Zahl ist die größte Nachricht, die der Server annimmt, in Oktetten; 0 oder keine Zahl heißt, dass er keine feste Grenze nennt.",
        "Die Größe bei MAIL angeben, dann kommt eine Ablehnung vor der Übertragung: 552 5.3.4 über der Grenze, 452 bei momentanem Platzmangel. Base64 macht einen Anhang um ein Drittel größer, in eine Grenze von 10 MB passen also etwa 7 MB an Dateien.",
        "die Grenze in Oktetten",
    ),
    "EHLO SMTPUTF8": (
        "Internationalisierte E-Mail",
        "Adressen und Kopfzeilen in UTF-8",
        "Adressen und Kopfzeilen dürfen UTF-8 sein, und in einer Transaktion, die es verlangt hat, auch die Texte der Antworten.",
        "Braucht auch 8BITMIME. Fehlt der nächsten Station das Schlüsselwort, kann die Nachricht nicht umgeschrieben werden und kommt mit 5.6.7 oder 5.6.9 zurück; solchen Benutzern auch einen ASCII-Alias geben.",
        "",
    ),
    "EHLO STARTTLS": (
        "Umstieg auf TLS",
        "die Verbindung auf TLS umstellen",
        "Der Client darf verlangen, innerhalb von TLS weiterzumachen; danach vergessen beide Seiten, was gesagt wurde, und EHLO wird neu gesendet.",
        "Nach dem Befehl nichts senden, bis 220 gekommen ist. Innerhalb von TLS darf es nicht angekündigt werden. Fehlt es, wo es zu erwarten ist, nach einer Firewall suchen, die es entfernt; Absender mit DANE oder MTA-STS verweigern dann die Zustellung.",
        "",
    ),
    "EHLO VRFY": (
        "Prüfen von Adressen",
        "fragen, ob es einen Benutzer gibt",
        "Der Server beantwortet VRFY. Der Befehl gehört zum Kern von SMTP; RFC 5321 lässt einen Server ihn auflisten, doch in der Registry der IANA steht das Schlüsselwort, soweit bekannt, nicht.",
        "Jedem mit 252 antworten: 250 und 550 verraten Adresssammlern, welche Benutzer es gibt. In Postfix ist das disable_vrfy_command = yes, was auch das Schlüsselwort entfernt.",
        "",
    ),
}
