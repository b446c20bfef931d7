"""Failures in German. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "failure no-such-name": (
        "{target}: {detail}.",
        "Die Schreibweise prüfen; gefragt ist der Name eines Mailservers, etwa mail.example.org.",
    ),
    "failure no-address": (
        "{target}: keine Adresse für eine Verbindung: {detail}.",
        "Die Schreibweise prüfen, für den Host einen A- oder AAAA-Eintrag veröffentlichen lassen und `-4` oder `-6` nur verwenden, wo er diese Adressfamilie hat.",
    ),
    "failure null-mx": (
        "{target}: Die Domain erklärt, dass sie keine Mail annimmt (Null-MX, RFC 7505).",
        "Dorthin ist nichts zuzustellen, bis ihr Inhaber einen echten MX-Eintrag veröffentlicht, also prüfen, ob es die gemeinte Domain ist.",
    ),
    "failure dns": (
        "{target}: Das DNS gab keine brauchbare Antwort für {host} ({detail}).",
        "Erneut versuchen; bleibt es dabei, den Resolver dieses Rechners und die Nameserver der Domain prüfen.",
    ),
    "failure dnssec": (
        "{target}: Die DNS-Antwort für {host} besteht die DNSSEC-Prüfung nicht ({detail}).",
        "Den Inhaber der Domain den DS-Eintrag mit seinen Schlüsseln vergleichen und nach abgelaufenen Signaturen sehen lassen; Server, die prüfen, finden diesen Namen nicht.",
    ),
    "failure not-routable": (
        "{target}: {detail}, darum wurde nichts gesendet.",
        "Den Eintrag korrigieren lassen oder `--allow-private` verwenden, wenn dieses Netz gemeint ist.",
    ),
    "failure refused": (
        "{target}: Dort lauscht nichts (Verbindung abgelehnt von {address}).",
        "Mailserver lauschen auf 25 (MX), 587 (Submission) oder 465 (Submission über TLS).",
    ),
    "failure unreachable": (
        "{target}: Von hier gibt es keine Route zu {address} ({detail}).",
        "Das Netz dieses Rechners prüfen; bei einer IPv6-Adresse zuerst, ob er überhaupt IPv6 hat.",
    ),
    "failure timeout": (
        "{target}: keine Antwort innerhalb von {detail} (Schritt: {stage}).",
        "Es später erneut versuchen und mit `--timeout` mehr Zeit lassen, wenn der Server bekanntermaßen langsam ist.",
    ),
    "failure deadline": (
        "{target}: Die Zeit für den ganzen Lauf war um (Schritt: {stage}).",
        "Mit `--deadline` mehr Zeit lassen oder mit `--profile ehlo` weniger fragen.",
    ),
    "failure closed": (
        "{target}: {address} hat die Verbindung wortlos geschlossen (Schritt: {stage}).",
        "Sperrlisten, Verbindungsgrenzen und ein Port, der TLS vom ersten Byte an erwartet, sehen alle so aus, also in das Log des Servers sehen oder smtps:// auf Port 465 versuchen.",
    ),
    "failure reset": (
        "{target}: {address} hat die Verbindung zurückgesetzt (Schritt: {stage}).",
        "Übliche Ursache ist eine Firewall oder Bannliste auf dem Weg: es von einer anderen Adresse versuchen oder in der Firewall des Servers nach der eigenen suchen.",
    ),
    "failure truncated": (
        "{target}: Die Verbindung endete mitten in einer Antwort (Schritt: {stage}).",
        "Noch einmal prüfen; bricht sie an derselben Stelle ab, im Log des Servers nach einem Absturz suchen.",
    ),
    "failure malformed": (
        "{target}: Was zurückkam, ist keine SMTP-Antwort ({detail}; Schritt: {stage}).",
        "Sicherstellen, dass dieser Port einem Mailserver gehört und kein Proxy oder Skript in seine Sitzungen schreibt.",
    ),
    "failure reply-too-long": (
        "{target}: Der Server sendete mehr, als eine Antwort fassen darf, darum wurde die Verbindung getrennt (Schritt: {stage}).",
        "Der Bericht enthält den Anfang dessen, was kam: daraus ersehen, ob das überhaupt ein Mailserver ist.",
    ),
    "failure unsolicited": (
        "{target}: Eine Antwort kam, die nichts verlangt hatte, den späteren war also nicht zu trauen (Schritt: {stage}).",
        "Diese Antwort im Dialog ansehen: Ist sie keine Verabschiedung, antwortet der Server oder ein Proxy davor außer Takt.",
    ),
    "failure not-smtp-http": (
        "{target}: Port {port} spricht HTTP, dort antwortet also ein Webserver und kein Mailserver.",
        "Mail wird auf anderen Ports gesprochen: 25 für einen MX, 587 für Submission, 465 für Submission über TLS.",
    ),
    "failure not-smtp-ssh": (
        "{target}: Port {port} spricht SSH, dort wartet also eine Fernanmeldung und kein Mailserver.",
        "SMTP findet sich auf 25 (zwischen Servern), 587 (Submission) oder, innerhalb von TLS, auf 465.",
    ),
    "failure not-smtp-tls": (
        "{target}: Port {port} spricht TLS vom ersten Byte an, eine Begrüßung im Klartext wird also nicht kommen.",
        "Das Ziel als smtps:// schreiben oder Port 465 verwenden, wo TLS vom ersten Byte an voreingestellt ist.",
    ),
    "failure not-smtp": (
        "{target}: Dort antwortet etwas anderes als SMTP ({detail}).",
        "Die Portnummer prüfen: 25 für einen MX, 587 oder 465 für Submission; 110, 143, 993 und 995 sind zum Lesen von Mail da.",
    ),
    "failure server-closing": (
        "{target}: Der Server hat die Sitzung beendet: {detail} (Schritt: {stage}).",
        "Vor dem nächsten Versuch einige Minuten warten; nennt sein Text eine Grenze, darunter bleiben.",
    ),
    "failure starttls-injection": (
        "{target}: Auf die Freigabe von STARTTLS folgte Klartext, darum endete der Lauf vor TLS.",
        "Jemand auf dem Weg oder ein kaputter Server legt der Sitzung Worte in den Mund: dort kein Passwort senden und dem Admin Bescheid geben.",
    ),
    "failure tls-handshake": (
        "{target}: Der TLS-Handshake ist gescheitert ({detail}).",
        "Prüfen, ob Server und Client eine TLS-Version und eine Chiffre gemeinsam haben und ob der Port TLS auf diese Art will: vom ersten Byte an auf 465, sonst nach STARTTLS.",
    ),
    "failure tls-timeout": (
        "{target}: Der TLS-Handshake wurde nicht rechtzeitig fertig ({detail}).",
        "Eine Firewall, die große Pakete verwirft, bewirkt das (Path-MTU), ebenso ein Server, der an seinem Schlüssel hängt: es aus einem anderen Netz versuchen, dann den Server ansehen.",
    ),
    "failure certificate": (
        "{target}: Das Zertifikat oder der Schlüssel für diesen Client ist nicht verwendbar ({detail}).",
        "Ein Zertifikat und den dazugehörigen privaten Schlüssel angeben, beide in PEM und für diesen Benutzer lesbar.",
    ),
    "failure interrupted": (
        "{target}: vom Benutzer angehalten (Schritt: {stage}).",
        "Was bis dahin bekannt war, wird gezeigt; für den Rest neu beginnen.",
    ),
    "failure socket": (
        "{target}: Das System konnte die Verbindung zu {address} nicht öffnen ({detail}).",
        "Der Grund in Klammern kommt von diesem Rechner: ein `--source` der anderen Adressfamilie, eine lokale Firewall, fehlende Rechte oder zu viele offene Dateien.",
    ),
}
