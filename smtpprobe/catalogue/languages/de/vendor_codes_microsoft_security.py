"""Vendors' enhanced status codes in German: microsoft security. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Microsoft 365 X.7.1": (
        "Nicht erlaubt, aus einem von vielen Gründen",
        "Microsofts Code für Ablehnungen nach Liste, Regel und Recht: Nur der Wortlaut verrät, welche.",
        "Die ganze Zeile erklären lassen.",
    ),
    "Microsoft 365 X.7.3": (
        "Warteschlange der Organisation ist voll",
        "450 4.7.3: Für die Organisation des Empfängers wartet so viel Mail, dass keine weitere angenommen wird. Bei 535 ist die Anmeldung gescheitert.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Microsoft 365 X.7.12": (
        "Nur interne Mail",
        "Der Empfänger nimmt Mail nur von angemeldeten Personen der eigenen Organisation an.",
        "Den Admin des Empfängers fragen.",
    ),
    "Microsoft 365 X.7.13": (
        "Öffentlicher Ordner nimmt nur interne Mail an",
        "Der öffentliche Ordner nimmt Mail nur aus der eigenen Organisation an (auch 5.7.135); mit AccountDisabled ist das Postfach deaktiviert.",
        "Den Admin des Empfängers fragen.",
    ),
    "Microsoft 365 X.7.23": (
        "SPF am Ziel gescheitert",
        "Der nächste Server lehnte ab, was Microsoft 365 zugestellt hat, weil SPF gescheitert ist.",
        "include:spf.protection.outlook.com in den einzigen SPF-Eintrag der Domain aufnehmen.",
    ),
    "Microsoft 365 X.7.25": (
        "IPv6 ohne Reverse-DNS",
        "Die sendende IPv6-Adresse hat keinen PTR-Eintrag.",
        "Ihn setzen lassen oder über IPv4 senden.",
    ),
    "Microsoft 365 X.7.26": (
        "IPv6 ohne Authentifizierung",
        "Über IPv6 muss die Nachricht SPF oder DKIM bestehen, und das tat sie nicht.",
        "Mit DKIM signieren oder über IPv4 senden.",
    ),
    "Microsoft 365 X.7.30": (
        "Passwörter über SMTP sind abgeschafft",
        "Basic Authentication wird für die Client-Einlieferung nicht mehr akzeptiert.",
        "Sich mit XOAUTH2 anmelden oder über einen anderen Dienst einliefern.",
    ),
    "Microsoft 365 X.7.51": (
        "Partner-Connector lehnt den Client ab",
        "Der Connector des Empfängers lässt nur andere Adressen oder ein anderes Zertifikat zu.",
        "An den MX der Domain zustellen; ihr Admin korrigiert den Connector.",
    ),
    "Microsoft 365 X.7.57": (
        "Einlieferung ohne Anmeldung",
        "Der Client hat am Submission-Endpunkt MAIL ohne Anmeldung gesendet.",
        "STARTTLS, dann AUTH; und SMTP AUTH für das Postfach eingeschaltet.",
    ),
    "Microsoft 365 X.7.60": (
        "Darf nicht als dieser Absender senden",
        "Die Anmeldung hat für die Absenderadresse kein Recht Send As.",
        "Die eigene Adresse der Anmeldung verwenden oder den Admin Send As gewähren lassen.",
    ),
    "Microsoft 365 X.7.64": (
        "Kein Connector passt",
        "Kein eingehender Connector passt zu Zertifikat oder Adresse des Clients, also darf er nicht weiterleiten.",
        "Den Connector mit dem vergleichen, was der lokale Server jetzt vorzeigt.",
    ),
    "Microsoft 365 X.7.66": (
        "TLS zu alt",
        "TLS 1.0 und 1.1 werden für die Client-Einlieferung nicht mehr akzeptiert.",
        "Den Client auf TLS 1.2 oder neuer aktualisieren.",
    ),
    "Microsoft 365 X.7.105": (
        "Absender gefiltert",
        "Der Absenderfilter des Admins nennt diesen Absender.",
        "Den Admin des Empfängers fragen.",
    ),
    "Microsoft 365 X.7.124": (
        "Nicht auf der Liste der Gruppe",
        "Die Gruppe nimmt nur Mail von eingetragenen Absendern an.",
        "Den Inhaber der Gruppe fragen.",
    ),
    "Microsoft 365 X.7.133": (
        "Gruppe nimmt nur interne Mail an",
        "Die Gruppe nimmt Mail nur von angemeldeten Personen der eigenen Organisation an.",
        "Den Inhaber der Gruppe bitten, externe Absender zuzulassen.",
    ),
    "Microsoft 365 X.7.134": (
        "Postfach nimmt nur interne Mail an",
        "Das Postfach nimmt Mail nur von angemeldeten Personen der eigenen Organisation an.",
        "Den Admin des Empfängers bitten, externe Absender zuzulassen.",
    ),
    "Microsoft 365 X.7.135": (
        "Öffentlicher Ordner nimmt nur interne Mail an (neuerer Code)",
        "Der öffentliche Ordner nimmt Mail nur von angemeldeten Personen der eigenen Organisation an.",
        "Den Admin des Empfängers bitten, dort externe Absender zuzulassen.",
    ),
    "Microsoft 365 X.7.136": (
        "Mail-Benutzer nimmt nur interne Mail an",
        "Der Empfänger, dessen Postfach anderswo liegt, nimmt Mail nur aus der eigenen Organisation an.",
        "Den Admin des Empfängers bitten, sie zuzulassen.",
    ),
    "Microsoft 365 X.7.139": (
        "Anmeldung abgelehnt",
        "SMTP AUTH ist für Postfach oder Tenant aus, eine Richtlinie verbietet es, oder das Passwort ist falsch.",
        "SMTP AUTH für das Postfach prüfen, dann das Anmeldeprotokoll in Entra.",
    ),
    "Microsoft 365 X.7.193": (
        "Gruppe für externe Absender geschlossen",
        "Die Microsoft-365-Gruppe nimmt keine Mail von außen an oder nicht von diesem Absender.",
        "Den Inhaber der Gruppe fragen.",
    ),
    "Microsoft 365 X.7.321": (
        "Nächster Server ohne STARTTLS (DANE)",
        "Die Domain des Empfängers veröffentlicht DANE, und ihr Server bietet kein TLS an.",
        "Der Admin des Empfängers schaltet TLS ein.",
    ),
    "Microsoft 365 X.7.322": (
        "Zertifikat abgelaufen (DANE)",
        "Das Zertifikat des nächsten Servers ist abgelaufen.",
        "Der Admin des Empfängers erneuert es, samt TLSA-Eintrag.",
    ),
    "Microsoft 365 X.7.323": (
        "TLSA passt nicht (DANE)",
        "Das Zertifikat des nächsten Servers passt nicht zum veröffentlichten TLSA-Eintrag.",
        "Der Admin des Empfängers veröffentlicht einen, der passt.",
    ),
    "Microsoft 365 X.7.324": (
        "DNSSEC kaputt (DANE)",
        "Die Domain des Empfängers ist mit DNSSEC signiert, und die Signaturen lassen sich nicht bestätigen.",
        "Der DNS-Admin des Empfängers repariert die Kette.",
    ),
    "Microsoft 365 X.7.325": (
        "Zertifikat mit anderem Namen (DANE)",
        "Das Zertifikat des nächsten Servers enthält dessen Namen nicht.",
        "Der Admin des Empfängers besorgt eines, das ihn enthält.",
    ),
    "Microsoft 365 X.7.350": (
        "Nächster Server hielt es für Spam",
        "Der Server hinter Microsoft 365 hat die Nachricht als Spam abgelehnt.",
        "Die innere Antwort lesen und den Admin dieses Servers nachsehen lassen.",
    ),
}
