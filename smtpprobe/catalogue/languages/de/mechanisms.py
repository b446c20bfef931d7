"""AUTH mechanisms in German. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "AUTH PLAIN": (
        "Benutzername und Passwort in einer Zeile, Base64 und sonst nichts.",
        "Am besten von allen unterstützt; nur innerhalb von TLS anbieten.",
    ),
    "AUTH LOGIN": (
        "Benutzername und Passwort, nacheinander in Base64 abgefragt.",
        "Nie standardisiert; nur für Clients behalten, die PLAIN nicht können, und innerhalb von TLS.",
    ),
    "AUTH CRAM-MD5": (
        "Eine Anfrage wird mit ihrem per Schlüssel gebildeten MD5 beantwortet.",
        "Der Server muss das Passwort fast im Klartext speichern, und wer mithört, kann offline raten. Durch SCRAM ersetzen oder durch PLAIN innerhalb von TLS.",
    ),
    "AUTH DIGEST-MD5": (
        "Die Digest-Authentifizierung von HTTP in SASL, auf MD5.",
        "RFC 6331 hat es wegen seiner vielen Mängel für historisch erklärt. Abschalten.",
    ),
    "AUTH NTLM": (
        "Anfrage und Antwort aus Windows-Netzen.",
        "Seine Hashes lassen sich weiterreichen oder knacken, und die Anfrage verrät Namen der Windows-Domäne. Zum Internet hin abschalten.",
    ),
    "AUTH GSSAPI": (
        "Ein Kerberos-5-Ticket beweist, wer der Client ist; kein Passwort geht durchs Netz.",
        "Gut innerhalb eines Kerberos-Realms. Außenstehende können es nicht verwenden, also nur auf internen Servern aufführen.",
    ),
    "AUTH GSS-SPNEGO": (
        "Beide Seiten klären zuerst, welches GSSAPI-Verfahren sie verwenden, meist Kerberos oder NTLM.",
        "Es ist nur so stark wie das gewählte Verfahren: NTLM verbieten, wenn möglich.",
    ),
    "AUTH GS2-KRB5": (
        "Kerberos 5 im neueren Rahmen GS2.",
        "Wenige Mailclients kennen es; GSSAPI daneben anbieten.",
    ),
    "AUTH GS2-KRB5-PLUS": (
        "GS2-KRB5, an den TLS-Kanal gebunden.",
        "Die Bindung stoppt ein Weiterreichen in der Mitte, vorausgesetzt, kein Proxy beendet TLS vor dem Server.",
    ),
    "AUTH SCRAM-SHA-1": (
        "Anfrage und Antwort mit Salz auf SHA-1, wobei beide Seiten beweisen, dass sie das Passwort kennen.",
        "Für diesen Zweck noch solide, vorzuziehen ist SHA-256. Die Zahl der Iterationen auf 4096 oder mehr setzen.",
    ),
    "AUTH SCRAM-SHA-1-PLUS": (
        "SCRAM auf SHA-1, zusätzlich an die TLS-Verbindung gebunden, in der es läuft.",
        "Braucht Channel Binding auf beiden Seiten; TLS 1.3 hat es als tls-exporter.",
    ),
    "AUTH SCRAM-SHA-256": (
        "Anfrage und Antwort mit Salz auf SHA-256; der Server speichert kein Passwort.",
        "Das Passwortverfahren der Wahl, trotzdem innerhalb von TLS.",
    ),
    "AUTH SCRAM-SHA-256-PLUS": (
        "SCRAM-SHA-256 mit Channel Binding, sodass ein Mann in der Mitte von TLS auffällt.",
        "Hinter einem Proxy, der TLS beendet, muss es scheitern; dort zurückziehen.",
    ),
    "AUTH SCRAM-SHA-512": (
        "SCRAM mit SHA-512 an der Stelle von SHA-256.",
        "Ohne eigenen RFC in Gebrauch; SCRAM-SHA-256 für andere Clients behalten.",
    ),
    "AUTH SCRAM-SHA-512-PLUS": (
        "SCRAM auf SHA-512, der TLS-Kanal geht in den Beweis mit ein.",
        "In Mailclients selten, also nie als einziges Angebot.",
    ),
    "AUTH XOAUTH": (
        "Eine mit OAuth 1.0a signierte Anfrage, aus den ersten OAuth-Jahren von Gmail.",
        "Google hat es zugunsten von XOAUTH2 eingestellt. Eine Liste, die es noch nennt, ist veraltet.",
    ),
    "AUTH XOAUTH2": (
        "Benutzername und ein Zugriffstoken von OAuth 2.0, in der Form von Google und Microsoft.",
        "Token laufen ab: nach 535 den Client ein neues holen lassen. Clients müssen beim Provider registriert sein.",
    ),
    "AUTH OAUTHBEARER": (
        "Ein Bearer-Token von OAuth 2.0 in der Standardform.",
        "XOAUTH2 vorziehen, wo Client und Server beides kennen. Bei einem Fehlschlag sendet der Server seine Gründe als JSON, und der Client muss mit einer weiteren Zeile antworten.",
    ),
    "AUTH OAUTH10A": (
        "Signaturen von OAuth 1.0a im Rahmen von RFC 7628.",
        "Kaum im Einsatz; OAUTHBEARER erledigt die Aufgabe.",
    ),
    "AUTH EXTERNAL": (
        "Die Identität wurde außerhalb von SASL bewiesen, meist durch das TLS-Zertifikat des Clients.",
        "Nur anbieten, nachdem ein Zertifikat verifiziert wurde. Ohne eines kann es nur scheitern oder, schlimmer, gelingen.",
    ),
    "AUTH ANONYMOUS": (
        "Gar keine Identität; der Client kann eine Spur wie eine Adresse hinterlassen.",
        "Hat auf einem Mailserver nichts zu suchen: Wer es verwendet, darf kein Recht zum Relaying gewinnen.",
    ),
    "AUTH PLAIN-CLIENTTOKEN": (
        "PLAIN mit einem weiteren Token für das Gerät, ein privater Mechanismus von Google.",
        "Nur die Programme von Google kennen sein Format. Stattdessen PLAIN oder OAuth verwenden.",
    ),
    "AUTH XYMCOOKIE": (
        "Sitzungscookies von Yahoo Mail anstelle eines Passworts.",
        "Privat für Yahoo und seine Apps; andere melden sich dort mit App-Passwort oder OAuth an.",
    ),
    "AUTH SKEY": (
        "Einmalpasswörter des Systems S/Key, auf MD4.",
        "Überholt, seit OTP es ersetzt hat.",
    ),
    "AUTH OTP": (
        "Einmalpasswörter aus einer Hash-Kette.",
        "Jedes Passwort gilt einmal, doch eine kurze Passphrase hinter der Kette lässt sich erraten. Aus der Mail praktisch verschwunden.",
    ),
    "AUTH SECURID": (
        "Eine Zahl von einem SecurID-Token von RSA, mit PIN.",
        "Mailclients fragen selten nach solchen Zahlen; App-Passwörter tun bessere Dienste.",
    ),
    "AUTH SRP": (
        "Das Verfahren Secure Remote Password, bei dem wer mithört nichts zum Raten bekommt.",
        "Solide und fast ungenutzt; die Clients hat SCRAM gefunden.",
    ),
    "AUTH KERBEROS_V4": (
        "Kerberos Version 4, auf einfachem DES.",
        "Seine Verschlüsselung lässt sich an einem Tag brechen. Auf GSSAPI mit Kerberos 5 umsteigen.",
    ),
}
