"""Vendors' wordings in German: exim. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Exim: hung up after too many errors": (
        "nach zu vielen Fehlern aufgelegt",
        "Der vierte Syntax- oder Protokollfehler beendet die Verbindung (smtp_max_synprot_errors, 3). Der Code ist der des letzten Fehlers, also auch die Zeile davor ansehen.",
        "Die abgelehnten Befehle korrigieren; eine neue Verbindung beginnt bei null.",
    ),
    "Exim: hung up after too many idle commands": (
        "nach zu vielen Leerlaufbefehlen aufgelegt",
        "Mehr als smtp_accept_max_nonmail (10) andere Befehle als MAIL, RCPT und DATA kamen ohne eine Nachricht.",
        "Auf einer Verbindung weniger fragen. RSET und EHLO zählen mit, außer dem ersten.",
    ),
    "Exim: hung up after unknown verbs": (
        "nach unbekannten Befehlen aufgelegt",
        "Auf dieser Verbindung kamen mehr als smtp_max_unknown_commands (3) unbekannte Befehle.",
        "Herausfinden, was sie sendet; Browser und Scanner tun das.",
    ),
    "Exim: unknown parameter, taken for part of the address": (
        "unbekannter Parameter, für Teil der Adresse gehalten",
        "Exim kennt den Parameter hinter der Adresse nicht und liest ihn als kaputte Adresse. Die Adresse selbst ist in Ordnung.",
        "Nur die Adresse senden. Der Standardcode dafür wäre 555.",
    ),
    "Exim: mechanism unknown": (
        "Mechanismus unbekannt",
        "Kein Authenticator in der Konfiguration von Exim hat diesen Mechanismus als öffentlichen Namen.",
        "Einen der Mechanismen aus der AUTH-Zeile von EHLO wählen.",
    ),
    "Exim: AUTH is not for this connection": (
        "AUTH nicht für diese Verbindung",
        "Exim nimmt AUTH nur an, wo EHLO es angekündigt hat. Oft ist TLS die Bedingung: Vor STARTTLS bleibt es verborgen.",
        "STARTTLS und noch einmal EHLO senden, dann nach AUTH sehen.",
    ),
    "Exim: STARTTLS is not for this client": (
        "STARTTLS nicht für diesen Client",
        "tls_advertise_hosts lässt diesen Client aus, oder TLS läuft schon.",
        "Admin: tls_advertise_hosts = *, mit Zertifikat.",
    ),
    "Exim: sent ahead too early": (
        "zu früh vorausgeredet",
        "Eingaben kamen an, bevor die Antwort von Exim draußen war, wo RFC 2920 Warten verlangt; vor der Begrüßung ist schon ein Byte zu viel.",
        "Die Begrüßung und die Antworten auf EHLO, DATA, STARTTLS und QUIT abwarten. Manche Firewalls und Proxys verursachen es.",
    ),
    "Exim: TLS cannot start": (
        "TLS kann nicht starten",
        "Exim hat STARTTLS angekündigt, konnte TLS aber nicht einrichten, meist weil ein lesbarer Schlüssel oder ein lesbares Zertifikat fehlt.",
        "Admin: das main-Log lesen, dann tls_certificate und tls_privatekey prüfen und wer sie lesen darf.",
    ),
    "Exim: declared size too big": (
        "angegebene Größe zu groß",
        "SIZE= liegt über message_size_limit.",
        "Die Nachricht verkleinern oder message_size_limit anheben lassen.",
    ),
    "Exim: spool disk too full": (
        "Spool-Platte zu voll",
        "Es ist weniger Platz frei, als check_spool_space für eine Nachricht dieser Größe verlangt.",
        "Admin: Platz im Spool-Verzeichnis schaffen.",
    ),
    "Exim: EHLO name missing or malformed": (
        "EHLO-Name fehlt oder ist fehlerhaft",
        "Der Name hinter EHLO fehlt oder enthält Zeichen, die kein Hostname haben darf; ein Unterstrich genügt.",
        "Einen vollen Hostnamen oder ein Adressliteral senden. Admin: helo_allow_chars lässt mehr durch.",
    ),
    "Exim: a parameter where none may be": (
        "Parameter, wo keiner stehen darf",
        "DATA, RSET, QUIT und STARTTLS nehmen keinen Parameter. Exim folgt hier dem Standard.",
        "Den bloßen Befehl senden.",
    ),
    "Exim: BODY value not offered": (
        "BODY-Wert nicht angeboten",
        "BODY= hat einen Wert, den Exim nicht anbietet, zum Beispiel BINARYMIME.",
        "BODY=8BITMIME verwenden oder es weglassen.",
    ),
    "Exim: too many connections": (
        "zu viele Verbindungen",
        "smtp_accept_max oder, für diesen Client, smtp_accept_max_per_host ist erreicht.",
        "Warten, bis einige davon enden.",
    ),
    "Exim: client refused at once": (
        "Client sofort abgelehnt",
        "Exim hat diese Verbindung abgelehnt, etwa wegen host_reject_connection oder IP-Optionen in den Paketen.",
        "Den Admin fragen; der Grund steht im reject-Log.",
    ),
    "Exim: unknown verb": (
        "unbekannter Befehl",
        "Exim kennt diesen Befehl nicht. Er zählt zugleich als unbekannter Befehl und als Protokollfehler.",
        "Ihn korrigieren; der vierte beendet die Verbindung.",
    ),
    "Exim: wrong order": (
        "falsche Reihenfolge",
        "Ein Befehl kam vor dem, auf den er aufbaut, oder ein früherer wurde abgelehnt.",
        "Zur ersten Ablehnung dieser Transaktion zurückgehen.",
    ),
}
