"""Vendors' enhanced status codes in German: google. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Gmail X.2.1": (
        "Empfänger bekommt zu viel Mail oder ist deaktiviert",
        "4.2.1 sagt, dass das Postfach in dieser Zeit mehr Mail bekommt, als es darf; 5.2.1 sagt dasselbe oder dass das Konto deaktiviert ist.",
        "Den Text dahinter lesen: warten, wo er von einer Rate spricht, die Adresse streichen, wo er disabled oder inactive sagt.",
    ),
    "Gmail X.2.2": (
        "Kein Speicher mehr",
        "4.2.2 sagt, dass das Konto keinen Speicher mehr hat; 5.2.2, dass es außerdem ungenutzt ist, also niemand Platz schaffen wird.",
        "Dem Empfänger auf anderem Weg Bescheid geben; nach 5.2.2 die Adresse streichen.",
    ),
    "Gmail X.4.5": (
        "Server beschäftigt oder Tagesgrenze des Absenders",
        "5.4.5 sagt, dass das sendende Konto seine Tagesgrenze erreicht hat; 4.4.5, dass der Server von Google beschäftigt ist.",
        "Nach 5.4.5 24 Stunden warten oder Listen über einen anderen Dienst senden; nach 4.4.5 die Warteschlange weiter versuchen lassen.",
    ),
    "Gmail X.4.6": (
        "Mehr als 50 Stationen",
        "Die Nachricht hat mehr als 50 Server durchlaufen, Google hält das für eine Schleife.",
        "Die Received-Zeilen auf zwei Hosts vergleichen, die sich abwechseln.",
    ),
    "Gmail X.5.1": (
        "Befehl zur falschen Zeit oder Anmeldung nötig",
        "Neben unbekannten Befehlen kennzeichnet Google damit eine falsche Reihenfolge (503) und eine fehlende Anmeldung (530).",
        "Nach dem Wortlaut gehen; bei 530 sich zuerst anmelden.",
    ),
    "Gmail X.5.2": (
        "MAIL, RCPT oder AUTH nicht lesbar",
        "Eine fehlerhafte Adresse und einen unbekannten Parameter beantwortet Google gleichermaßen mit 555 5.5.2.",
        "Parameter weglassen und die Adresse in spitze Klammern setzen.",
    ),
    "Gmail X.7.0": (
        "Ruf, Reverse-DNS, TLS oder Anmeldung",
        "Googles Code für viele Ablehnungen: schlechter Ruf, kein PTR, TLS verlangt, Anmeldung verlangt, gefährlicher Inhalt.",
        "Nur der Text dahinter verrät, welche; die ganze Zeile erklären lassen.",
    ),
    "Gmail X.7.1": (
        "Spam, fehlerhafte Kopfzeilen oder eine Regel",
        "Googles Code für Inhalte: Spam, Kopfzeilen entgegen RFC 5322, ein Relay, das den Client nicht kennt, eine Regel des Admins.",
        "Nur der Text dahinter verrät, welche; die ganze Zeile erklären lassen.",
    ),
    "Gmail X.7.10": (
        "Vor dem TLS-Handshake wurde etwas gesendet",
        "Der Client hat hinter STARTTLS gleich weitere Befehle geschickt.",
        "Das 220 abwarten und sofort mit TLS beginnen.",
    ),
    "Gmail X.7.11": (
        "STARTTLS mit einem Parameter",
        "STARTTLS nimmt keinen.",
        "Den bloßen Befehl senden.",
    ),
    "Gmail X.7.14": (
        "Anmeldung im Browser nötig",
        "Google fand die Anmeldung ungewöhnlich und will, dass ein Mensch sie bestätigt.",
        "Sich einmal im Browser anmelden, dann ein App-Passwort oder OAuth verwenden.",
    ),
    "Gmail X.7.23": (
        "Kein Reverse-DNS",
        "Die sendende Adresse hat keinen PTR-Eintrag, oder er führt nicht zurück.",
        "PTR und den passenden A- oder AAAA-Eintrag setzen.",
    ),
    "Gmail X.7.24": (
        "Verdächtiger SPF-Eintrag",
        "Der SPF-Eintrag der Absenderdomain erlaubt zu viel oder ist sonderbar.",
        "+all, riesige Netze und vergessene includes herausnehmen.",
    ),
    "Gmail X.7.26": (
        "Nicht authentifiziert",
        "SPF und DKIM sind beide gescheitert, SPF sagt mit -all Nein, oder die DMARC-Richtlinie der From-Domain verlangt die Ablehnung; 4.7.26 ist dasselbe, nur gebremst, oder ein DNS-Fehler.",
        "Mit DKIM in der From-Domain signieren und die sendende Adresse in SPF eintragen.",
    ),
    "Gmail X.7.27": (
        "Massenversender ohne SPF",
        "Bei einem Massenversender muss SPF bestehen, und das tat es nicht.",
        "SPF für die Domain des Envelope-Absenders veröffentlichen, mit jeder sendenden Adresse darin.",
    ),
    "Gmail X.7.28": (
        "Ungewöhnliche Mailrate",
        "Von dieser Adresse, diesem Netz oder dieser Domain oder mit diesem Link kam mehr Mail als üblich oder mehr unerwünschte; auch eine Message-ID an vielen Nachrichten.",
        "Die Quelle abstellen, dann langsam senden; Postmaster Tools zeigt die Beschwerden.",
    ),
    "Gmail X.7.29": (
        "Massenmail ohne TLS",
        "Ein Massenversender muss TLS verwenden, und dies kam im Klartext.",
        "STARTTLS für ausgehende Mail einschalten.",
    ),
    "Gmail X.7.30": (
        "Massenversender ohne DKIM",
        "Bei einem Massenversender muss DKIM bestehen, und das tat es nicht.",
        "Jede Nachricht signieren und nach der Signatur nichts ändern.",
    ),
    "Gmail X.7.32": (
        "From nicht in Einklang",
        "Die From-Domain ist weder die, die SPF geprüft hat, noch die, die signiert hat. Dokumentiert sogar als 421 5.7.32.",
        "Mit einem Schlüssel der From-Domain signieren oder einen Envelope-Absender in ihr verwenden.",
    ),
    "Gmail X.7.40": (
        "Kein DMARC-Eintrag",
        "Die Domain eines Massenversenders braucht einen DMARC-Eintrag mit einer Richtlinie. Die Seite von Google führt 504 5.7.40 auch für einen unbekannten Anmeldemechanismus auf.",
        "Einen TXT-Eintrag unter _dmarc veröffentlichen, zu Beginn mit p=none.",
    ),
}
