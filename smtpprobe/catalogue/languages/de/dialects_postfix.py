"""Vendors' wordings in German: postfix. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Postfix: AUTH before STARTTLS": (
        "AUTH vor STARTTLS",
        "Postfix nimmt AUTH hier nur innerhalb von TLS an (smtpd_tls_auth_only). Ältere Versionen sagten 538.",
        "Zuerst STARTTLS und ein zweites EHLO senden, dann AUTH.",
    ),
    "Postfix: header or web request seen": (
        "Kopfzeile oder Webanfrage gesehen",
        "Postfix hielt die Zeile für eine Mail-Kopfzeile oder eine HTTP-Anfrage und legte auf. Das ist keine Antwort auf QUIT, was immer das 221 sagt.",
        "Herausfinden, welches Programm hier spricht: Es spricht kein SMTP, oder es hat nach einem abgelehnten DATA die Nachricht weitergesendet.",
    ),
    "Postfix: too many errors": (
        "zu viele Fehler",
        "Die Verbindung hat smtpd_hard_error_limit erreicht (20, aber 1, wenn der Server unter Druck steht), und diese Antwort trat an die Stelle der auf den letzten Befehl.",
        "Die Ablehnungen davor ansehen; sie sind die Ursache. Bei der nächsten Verbindung weniger Fehler machen.",
    ),
    "Postfix: too many connections": (
        "zu viele Verbindungen",
        "Diese Client-Adresse hat so viele Verbindungen offen, wie smtpd_client_connection_count_limit erlaubt, oder postscreen hat zu viele davon.",
        "Weniger gleichzeitig öffnen und warten, bis die offenen enden.",
    ),
    "Postfix: unknown MAIL or RCPT parameter": (
        "unbekannter Parameter bei MAIL oder RCPT",
        "Postfix kennt diesen Parameter nicht oder nicht mit diesem Wert. Es ist der Code, den der Standard dafür vorsieht.",
        "Den Parameter weglassen. EHLO führt auf, was verwendet werden darf.",
    ),
    "Postfix: TLS is configured but cannot start": (
        "TLS ist konfiguriert, kann aber nicht starten",
        "STARTTLS war angekündigt, doch smtpd konnte Schlüssel oder Zertifikat nicht laden, oder der TLS-Manager antwortet nicht.",
        "Im Mail-Log die Zeile vor dieser lesen; sie nennt die Datei. Dann smtpd_tls_chain_files korrigieren und postfix reload ausführen.",
    ),
    "Postfix: TLS is mandatory here": (
        "TLS ist hier Pflicht",
        "smtpd_tls_security_level = encrypt: Im Klartext wird nichts als STARTTLS, EHLO, NOOP und QUIT angenommen. Auf einem öffentlichen Port 25 verbietet RFC 3207 das.",
        "STARTTLS senden. Ist das ein öffentlicher MX, sollte sein Admin die Stufe auf may setzen.",
    ),
    "Postfix: no HELP before 3.9": (
        "kein HELP vor 3.9",
        "Normal für ein Postfix vor 3.9: Es hat keinen Befehl HELP.",
        "Alles in Ordnung. Ab 3.9 lautet die Antwort 214 mit der Liste der Befehle.",
    ),
    "Postfix: unknown verb": (
        "unbekannter Befehl",
        "Postfix kennt diesen Befehl nicht; vor 3.7 sagte es dazu 502. Ein Filter-Plugin oder ein Tippfehler hat die Zeile vielleicht verändert.",
        "Nur Befehle aus RFC 5321 verwenden und solche, die EHLO nennt. EXPN gehört hier nicht dazu.",
    ),
    "Postfix: AUTH is off on this port": (
        "AUTH ist auf diesem Port aus",
        "AUTH ist TLS vorbehalten (smtpd_tls_auth_only), für diesen Dienst aus (smtpd_sasl_auth_enable) oder vor diesem Client verborgen. Auch EHLO kündigt es nicht an.",
        "STARTTLS senden und EHLO noch einmal ansehen, oder sich auf Port 587 oder 465 anmelden. Admin: smtpd_sasl_auth_enable = yes gehört zu den Submission-Diensten in master.cf.",
    ),
    "Postfix: login refused, or mechanism unknown": (
        "Anmeldung abgelehnt oder Mechanismus unbekannt",
        "Falsche Zugangsdaten oder ein Mechanismus, den die SASL-Schicht nicht anbietet: Postfix gibt auf beides dieselbe Antwort.",
        "Zuerst den Mechanismus mit der AUTH-Zeile in EHLO vergleichen, dann Name und Passwort prüfen. Im Mail-Log steht der Grund von SASL.",
    ),
    "Postfix: login service out of order": (
        "Anmeldedienst gestört",
        "Postfix konnte seinen SASL-Dienst (Dovecot oder saslauthd) nicht fragen. Über das Passwort wurde nicht geurteilt.",
        "Admin: den Dienst starten und smtpd_sasl_path prüfen.",
    ),
    "Postfix: VRFY switched off": (
        "VRFY abgeschaltet",
        "disable_vrfy_command = yes. Die Adresse wurde nicht angesehen, über das Postfach sagt das also nichts.",
        "Hier ist alles in Ordnung. In einer echten Transaktion RCPT verwenden.",
    ),
    "Postfix: VRFY accepted without proof": (
        "VRFY ohne Nachweis angenommen",
        "Postfix würde diese Adresse von diesem Client annehmen, mehr sagt es damit nicht. Hinter einem Relay oder Catch-all muss es das Postfach nicht geben.",
        "VRFY schließen: disable_vrfy_command = yes.",
    ),
    "Postfix: declared size too big": (
        "angegebene Größe zu groß",
        "SIZE= bei diesem MAIL oder dem davor liegt über message_size_limit. Postfix merkt sich ein abgelehntes SIZE: Auch ein schlichtes MAIL bekommt bis RSET 552.",
        "Vor dem nächsten MAIL RSET senden. Für größere Mail hebt der Admin message_size_limit an.",
    ),
    "Postfix: recipients of one message used up": (
        "Empfängerzahl einer Nachricht ausgeschöpft",
        "smtpd_recipient_limit (1000) ist für diese Nachricht erreicht; die bisher angenommenen gelten.",
        "Für diese DATA senden und den Rest in einer weiteren Transaktion.",
    ),
    "Postfix: consequence of the greeting": (
        "Folge der Begrüßung",
        "Die Begrüßung war ein 554: Postfix hat diesen Client sofort abgelehnt und beantwortet nun alles außer QUIT so.",
        "Die Begrüßung lesen, dort steht der Grund.",
    ),
    "Postfix: BDAT without CHUNKING": (
        "BDAT ohne CHUNKING",
        "CHUNKING ist für diesen Client abgeschaltet, darum lehnt Postfix BDAT ab und schließt, statt das Stück als Befehle zu lesen.",
        "DATA verwenden, und BDAT nur, wo EHLO CHUNKING anbietet.",
    ),
    "Postfix: no TLS for this client": (
        "kein TLS für diesen Client",
        "smtpd_tls_security_level ist für diesen Dienst leer oder none, oder dieser Client wird von TLS ferngehalten.",
        "Admin: smtpd_tls_security_level = may, mit Schlüssel und Zertifikat.",
    ),
    "Postfix: spoke before the greeting": (
        "vor der Begrüßung geredet",
        "postscreen sah diesen Client reden, bevor die Begrüßung vollständig war, oder ohne Erlaubnis vorausreden, wie es Spamprogramme tun.",
        "Vor dem Senden die letzte Zeile der Begrüßung abwarten (ein 220 ohne Bindestrich).",
    ),
    "Postfix: syntax error; the reply shows the right form": (
        "Syntaxfehler; die Antwort zeigt die richtige Form",
        "Der Befehl ist bekannt, aber was darauf folgt, fehlt, ist zu viel oder fehlerhaft. STARTTLS und DATA nehmen gar nichts.",
        "Die Zeile so schreiben, wie die Antwort sie zeigt.",
    ),
    "Postfix: every recipient was refused": (
        "alle Empfänger wurden abgelehnt",
        "Kein RCPT dieser Transaktion wurde angenommen. Die Gründe stehen in den Antworten darauf.",
        "Die Antworten auf RCPT ansehen, nicht diese.",
    ),
    "Postfix: TLS is on already": (
        "TLS läuft schon",
        "TLS läuft schon, und mehr als einmal je Sitzung geht nicht.",
        "Innerhalb von TLS weitermachen.",
    ),
    "Postfix: wrong order": (
        "falsche Reihenfolge",
        "Ein Befehl kam vor dem, auf den er aufbaut, meist weil der frühere abgelehnt wurde.",
        "Die erste Ablehnung dieser Transaktion suchen.",
    ),
}
