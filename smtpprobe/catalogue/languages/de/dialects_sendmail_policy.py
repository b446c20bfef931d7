"""Vendors' wordings in German: sendmail policy. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Sendmail: relaying refused, login wanted": (
        "Relaying verweigert, Anmeldung nötig",
        "Die Domain des Empfängers gehört nicht zu diesem Server, und der Client hat sich nicht angemeldet.",
        "Sich anmelden oder von einer Adresse in access oder relay-domains senden. Bei Mail der eigenen Domain: In Klasse w fehlt die Domain.",
    ),
    "Sendmail: relaying refused, name of the client in doubt": (
        "Relaying verweigert, Name des Clients zweifelhaft",
        "Sendmail könnte nur nach Hostnamen weiterleiten, und der PTR-Eintrag des Clients fehlt (lookup failed) oder führt nicht zurück (possibly forged).",
        "Einen PTR-Eintrag setzen, der zurückführt, oder den Admin die Adresse selbst in access erlauben lassen.",
    ),
    "Sendmail: relaying put off, PTR record not found now": (
        "Relaying zurückgestellt, PTR-Eintrag derzeit nicht gefunden",
        "Sendmail konnte den PTR-Eintrag des Clients im Moment nicht nachschlagen.",
        "Dafür sorgen, dass die Server der Reverse-Zone antworten. Die Warteschlange versucht es weiter.",
    ),
    "Sendmail: sender without a full domain": (
        "Absender ohne vollständige Domain",
        "Die Adresse des Absenders hat keine Domain oder eine, die es nur intern gibt.",
        "Einen Absender mit einer Domain verwenden, die das DNS kennt; für einen ganzen Host erledigt das Masquerading.",
    ),
    "Sendmail: server takes itself for a stranger": (
        "Server hält sich selbst für fremd",
        "Der MX der Domain führt zu diesem Server, doch in seiner Klasse w fehlt die Domain, er würde die Mail also an sich selbst senden.",
        "Admin: die Domain in local-host-names, mailertable oder relay-domains eintragen oder den MX-Eintrag korrigieren.",
    ),
    "Sendmail: load too high": (
        "Last zu hoch",
        "Die Load liegt über RefuseLA, darum nimmt Sendmail vorerst keine Verbindungen an.",
        "Absender es weiter versuchen lassen. Admin: herausfinden, was die Maschine belastet, oder RefuseLA anheben.",
    ),
    "Sendmail: alias or forward loops": (
        "Alias oder Weiterleitung in Schleife",
        "Aliasse oder .forward-Dateien verweisen öfter aufeinander, als MaxAliasRecursion erlaubt.",
        "Admin: den Kreis in aliases, virtusertable oder .forward durchbrechen.",
    ),
    "Sendmail: reverse DNS missing": (
        "Reverse-DNS fehlt",
        "Der PTR-Eintrag des Clients fehlt, oder sein Name führt nicht zurück; require_rdns lehnt das ab.",
        "Einen PTR-Eintrag setzen und für dessen Namen einen Adresseintrag, der zurückführt.",
    ),
    "Sendmail: client or sender barred by the access table": (
        "Client oder Absender von der Access-Tabelle ausgeschlossen",
        "Die Access-Tabelle schließt diesen Client, Absender oder Empfänger aus.",
        "Den Admin des Servers nach dem Eintrag fragen; er kann ein ganzes Netz oder Land ausschließen.",
    ),
    "Sendmail: refused by a milter": (
        "abgelehnt von einem Milter",
        "Ein Milter hat abgelehnt und keinen eigenen Text gegeben.",
        "Der Admin des Empfängers sieht in das Log des Milters: ein Spamfilter, SPF, DKIM oder DMARC.",
    ),
    "Sendmail: put off by a milter, or the milter is down": (
        "vom Milter zurückgestellt, oder der Milter ist ausgefallen",
        "Ein Milter hat die Mail zurückgestellt, oder Sendmail erreicht ihn nicht.",
        "Die Warteschlange versucht es weiter. Der Admin des Empfängers prüft, ob der Milter läuft; F=T in seiner Definition bewirkt diese Antwort.",
    ),
    "Sendmail: connections counted out": (
        "Verbindungen ausgezählt",
        "Dieser Client öffnet in einer Zeitspanne mehr Verbindungen oder hat mehr offen, als ratecontrol oder conncontrol erlaubt.",
        "Weniger öffnen und die Warteschlange weiter versuchen lassen.",
    ),
    "Sendmail: recipients of one message used up": (
        "Empfängerzahl einer Nachricht ausgeschöpft",
        "Die Nachricht hat mehr Empfänger als MaxRecipientsPerMessage.",
        "Den Rest in einer weiteren Transaktion senden; Mailserver tun das von selbst.",
    ),
    "Sendmail: mistake in sendmail.cf": (
        "Fehler in sendmail.cf",
        "Die eigene Konfiguration des Servers ist widersprüchlich, er würde an sich selbst oder an keinen Mailer senden.",
        "Admin: Die Log-Zeile davor verrät mehr; die üblichen Stellen sind Klasse w und mailertable.",
    ),
    "Sendmail: mail loop": (
        "Mailschleife",
        "Die Nachricht trägt mehr Received-Zeilen als MaxHopCount: Sie läuft im Kreis.",
        "Die Received-Zeilen ansehen und den Kreis aus Weiterleitungen durchbrechen.",
    ),
    "Sendmail: recipient's host unknown": (
        "Host des Empfängers unbekannt",
        "Das DNS kennt keinen Host für die Domain des Empfängers.",
        "Die Schreibweise der Domain prüfen. Stimmt sie, muss ihr Inhaber einen MX- oder Adresseintrag veröffentlichen.",
    ),
    "Sendmail: recipient's domain with null MX": (
        "Domain des Empfängers mit Null-MX",
        "Die Domain des Empfängers veröffentlicht einen Null-MX: Sie nimmt keine Mail an.",
        "Eine andere Adresse des Empfängers verwenden.",
    ),
    "Sendmail: recipient has moved": (
        "Empfänger ist umgezogen",
        "Der Empfänger hat eine andere Adresse, die die Antwort nennt.",
        "An diese senden und die Liste korrigieren.",
    ),
    "Sendmail: mailbox barred by the access table": (
        "Postfach von der Access-Tabelle gesperrt",
        "Die Access-Tabelle hat das Postfach des Empfängers geschlossen.",
        "Die Adresse von der Liste nehmen oder den Admin des Servers fragen.",
    ),
    "Sendmail: wrong order": (
        "falsche Reihenfolge",
        "Ein Befehl kam vor dem, der ihm vorausgehen muss.",
        "EHLO, MAIL, RCPT, DATA in dieser Reihenfolge sagen und die frühere Ablehnung suchen.",
    ),
    "Sendmail: login required": (
        "Anmeldung nötig",
        "Dieser Port nimmt Mail erst nach einer Anmeldung an.",
        "Sich innerhalb von TLS mit AUTH anmelden oder an Port 25 des MX des Empfängers senden.",
    ),
    "Sendmail: address not readable": (
        "Adresse nicht lesbar",
        "Sendmail konnte die Adresse nicht lesen, oder ein Teil davon fehlt.",
        "Eine ganze Adresse in spitzen Klammern angeben.",
    ),
    "Sendmail: refused by the other side's certificate rule": (
        "abgelehnt von der Zertifikatsregel für die Gegenseite",
        "Dieser Server sendet an jenen Host nur über TLS mit einem Zertifikat, das er verifizieren kann, und konnte es nicht.",
        "Der Host des Empfängers braucht ein gültiges Zertifikat mit seinem Namen; der Admin des Absenders sieht die Regel unter TLS_Srv in access.",
    ),
}
