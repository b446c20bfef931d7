"""Vendors' wordings in German: exim delivery. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Exim: callout refused": (
        "Callout abgelehnt",
        "Exim hat beim Server der Adresse zurückgefragt, ob es sie gibt, und dieser sagte Nein; seine Antwort steht dahinter.",
        "Bei einem Absender: dafür sorgen, dass es die Adresse gibt und ihr MX einen Bounce an sie annimmt, von <>. Bei einem Empfänger: die Schreibweise prüfen.",
    ),
    "Exim: callout refused earlier": (
        "Callout früher abgelehnt",
        "Exim merkt sich, dass der Server der Adresse auf eine Rückfrage Nein gesagt hat, und fragt einige Stunden lang nicht wieder.",
        "Dafür sorgen, dass es die Adresse gibt und ihr MX Bounces an sie annimmt, dann warten, bis Exim vergisst: zwei Stunden bei einer Adresse, einen Tag bei einer Domain.",
    ),
    "Exim: callout without an answer": (
        "Callout ohne Antwort",
        "Exim hat beim Server der Adresse zurückgefragt und keine brauchbare Antwort bekommen: keine Verbindung, ein Timeout oder ein 4yz.",
        "Dafür sorgen, dass der MX der Adresse auf Port 25 erreichbar ist. Die Warteschlange versucht es weiter.",
    ),
    "Exim: postmaster does not exist": (
        "postmaster existiert nicht",
        "Exim hat festgestellt, dass die Domain des Absenders keine Mail für postmaster annimmt, was jede Domain muss.",
        "postmaster@ der Domain zu einer funktionierenden Adresse machen.",
    ),
    "Exim: client barred by a blocklist": (
        "Client von einer Sperrliste ausgeschlossen",
        "Eine DNS-Sperrliste, am Ende genannt, führt die Adresse des Clients.",
        "Die Adresse bei dieser Liste nachschlagen, die Ursache abstellen und dort die Austragung beantragen.",
    ),
    "Exim: line too long": (
        "Zeile zu lang",
        "Eine Zeile der Nachricht ist länger als die 998 Oktette, die Mail erlaubt.",
        "Das sendende Programm Zeilen umbrechen oder HTML und Text als Quoted-Printable oder Base64 senden lassen.",
    ),
    "Exim: Received fields too many": (
        "zu viele Received-Zeilen",
        "Die Nachricht trägt mehr Received-Zeilen als received_headers_max: Sie läuft im Kreis.",
        "Die Received-Zeilen ansehen und den Kreis aus Weiterleitungen oder Routern durchbrechen.",
    ),
    "Exim: address not verified": (
        "Adresse nicht bestätigt",
        "Exim konnte die Adresse in den Klammern nicht bestätigen: Kein Router nimmt sie, oder ihre Domain hat keinen Mailserver.",
        "Die Adresse prüfen; ist es die des Absenders, dafür sorgen, dass sich ihre Domain auflösen lässt und es das Postfach gibt.",
    ),
    "Exim: spam points": (
        "Spam-Punkte",
        "SpamAssassin, von Exim gefragt, gab der Nachricht mehr Punkte, als der Server durchlässt.",
        "Links, Wortlaut, SPF und DKIM prüfen.",
    ),
    "Exim: virus found": (
        "Virus gefunden",
        "Der Scanner, den Exim befragt, hat in der Nachricht Schadsoftware gefunden.",
        "Den sendenden Rechner prüfen und eine harmlose Datei in einem anderen Format senden.",
    ),
    "Exim: login refused": (
        "Anmeldung abgelehnt",
        "Exim hat Benutzername und Passwort nicht akzeptiert.",
        "Beides prüfen; der Benutzername ist meist die ganze Adresse. Zu viele Versuche können zur Sperre der Adresse führen.",
    ),
    "Exim: login service out of order": (
        "Anmeldedienst gestört",
        "Die Passwortquelle von Exim antwortet nicht; 435 ist Exims eigene Nummer dafür.",
        "Nach einer Pause erneut versuchen. Admin: Datenbank, Dovecot oder PAM hinter dem Authenticator ansehen.",
    ),
    "Exim: load too high": (
        "Last zu hoch",
        "Die Load des Servers liegt über smtp_load_reserve, und dieser Client gehört nicht zu denen, die er trotzdem bedient.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Exim: messages of one connection used up": (
        "Nachrichtenzahl einer Verbindung ausgeschöpft",
        "Der Client hat auf einer Verbindung mehr Nachrichten gesendet als smtp_accept_max_per_connection.",
        "Für die nächsten eine neue Verbindung öffnen; Mailserver tun das von selbst.",
    ),
    "Exim: recipients of one message used up": (
        "Empfängerzahl einer Nachricht ausgeschöpft",
        "Die Nachricht hat mehr Empfänger als recipients_max; 452 lässt den Client den Rest später senden, 552 lehnt ab.",
        "Den Rest in einer weiteren Transaktion senden; nach 452 tun Mailserver das von selbst.",
    ),
    "Exim: client was silent": (
        "Client hat geschwiegen",
        "Der Client hat so lange nichts gesendet, dass Exim auflegte.",
        "Nach einem langsamen Client suchen, einer Firewall, die Pakete verschluckt, oder einem MTU-Problem.",
    ),
    "Exim: spool not written": (
        "Spool nicht geschrieben",
        "Exim konnte die Nachricht nicht in seinen Spool schreiben.",
        "Die Warteschlange versucht es weiter. Admin: Platz, Inodes und Rechte der Platte ansehen.",
    ),
    "Exim: address without a domain": (
        "Adresse ohne Domain",
        "Der Adresse fehlen @ und Domain, und dieser Client darf solche nicht senden.",
        "Ganze Adressen senden; Skripte und Geräte lassen die Domain oft weg.",
    ),
    "Exim: header malformed or too long": (
        "Kopfzeile fehlerhaft oder zu lang",
        "Eine Kopfzeile der Nachricht ist länger, als Exim annimmt, oder endet nicht richtig.",
        "Lange Felder wie References, To und Received umbrechen und Zeilen mit CR LF beenden.",
    ),
    "Exim: refused by a local scan": (
        "abgelehnt von einem lokalen Scan",
        "Eigener Code oder eigene Einstellungen dieses Servers haben die Mail abgelehnt oder versagt.",
        "Den Admin des Servers fragen, der den Grund im main- oder reject-Log findet.",
    ),
    "Exim: mailbox out of quota": (
        "Quota des Postfachs erschöpft",
        "Exim konnte nicht ins Postfach schreiben: Seine Quota ist verbraucht.",
        "Dem Empfänger auf anderem Weg sagen, dass er Platz schaffen soll.",
    ),
}
