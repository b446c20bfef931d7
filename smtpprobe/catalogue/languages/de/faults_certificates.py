"""Faults without a reply in German: certificates. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault certificate expired": (
        "Das Zertifikat des Servers ist abgelaufen, ein Client, der es prüft, bricht daher ab.",
        "Wenn die automatische Erneuerung gescheitert ist oder wenn sie geklappt hat und der Mailserver nicht neu geladen wurde; auch bei einem Client mit falscher Uhr.",
        "Der Admin des Servers muss das Zertifikat erneuern und den Mailserver neu laden (ein Renewal-Hook erledigt das dauerhaft). Auch das Datum dieses Rechners prüfen. `smtpprobe probe HOST:PORT` zeigt die Daten.",
    ),
    "fault certificate not yet valid": (
        "Nach der Uhr des Clients steht der erste gültige Tag des Zertifikats noch bevor.",
        "Fast immer bei falsch gehender Uhr des Clients: ein Gerät ohne Batterie, eine virtuelle Maschine, die geschlafen hat.",
        "Datum und Uhrzeit dieses Rechners korrigieren (NTP). Stimmen sie, hat der Admin des Servers das Zertifikat zu früh eingespielt.",
    ),
    "fault certificate for other names": (
        "Das Zertifikat ist gut, aber nicht für den Hostnamen, zu dem sich der Client verbunden hat.",
        "Wenn ein Server über einen Alias, die Domain seines Kunden oder nach einem Umzug erreicht wird; Shared Hosting ist der klassische Fall.",
        "Sich mit einem Namen verbinden, der im Zertifikat steht (`smtpprobe probe HOST:PORT` führt sie auf), oder den Admin des Servers diesen Namen in das Zertifikat aufnehmen lassen. Die Prüfung nicht abschalten.",
    ),
    "fault certificate does not name the address": (
        "Der Client hat sich zu einer IP-Adresse verbunden, und im Zertifikat stehen nur Namen.",
        "Wenn der Server mit seiner Adresse statt mit seinem Namen konfiguriert ist.",
        "In der Einstellung den Namen des Servers statt der Adresse eintragen.",
    ),
    "fault certificate without alternative names": (
        "Das Zertifikat trägt seinen Namen nur an der alten Stelle (Common Name), wo heutige Clients nicht nachsehen.",
        "Bei selbst gemachten Zertifikaten nach alten Anleitungen.",
        "Der Admin des Servers muss ein neues mit dem Hostnamen als subjectAltName ausstellen.",
    ),
    "fault self-signed authority in the chain": (
        "Am oberen Ende der Zertifikatskette des Servers steht eine Zertifizierungsstelle, die dieser Rechner nicht kennt.",
        "Bei der eigenen Zertifizierungsstelle einer Firma, und wo ein Proxy oder Virenscanner TLS unterwegs öffnet und neu signiert.",
        "Das Wurzelzertifikat dieser Stelle für dieses Programm installieren (Node: `NODE_EXTRA_CA_CERTS`, Python: `cafile=`, Java: der Truststore). Ist eine solche Stelle nicht bekannt, herausfinden, wer die Verbindung abfängt, bevor ihr vertraut wird.",
    ),
    "fault self-signed certificate": (
        "Der Server hat sein Zertifikat selbst signiert, also zeigt nichts, dass es der richtige Server ist.",
        "Bei frischen Installationen (`snakeoil`), Geräten und Testservern.",
        "Zwischen Mailservern ist das üblich und schadet nicht, solange TLS nicht Pflicht ist. Für Submission den Admin ein Zertifikat einer öffentlichen Stelle einspielen lassen; bei einem eigenen Server dessen Zertifikat in den Truststore des Clients aufnehmen, statt die Prüfung abzuschalten.",
    ),
    "fault certificate revoked": (
        "Die Zertifizierungsstelle hat das Zertifikat des Servers widerrufen.",
        "Nachdem ein Schlüssel verloren ging oder ein Zertifikat irrtümlich ausgestellt wurde.",
        "Der Admin des Servers muss ein neues Zertifikat mit neuem Schlüssel besorgen. Bis dahin keine Passwörter dorthin senden.",
    ),
    "fault certificate signed too weakly": (
        "Ein Zertifikat in der Kette verwendet eine Signatur oder einen Schlüssel, der diesem Client zu schwach ist (SHA-1, MD5, RSA unter 2048 Bit).",
        "Bei alten Zertifikaten und bei Clients, deren Sicherheitsstufe angehoben wurde (OpenSSL 3, Stufe 2).",
        "Der Admin des Servers muss ein neues Zertifikat besorgen, mit einem RSA-Schlüssel von mindestens 2048 Bit oder einem Schlüssel auf elliptischen Kurven, signiert mit SHA-256.",
    ),
    "fault intermediate certificate missing": (
        "Der Server sendet nur sein eigenes Zertifikat, ohne das Zwischenzertifikat, das es mit einer bekannten Stelle verbindet.",
        "Wenn der Admin `cert.pem` eingespielt hat, wo `fullchain.pem` hingehört. Browser verdecken den Fehler, Mailclients nicht.",
        "Der Admin des Servers muss die ganze Kette senden (Postfix: `smtpd_tls_chain_files`, Exim: `tls_certificate`, Dovecot: `ssl_cert`, jeweils mit der vollen Kette). `smtpprobe probe HOST:PORT` zeigt, ob die Kette vollständig ist.",
    ),
    "fault authority not known here": (
        "Der Client fand keinen Weg vom Zertifikat des Servers zu einer Zertifizierungsstelle, der er vertraut.",
        "Wenn dieser Rechner keine oder eine alte Liste solcher Stellen hat (minimale Container, Python unter macOS, altes Java), wenn der Server sein Zwischenzertifikat weglässt und bei privaten Zertifizierungsstellen.",
        "Die Liste der Stellen installieren oder aktualisieren (`ca-certificates`; Python unter macOS: `Install Certificates.command`). Scheitern auch andere Rechner, ist die Kette des Servers unvollständig: `smtpprobe probe HOST:PORT` zeigt es.",
    ),
    "fault list of authorities cannot be read": (
        "Die Datei mit den vertrauenswürdigen Zertifizierungsstellen fehlt oder ist nicht lesbar, also lässt sich kein Zertifikat prüfen.",
        "In minimalen Containern, nachdem ein Update die Datei verschoben hat, und bei falschem Pfad in den Einstellungen.",
        "Das Paket `ca-certificates` installieren und dem Programm dessen Datei angeben (Debian: `/etc/ssl/certs/ca-certificates.crt`; msmtp: `tls_trust_file`; Postfix: `smtp_tls_CAfile`).",
    ),
    "fault own certificate unusable": (
        "Das eigene Zertifikat oder der private Schlüssel dieses Programms ist nicht verwendbar.",
        "Wenn Schlüssel und Zertifikat aus verschiedenen Paaren stammen, die Datei kein PEM ist, ein Passwort hat oder für den Benutzer des Programms nicht lesbar ist.",
        "Beide mit `openssl x509 -noout -pubkey -in CERT` und `openssl pkey -pubout -in KEY` vergleichen: Die Ausgabe muss gleich sein. Dann Pfade und Rechte prüfen.",
    ),
    "fault client certificate wanted": (
        "Der Server verlangt ein Zertifikat des Clients und bekam keines, das er akzeptiert.",
        "Bei Relays, die ihre Clients am Zertifikat erkennen.",
        "Client-Zertifikat und Schlüssel einrichten, die der Admin des Relays ausgegeben hat (Postfix: `smtp_tls_chain_files`), oder um eine Anmeldung stattdessen bitten.",
    ),
    "fault certificate not trusted by the other side": (
        "Die andere Seite hat das gezeigte Zertifikat nicht akzeptiert und das mit einem TLS-Alert gesagt.",
        "Im Log eines Servers, wenn ein Client dem Zertifikat des Servers nicht traut (selbst signiert, anderer Name, abgelaufen); im Log eines Clients, wenn der Server das Zertifikat des Clients ablehnt.",
        "Im Log eines Servers: das Zertifikat mit `smtpprobe probe HOST:PORT` prüfen und beheben, was es findet. Im Log eines Clients: das eingestellte Client-Zertifikat prüfen oder entfernen, wenn keines nötig ist.",
    ),
    "fault certificate not accepted": (
        "Der Client hat das Zertifikat des Servers geprüft und nicht akzeptiert; warum, sagt dieser Text nicht.",
        "Bei einem abgelaufenen Zertifikat, einem für einen anderen Namen, einem selbst signierten oder einer unvollständigen Kette. Zwischen Mailservern zählt das nur, wo TLS Pflicht ist (DANE, MTA-STS, eine eigene Richtlinie).",
        "`smtpprobe probe HOST:PORT` nennt den Grund: Daten, Namen oder Kette. Diesen beheben, statt die Prüfung abzuschalten.",
    ),
}
