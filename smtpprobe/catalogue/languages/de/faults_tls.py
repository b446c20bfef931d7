"""Faults without a reply in German: tls. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault 465 and 587 mixed up": (
        "Der Client begann mit TLS, und der Server antwortete im Klartext. Die Ports 465 und 587 sind vertauscht: Auf 465 beginnt TLS sofort, auf 587 und 25 erst nach STARTTLS.",
        "Wenn einer Bibliothek für Port 587 oder 25 `ssl` oder `secure` angegeben wird.",
        "Für 587 (und 25) STARTTLS wählen: nodemailer `secure: false`, Python `SMTP` mit `starttls()`, PHPMailer `ENCRYPTION_STARTTLS`, JavaMail `mail.smtp.starttls.enable`, curl `smtp://` mit `--ssl-reqd`. Oder TLS von Anfang an behalten und auf 465 gehen. `smtpprobe probe HOST:587` zeigt, was der Port spricht.",
    ),
    "fault TLS bytes read as text": (
        "Die eine Seite sprach TLS, während die andere noch einfache Zeilen las: Wo ein Befehl oder eine Antwort stehen sollte, stehen Bytes eines TLS-Records.",
        "Wenn sich ein Client, der auf STARTTLS oder kein TLS eingestellt ist, zu Port 465 verbindet, oder ein Client, der mit TLS beginnt, zu 25 oder 587.",
        "Beide Seiten aufeinander abstimmen: TLS vom ersten Byte an auf 465, STARTTLS auf 587.",
    ),
    "fault no TLS version in common": (
        "Client und Server haben keine TLS-Version gemeinsam: Die eine Seite bietet nur 1.0 oder 1.1 an, die andere will 1.2 oder neuer.",
        "Bei alten Servern und Geräten, alten Clients (Windows 7, Java 7, .NET vor 4.6) und nach einem Systemupdate, das TLS 1.0 abgeschaltet hat.",
        "Die ältere Seite aktualisieren. Bei .NET das System die Version wählen lassen; bei Java eine aktuelle verwenden. TLS 1.0 nur für diese eine Gegenstelle wieder erlauben und nur, bis sie ersetzt ist.",
    ),
    "fault no cipher in common": (
        "Client und Server fanden keine Chiffre, keinen Schlüsselaustausch oder keine Signatur, die beide akzeptieren.",
        "Bei sehr alten oder sehr strengen Seiten, bei einem Server, dessen Zertifikat nicht geladen wurde, und bei einem Client, der nur RSA anbietet, wo der Server einen Schlüssel auf elliptischen Kurven hat.",
        "Nachsehen, ob der Server überhaupt ein Zertifikat hat (`smtpprobe probe HOST:PORT`), dann die Chiffren-Einstellungen vergleichen; die Vorgaben eines aktuellen OpenSSL auf beiden Seiten funktionieren.",
    ),
    "fault Diffie-Hellman key too small": (
        "Der Server schlägt einen Diffie-Hellman-Schlüssel vor, der kürzer ist, als dieser Client akzeptiert (oft 1024 Bit oder weniger).",
        "Bei alten Mailservern und Geräten, sobald das System des Clients aktualisiert wurde.",
        "Der Admin des Servers muss 2048 Bit oder mehr verwenden (Postfix ab 3.7: `smtpd_tls_dh1024_param_file = auto`; Exim: `tls_dhparam`) oder elliptische Kurven anbieten. Bis dahin die Stufe für diesen einen Server senken (`@SECLEVEL=1`).",
    ),
    "fault old renegotiation": (
        "Der Server kennt keine sichere Neuaushandlung, und OpenSSL 3 lehnt solche Server ab.",
        "Bei Geräten und Proxys, die seit 2010 nie aktualisiert wurden.",
        "Der Admin des Servers muss ihn aktualisieren. Bis dahin lässt `Options = UnsafeLegacyServerConnect` in einer OpenSSL-Konfiguration für dieses eine Programm ihn durch.",
    ),
    "fault name not known to the server": (
        "Der Server hat kein Zertifikat für den Namen, den der Client im Handshake verlangt hat (SNI).",
        "Hinter Proxys und bei Shared Hosting, wo ein Zertifikat nach dem Namen gewählt wird.",
        "Sich mit dem Namen verbinden, den der Provider dokumentiert, oder den Admin diesen Namen ergänzen lassen.",
    ),
    "fault handshake timed out": (
        "Die Verbindung stand, und dann wurde der TLS-Handshake nicht rechtzeitig fertig.",
        "Wenn TLS auf einem Port beginnt, der auf Klartext wartet, oder wenn große Pakete unterwegs verloren gehen (Path-MTU), denn eine Zertifikatskette ist das erste Große, was ein Server sendet.",
        "Zuerst Port und TLS-Modus prüfen (465 von Anfang an, 587 STARTTLS). Stimmen sie, zum Test die MTU senken oder ICMP `fragmentation needed` durchlassen.",
    ),
    "fault connection ended in the handshake": (
        "Die andere Seite hat die Verbindung mitten in TLS geschlossen, ohne Alert.",
        "Wenn ein Server ohne brauchbares Zertifikat aufgibt, eine Firewall TLS kappt, der Port Klartext spricht oder ein Client geht, weil er dem Zertifikat nicht traut.",
        "`smtpprobe probe HOST:PORT` sagt, ob der Handshake von hier aus klappt. Klappt er, TLS-Modus und -Version des Programms ansehen; wenn nicht, das TLS-Log des Servers.",
    ),
    "fault TLS record damaged": (
        "Ein TLS-Record kam beschädigt oder unter einem anderen Schlüssel an.",
        "Bei einem kaputten Proxy oder Scanner auf dem Weg, defektem Hardware-Offload oder Speicherfehlern; selten bei einem Programmfehler einer Seite.",
        "Es aus einem anderen Netz versuchen. Ist es dort weg, greift unterwegs etwas in TLS ein; wenn nicht, die TLS-Bibliothek auf beiden Seiten aktualisieren.",
    ),
    "fault TLS not available here": (
        "Dieses Programm hat kein funktionierendes TLS: Es wurde ohne gebaut, oder seine Einstellungen oder Zertifikatsdateien lassen sich nicht laden.",
        "Nach einem Update, bei falschem Pfad oder falschen Rechten des Zertifikats und in schlanken Installationen von PHP oder Python.",
        "Das Log des Programms ab dem Start lesen, dort steht der Grund, und die Datei korrigieren oder die fehlende Bibliothek installieren (PHP: `extension=openssl`).",
    ),
    "fault TLS required": (
        "Eine Regel auf der sendenden Seite erlaubt diese Mail nur über TLS, und TLS kam nicht zustande.",
        "Bei den Richtlinien `encrypt`, `secure` oder `dane`, bei `hosts_require_tls`, MTA-STS oder REQUIRETLS an der Nachricht.",
        "Mit `smtpprobe probe HOST` nachsehen, was am TLS des Servers nicht stimmt. Ist es die eigene Regel und für diesen Host zu streng, sie nur für ihn lockern (Postfix: `smtp_tls_policy_maps`; Exim: `hosts_require_tls`).",
    ),
    "fault handshake failed": (
        "Der TLS-Handshake ist gescheitert, und dieser Text sagt nicht, warum.",
        "Bei abgelaufenem oder fremdem Zertifikat, ohne gemeinsame Version oder Chiffre oder auf einem Port, der Klartext spricht.",
        "`smtpprobe probe HOST:PORT` versucht den Handshake und nennt, was nicht stimmt. In den Log-Zeilen davor stehen oft die Worte der TLS-Bibliothek selbst.",
    ),
}
