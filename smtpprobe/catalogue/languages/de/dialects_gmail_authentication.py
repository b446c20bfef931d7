"""Vendors' wordings in German: gmail authentication. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Gmail: sender not authenticated, slowed down": (
        "Absender nicht authentifiziert, gebremst",
        "Gmail hat die Nachricht gebremst: Weder SPF noch DKIM hat für die Domain des Absenders bestanden, und bald wird solche Mail abgelehnt.",
        "Mit DKIM in der Domain des Absenders signieren und die sendende Adresse in deren SPF-Eintrag aufnehmen. Die Antwort nennt Domain und Adresse, die geprüft wurden.",
    ),
    "Gmail: sender not authenticated": (
        "Absender nicht authentifiziert",
        "Gmail hat die Nachricht abgelehnt: Weder SPF noch DKIM hat für die Domain des Absenders bestanden.",
        "Mit DKIM in der Domain des Absenders signieren und die sendende Adresse in deren SPF-Eintrag aufnehmen. Die Antwort nennt Domain und Adresse, die geprüft wurden: sie mit den eigenen Einträgen vergleichen.",
    ),
    "Gmail: no authentication information": (
        "keine Angaben zur Authentifizierung",
        "Gmail hat die Nachricht abgelehnt: Es fand weder eine gültige DKIM-Signatur noch einen SPF-Eintrag, der die sendende Adresse erlaubt (der ältere Wortlaut).",
        "SPF für die Domain des Envelope-Absenders veröffentlichen und mit DKIM signieren. Wer weiterleitet, hält DKIM intakt, wenn Text und signierte Kopfzeilen bleiben, wie sie sind.",
    ),
    "Gmail: SPF says no": (
        "SPF sagt Nein",
        "Gmail hat die Nachricht abgelehnt: Die Domain des Envelope-Absenders veröffentlicht SPF mit -all, und die sendende Adresse steht nicht darin.",
        "Die sendende Adresse in den SPF-Eintrag aufnehmen oder über einen eingetragenen Host senden. Wer weiterleitet, braucht SRS, denn SPF sieht auf die letzte Station.",
    ),
    "Gmail: DMARC could not be evaluated": (
        "DMARC ließ sich nicht auswerten",
        "Gmail hat die Nachricht zurückgestellt: Die DMARC-Richtlinie des Absenders verlangt die Ablehnung, aber das DNS antwortete nicht gut genug, um SPF und DKIM zu prüfen.",
        "Die Nameserver der Absenderdomain von außen testen, für SPF-, DKIM- und DMARC-Einträge gleichermaßen. Die Warteschlange versucht es von selbst weiter.",
    ),
    "Gmail: DMARC policy of the sender's domain": (
        "DMARC-Richtlinie der Absenderdomain",
        "Gmail hat die Nachricht abgelehnt, weil die eigene DMARC-Richtlinie der From-Domain es so will: Weder SPF noch DKIM hat im Namen dieser Domain bestanden.",
        "Mit DKIM in der From-Domain signieren oder über deren eigene Server senden. Ein Formular oder eine Liste, die in fremdem Namen sendet, muss die eigene Adresse in From setzen.",
    ),
    "Gmail: bulk mail without SPF": (
        "Massenmail ohne SPF",
        "Gmail hat die Nachricht gebremst oder abgelehnt: Bei einem Massenversender muss SPF bestehen, und das tat es nicht.",
        "Für die Domain des Envelope-Absenders einen SPF-Eintrag veröffentlichen, der jede sendende Adresse abdeckt, und unter zehn DNS-Abfragen bleiben. Die Registry meint mit diesem Code einen Null-MX; Gmail nicht.",
    ),
    "Gmail: bulk mail without DKIM": (
        "Massenmail ohne DKIM",
        "Gmail hat die Nachricht gebremst oder abgelehnt: Bei einem Massenversender muss DKIM bestehen, und das tat es nicht.",
        "Jede Nachricht mit DKIM signieren (1.024 Bit oder mehr) und nach der Signatur Text und signierte Kopfzeilen von nichts ändern lassen. Die Registry meint mit diesem Code REQUIRETLS; Gmail nicht.",
    ),
    "Gmail: From not aligned": (
        "From nicht in Einklang",
        "Gmail hat die Nachricht gebremst oder abgelehnt: Die Domain in From ist weder die, die SPF geprüft hat, noch die, die mit DKIM signiert hat.",
        "Mit einem DKIM-Schlüssel der From-Domain signieren oder einen Envelope-Absender in ihr verwenden. Gmail dokumentiert das sogar als 421 5.7.32: Die 421 entscheidet, ein neuer Versuch ist also möglich.",
    ),
    "Gmail: no DMARC record": (
        "kein DMARC-Eintrag",
        "Gmail hat die Nachricht gebremst oder abgelehnt: Die Domain eines Massenversenders muss einen DMARC-Eintrag mit einer Richtlinie veröffentlichen, und diese hat keinen.",
        "Unter der From-Domain einen TXT-Eintrag bei _dmarc veröffentlichen; v=DMARC1; p=none genügt für den Anfang.",
    ),
    "Gmail: bulk mail without TLS": (
        "Massenmail ohne TLS",
        "Gmail hat die Nachricht gebremst oder abgelehnt: Massenmail muss über TLS kommen, und diese kam im Klartext.",
        "STARTTLS für ausgehende Mail einschalten (in Postfix smtp_tls_security_level = may). Die Registry meint mit diesem Code ARC; Gmail nicht.",
    ),
    "Gmail: no PTR record": (
        "kein PTR-Eintrag",
        "Gmail hat die Nachricht gebremst oder abgelehnt: Die sendende Adresse hat kein Reverse-DNS, oder der Name darin führt nicht zur Adresse zurück.",
        "Einen PTR-Eintrag für die Adresse setzen und für diesen Namen einen A- oder AAAA-Eintrag, der zurückzeigt. Den PTR muss der Inhaber des Adressbereichs setzen; bei IPv6 ist er Pflicht.",
    ),
    "Gmail: suspicious SPF record": (
        "verdächtiger SPF-Eintrag",
        "Gmail hat die Nachricht gebremst oder abgelehnt: Der SPF-Eintrag der Absenderdomain erlaubt mehr, als ein einzelner Absender braucht, oder ist sonst sonderbar.",
        "+all, riesige Netze und vergessene includes aus dem Eintrag nehmen und prüfen, ob ihn jemand anderes geändert hat.",
    ),
    "Gmail: IPv6 without PTR or authentication": (
        "IPv6 ohne PTR oder Authentifizierung",
        "Gmail hat die Nachricht abgelehnt: Über IPv6 nimmt es nur Mail mit Reverse-DNS und mit bestandenem SPF oder DKIM an.",
        "Der IPv6-Adresse einen PTR-Eintrag geben, der zurückführt, und signieren; oder bis dahin über IPv4 an Gmail senden.",
    ),
}
