"""Enhanced status codes in German: policy. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "X.7.15": (
        "Priorität zu niedrig",
        "Der Server nimmt jetzt nur Nachrichten mit höherer Priorität an.",
        "Warten, bis die Last vorüber ist, oder ein höheres MT-PRIORITY verwenden, wo das erlaubt ist.",
    ),
    "X.7.16": (
        "Nachricht zu groß für die angegebene Priorität",
        "Mit dieser Priorität gilt eine kleinere Größengrenze, und die Nachricht liegt darüber.",
        "Die Nachricht verkleinern oder ihre Priorität ändern.",
    ),
    "X.7.17": (
        "Inhaber des Postfachs hat gewechselt",
        "Seit dem Datum, das RRVS angibt, ging das Postfach an jemand anderen.",
        "An diese Adresse keine Mail mehr für den früheren Inhaber senden und diese Person nach einer neuen fragen.",
    ),
    "X.7.18": (
        "Inhaber der Domain hat gewechselt",
        "Die ganze Domain hat nach dem Datum in RRVS den Besitzer gewechselt.",
        "Jede Adresse dieser Domain als fremd behandeln.",
    ),
    "X.7.19": (
        "RRVS-Prüfung nicht möglich",
        "Der Server führt nicht Buch darüber, wie lange der Inhaber das Postfach schon hat.",
        "Entscheiden, ob die Nachricht ohne RRVS gehen darf; enthält sie Geheimnisse, sollte sie es nicht.",
    ),
    "X.7.20": (
        "Keine gültige DKIM-Signatur gefunden",
        "Keine DKIM-Signatur der Nachricht ließ sich bestätigen.",
        "Die Mail signieren und den Selektor-Eintrag im DNS mit dem verwendeten Schlüssel vergleichen. Ein Relay, das den Text verändert, zerstört Signaturen.",
    ),
    "X.7.21": (
        "Keine annehmbare DKIM-Signatur gefunden",
        "Signaturen waren gültig, aber keine, die der Server gelten lässt: ein schwacher Schlüssel, zu wenig abgedeckt oder der falsche Unterzeichner.",
        "Einen Schlüssel mit mindestens 1024 Bit verwenden, besser 2048, und wenigstens From und Subject signieren.",
    ),
    "X.7.22": (
        "Keine gültige DKIM-Signatur der Autor-Domain gefunden",
        "Signaturen waren gültig, aber keine gehört zur Domain in From.",
        "Mit der Domain des Autors signieren, nicht nur mit der des Mailproviders.",
    ),
    "X.7.23": (
        "SPF-Prüfung gescheitert",
        "SPF besagt, dass dieser Host nicht für die Domain des Envelope senden darf.",
        "Die sendende Adresse in den SPF-Eintrag aufnehmen oder über einen eingetragenen Server senden. Auch Weiterleitungen verursachen es. Gmail verwendet 4.7.23 für einen fehlenden PTR-Eintrag.",
    ),
    "X.7.24": (
        "Fehler bei der SPF-Prüfung",
        "Der SPF-Eintrag ließ sich nicht auswerten: ein DNS-Fehler, ein Syntaxfehler oder mehr als zehn Abfragen.",
        "Den Eintrag testen, includes entfernen und je Domain genau einen SPF-Eintrag führen.",
    ),
    "X.7.25": (
        "Reverse-DNS-Prüfung gescheitert",
        "Die Adresse des sendenden Hosts hat keinen PTR-Eintrag, oder Name und Adresse passen nicht zueinander.",
        "Vom Inhaber der Adresse einen PTR auf den Hostnamen setzen lassen, und diesen Namen zurück auf sie zeigen lassen.",
    ),
    "X.7.26": (
        "Mehrere Authentifizierungsprüfungen gescheitert",
        "Weder SPF noch DKIM, oder keine von mehreren anderen Prüfungen, bürgte für den Absender.",
        "Zuerst SPF und DKIM für die From-Domain in Ordnung bringen; DMARC folgt daraus. Gmail sagt es auch nach einer einzigen gescheiterten Prüfung.",
    ),
    "X.7.27": (
        "Absenderadresse hat Null-MX",
        "Die Domain des Absenders veröffentlicht einen Null-MX, also könnte ihr niemand antworten.",
        "Von einer Domain senden, die Mail annimmt, oder dieser einen echten MX geben. Gmail meint damit gescheitertes SPF eines Massenversenders.",
    ),
    "X.7.28": (
        "Mailflut erkannt",
        "Von diesem Absender oder in dieses Postfach strömt viel mehr Mail als üblich.",
        "Die Kampagne oder das kaputte Skript anhalten, warten, dann mit geringerer Rate weitermachen.",
    ),
    "X.7.29": (
        "ARC-Prüfung gescheitert",
        "Die ARC-Kette, mit der Weiterleitende für eine Nachricht bürgen, lässt sich nicht bestätigen.",
        "Der letzte Weiterleitende, der die Nachricht versiegelt hat, muss herausfinden, wer sie danach verändert hat. Gmail meint damit, dass die Nachricht ohne TLS kam.",
    ),
    "X.7.30": (
        "Unterstützung für REQUIRETLS nötig",
        "Die Nachricht verlangt TLS auf jeder Station, und die nächste kann das nicht zusagen.",
        "Ohne REQUIRETLS senden, wenn das vertretbar ist, oder es den nächsten Server anbieten lassen. Gmail verwendet den Code für gescheitertes DKIM, Exchange Online für abgeschaltete Basic Authentication.",
    ),
}
