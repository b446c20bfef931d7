"""Reply codes in German: de facto permanent. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "505": (
        "Konto gesperrt oder Anmeldung nötig",
        "Eine örtliche Erfindung: Der Server bedient dieses Konto oder diesen nicht angemeldeten Client nicht.",
        "In Bounces, die die Gemeinschaft um KumoMTA gesammelt hat; der Wortlaut ist überall anders.",
        "Sich anmelden, wenn der Text das verlangt. Ein gesperrtes Konto kann nur sein Provider wieder öffnen.",
    ),
    "510": (
        "Schlechte E-Mail-Adresse",
        "Eine Adresse wurde ohne weitere Begründung abgelehnt: ohne Punkte für 5.1.0.",
        "In Bounce-Listen. In einer Sitzung stünde der Code nach RCPT.",
        "Jedes Zeichen der Adresse prüfen, auch Leerzeichen und Anführungszeichen.",
    ),
    "511": (
        "Falsches Zielpostfach",
        "Kein solcher Benutzer: Das ist der erweiterte Code 5.1.1 ohne Punkte. Server, die sich an die RFCs halten, sagen `550 5.1.1`.",
        "In Bounces, deren Status die Punkte verloren hat, und von Courier als `511 Headers specify no recipients`.",
        "Die Adresse korrigieren oder von der Liste nehmen. Beim Text von Courier eine To-, Cc- oder Bcc-Zeile in die Nachricht setzen.",
    ),
    "512": (
        "Falscher Zielhost",
        "Der Teil hinter dem @ führt ins Leere, zumindest im DNS: 5.1.2 abzüglich der Punkte.",
        "In Bounce-Listen, bei einer Domain, die es nicht gibt oder die keinen Mailserver hat.",
        "Das DNS nach MX- und Adresseinträgen der Domain fragen und Schreibfehler korrigieren.",
    ),
    "513": (
        "Syntax der Zieladresse falsch",
        "Die Empfängeradresse ist nicht richtig aufgebaut, sagt 5.1.3 in der Schreibweise ohne Punkte.",
        "In Bounce-Listen, wo lebende Server 501 oder 553 verwenden würden.",
        "Nach einem fehlenden @ suchen, einem Komma statt eines Punkts oder einem Anzeigenamen in den Klammern.",
    ),
    "515": (
        "Zielpostfach-Adresse ungültig",
        "Listen erklären den Code als ungültige Adresse, aus 5.1.5 mit entfernten Punkten. Die Registry widerspricht: X.1.5 bedeutet eine gültige.",
        "Soweit bekannt nur in Bounce-Listen.",
        "Dem Text des Bounce mehr trauen als der Nummer und die Adresse mit einer einfachen Nachricht testen.",
    ),
    "517": (
        "Schlechter Absender",
        "Die Adresse des Absenders oder der EHLO-Name wird abgelehnt: 5.1.7 unter Auslassung der Punkte.",
        "Von Courier bei MAIL oder EHLO, wenn die Domain des Absenders nicht existiert oder keinen gültigen MX hat.",
        "Einen Absender verwenden, dessen Domain einen MX- oder Adresseintrag hat, und einen EHLO-Namen, den das DNS kennt.",
    ),
    "518": (
        "Schlechte Absenderdomain",
        "Die Domain hinter dem @ des Absenders taugt nicht für Antworten. Der Code steht für 5.1.8, nur ohne Punkte.",
        "In Bounce-Listen; Sendmail schreibt dieselbe Ablehnung als `553 5.1.8`.",
        "Einen MX- oder Adresseintrag für die Domain des Absenders veröffentlichen oder von einer anderen senden.",
    ),
    "520": (
        "Richtige QHLO-Kennung verwenden",
        "Die Kennung, die der Client aus einer früheren Sitzung behalten hat, ist veraltet. Sie gehört zu einer Schnellstart-Erweiterung, die nie ein Standard wurde.",
        "Bei keinem heute bekannten Server; der Entwurf ist abgelaufen.",
        "Auf EHLO zurückgehen.",
    ),
    "522": (
        "Postfach voll",
        "Der Empfänger ist über seiner Quota, denn genau das heißt 5.2.2 ohne Punkte.",
        "In Bounces; Server sagen gewöhnlich `552 5.2.2`.",
        "Den Empfänger auf anderem Weg um Platz im Postfach bitten; bleibt es wochenlang voll, die Adresse streichen.",
    ),
    "526": (
        "Keine DNS-Daten",
        "Der sendende Dienst fragte das DNS nach der Domain des Empfängers und bekam eine leere Antwort.",
        "In Berichten von Aliyun DirectMail, endgültig, wo 423 vorläufig ist.",
        "Schreibweise und MX der Domain prüfen; gibt es keinen, die Adresse entfernen.",
    ),
    "531": (
        "Mailsystem voll oder zu viele Empfänger",
        "Der Server hat eine dauerhafte Grenze, die diese Nachricht überschreitet. Es ist 5.3.1 ohne Punkte, die vorläufige Form ist 431.",
        "Vom Programm submit in Courier, meist bei einer zu langen Empfängerliste.",
        "An weniger Empfänger auf einmal senden. Spricht der Text von Platz, muss der Admin des Servers handeln.",
    ),
    "532": (
        "System nimmt keine Nachrichten an",
        "Das System ist für Mail geschlossen: 5.3.2 nach Herausnahme der Punkte. In FTP verlangen dieselben drei Ziffern ein Konto.",
        "In Fehlerlisten; ein Host, der alle Mail ablehnt, sollte 521 sagen.",
        "Bei der Empfängerseite per Telefon oder Webformular nachfragen, ob sie überhaupt Mail annehmen soll.",
    ),
    "540": (
        "TLS nicht verfügbar oder Empfänger inaktiv",
        "Jeder liest ihn anders. Courier: TLS ist hier nicht zu haben; Rambler: Das Postfach ist inaktiv oder gesperrt.",
        "`540 TLS not available` nach STARTTLS, `540 5.7.1` mit `recipient address rejected` nach RCPT.",
        "Nach STARTTLS die TLS-Einrichtung des Servers korrigieren; nach RCPT den Empfänger von der Liste nehmen.",
    ),
    "541": (
        "Empfänger abgelehnt oder Ablehnung durch Spamfilter",
        "Die Empfängerseite wies die Nachricht nach einer Regel ab. Als 5.4.1 ohne Punkte hieße es `no answer from host`, was nicht zur Verwendung passt.",
        "Zoho: `541 5.4.1 Mail rejected by destination domain`; in Listen auch für Spamfilter genannt.",
        "Den Empfänger bitten, die eigene Adresse zuzulassen, und die Nachricht auf das durchsehen, was einem Filter missfallen kann.",
    ),
    "542": (
        "Abgelehnt",
        "Ein Filterdienst sagte Nein und nannte keinen üblichen Grund.",
        "Bei RCPT, von MessageLabs (Symantec) in gesammelten Bounces.",
        "Den Admin des Empfängers ansprechen, der die passende Regel im Log des Filters sehen kann.",
    ),
    "546": (
        "Routing-Schleife",
        "Der Server hat die Nachricht schon einmal gesehen und sie angehalten. Die Ziffern sind 5.4.6 in der punktlosen Schreibweise von Courier.",
        "Nach dem abschließenden Punkt, von Courier, bei einer Nachricht mit zu vielen Received-Zeilen.",
        "Den Kreis durchbrechen: Eine der Domains, Aliasse oder Weiterleitungen auf dem Weg schickt die Mail zurück.",
    ),
    "547": (
        "Zustellfrist endgültig abgelaufen",
        "Der Absender gab nach seinem letzten Versuch auf: 5.4.7, um die Punkte gebracht.",
        "In Bounce-Listen, neben dem häufigeren 447.",
        "Den vorläufigen Fehler davor suchen und dessen Ursache beseitigen, dann die Nachricht noch einmal senden.",
    ),
    "557": (
        "Adressabfrage abgelehnt oder Inhalt zu groß",
        "Ein abgelaufener Entwurf verwendete den Code für eine Frage nach einer Adresse, die der Server nicht beantwortet. Aliyun DirectMail meint Inhalt über seiner Größengrenze.",
        "In Berichten von DirectMail; der Befehl des Entwurfs kam nie in Umlauf.",
        "Die Nachricht kürzen, zuerst die Anhänge.",
    ),
    "558": (
        "Filter lehnt für einige Empfänger ab",
        "Die Nachricht wurde gefiltert, und die Zeilen der Antwort enthalten ein Urteil je Empfänger.",
        "Von Courier nach dem abschließenden Punkt, wenn sich die Filter der Empfänger nicht einig sind.",
        "Die Zeilen einzeln lesen und an jene erneut senden, deren Zeile einen vorläufigen Fehler zeigt.",
    ),
    "559": (
        "Empfänger als unzustellbar bekannt",
        "Der sendende Dienst führt die Adresse auf seiner eigenen Liste toter Adressen und hat es gar nicht versucht.",
        "In Berichten von Aliyun DirectMail als `Invalid rcptto`.",
        "Die Adresse löschen oder beim Dienst freigeben lassen, sobald sicher ist, dass sie funktioniert.",
    ),
    "571": (
        "Zustellung nicht erlaubt, Nachricht abgelehnt",
        "Eine Richtlinie des Empfängers weist die Nachricht ab: 5.7.1, seiner Punkte beraubt. RFC 5321 erlaubt keine zweite Ziffer über 5, doch echte Server senden diesen Code.",
        "Von Courier, von Orange und La Poste bei gescheiterter DMARC-Prüfung (`571 5.7.1`) und von einigen deutschen Hostern.",
        "Wie `550 5.7.1` behandeln: SPF oder DKIM mit der From-Domain in Einklang bringen oder den Empfänger nach seiner Regel fragen.",
    ),
    "572": (
        "Auflösen der Mailingliste verboten",
        "An diese Liste darf der Absender nicht schreiben. Der erweiterte Code 5.7.2 gab die Ziffern, die Punkte fielen weg, und die 7 stellt ihn außerhalb der Grammatik von SMTP.",
        "Bei RCPT für die Adresse einer geschlossenen Liste oder Gruppe.",
        "Sich vom Inhaber der Liste bei denen eintragen lassen, die an sie schreiben dürfen.",
    ),
    "585": (
        "Unzustellbare Adresse",
        "Die Adresse kann keine Mail bekommen, sagt der Betreiber, der sich diese Nummer ausgedacht hat; SMTP hat keine Codes mit einer 8 in der Mitte.",
        "In Bounce-Regeln aus der Gemeinschaft um KumoMTA, für Antworten auf RCPT.",
        "Wie einen unbekannten Benutzer behandeln und nicht mehr dorthin senden.",
    ),
    "591": (
        "Host auf der Sperrliste",
        "Der Empfänger hat die Adresse des Absenders auf einer Sperrliste gefunden. Die 9 zeigt, dass die Nummer aus dem Stegreif erfunden ist.",
        "In den Bounce-Regeln von ZoneMTA, für Antworten auf MAIL oder RCPT.",
        "Die Liste suchen, die der Text nennt, abstellen, was zum Eintrag geführt hat, und die Austragung beantragen.",
    ),
}
