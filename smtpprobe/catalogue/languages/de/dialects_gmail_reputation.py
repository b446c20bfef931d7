"""Vendors' wordings in German: gmail reputation. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Gmail: address blocked after spam": (
        "Adresse nach Spam gesperrt",
        "Gmail hat die Nachricht abgelehnt: Von dieser Adresse kam so viel unerwünschte Mail, dass sie vorerst gesperrt ist und nicht nur gebremst.",
        "Die Quelle abstellen, die Listen bereinigen und einen Tag lang nichts senden. Postmaster Tools zeigt, wann die Beschwerden sinken; vor dem Neubeginn die Richtlinien für Absender befolgen.",
    ),
    "Gmail: rate limit on the address": (
        "Ratengrenze auf der Adresse",
        "Gmail sieht von dieser Adresse oder ihrem Netz mehr Mail als üblich oder mehr unerwünschte und bremst sie.",
        "Zuerst nach einem gehackten Konto oder Skript suchen. Dann langsam an die senden, die die Mail lesen, und die Rate über Tage steigern; Postmaster Tools zeigt die Beschwerden.",
    ),
    "Gmail: rate limit on the domain": (
        "Ratengrenze auf der Domain",
        "Gmail sieht im Namen dieser DKIM- oder SPF-Domain, von welcher Adresse auch immer, mehr unerwünschte Mail als üblich und bremst sie.",
        "Herausfinden, wer sonst im Namen der Domain sendet (Newsletter, Shops, Agenturen), abstellen, was Beschwerden einbringt, und einige Stunden warten.",
    ),
    "Gmail: rate limit on a link": (
        "Ratengrenze auf einem Link",
        "Gmail sieht mehr unerwünschte Mail als üblich, die auf eine Domain in dieser Nachricht verlinkt, und bremst alle Mail mit diesem Link.",
        "Die verlinkte Website auf einen Einbruch prüfen und die eigene Tracking- oder Kurzlink-Domain auf andere Nutzer. Eine eigene Link-Domain verwenden.",
    ),
    "Gmail: rate limit after spam": (
        "Ratengrenze nach Spam",
        "Gmail sieht von diesem Absender mehr Mail als üblich und bremst sie, ohne zu sagen, woran es den Absender erkennt.",
        "Die Quelle abstellen, dann langsam senden; Postmaster Tools zeigt die Beschwerderate.",
    ),
    "Gmail: one Message-ID on many messages": (
        "eine Message-ID an vielen Nachrichten",
        "Gmail hat die Nachricht zurückgestellt: Zu viele Nachrichten dieses Absenders tragen ein und dieselbe Message-ID.",
        "Das Programm, das die Mail schreibt, für jede Nachricht und jeden Empfänger eine neue Message-ID erzeugen lassen (RFC 5322 3.6.4).",
    ),
    "Gmail: bad reputation of the address": (
        "schlechter Ruf der Adresse",
        "Gmail hielt die Nachricht für verdächtig, weil frühere Mail von dieser Adresse unerwünscht war.",
        "Die Adresse in Postmaster Tools beobachten, alles authentifizieren und weniger senden, bis sich der Ruf erholt, was Tage bis Wochen dauert. Bei einer geteilten Adresse muss der Provider handeln.",
    ),
    "Gmail: bad reputation of the domain": (
        "schlechter Ruf der Domain",
        "Gmail hielt die Nachricht für verdächtig, weil frühere Mail dieser Domain unerwünscht war, von welcher Adresse sie auch kam.",
        "Die Domain in Postmaster Tools beobachten und alle finden, die in ihrem Namen senden. Eine neue Domain beginnt ohne Ruf: die Menge langsam steigern.",
    ),
    "Gmail: taken for spam": (
        "für Spam gehalten",
        "Gmail hat die Nachricht abgelehnt, weil Inhalt, Links oder Absender nach Spam aussehen.",
        "Mit einer reinen Textnachricht desselben Absenders vergleichen: Geht sie durch, ist es der Inhalt. Die Links, die Einwilligung der Empfänger und die Beschwerderate prüfen.",
    ),
    "Gmail: suspicious content or links": (
        "verdächtiger Inhalt oder Links",
        "Gmail hielt den Inhalt der Nachricht oder etwas, worauf sie verlinkt, für gefährlich.",
        "Die verlinkten Domains in Safe Browsing nachschlagen, zweifelhafte Links und Anhänge herausnehmen und prüfen, ob das sendende Konto gehackt ist.",
    ),
    "Gmail: home connections may not deliver": (
        "Privatanschlüsse dürfen nicht zustellen",
        "Gmail nimmt von dieser Adresse keine Mail direkt an: Sie sieht nach einem Privat- oder dynamischen Anschluss aus.",
        "Über das Relay des Providers oder einen Submission-Server senden. Die Adresse eines echten Mailservers braucht einen eigenen PTR-Namen und darf nicht auf den Policy-Listen stehen (Spamhaus PBL).",
    ),
    "Gmail: gateway of the recipient left out": (
        "Gateway des Empfängers ausgelassen",
        "Der Admin des Empfängers nimmt Mail für diese Domain nur von eingetragenen Gateways an, und diese Adresse ist keines.",
        "An den MX der Domain zustellen. War es genau der, muss ihr Admin die Adresse in die Einstellung für das eingehende Gateway aufnehmen.",
    ),
    "Gmail: recipient's domain demands TLS": (
        "Domain des Empfängers verlangt TLS",
        "Der Admin des Empfängers nimmt Mail für diese Domain nur über TLS an, und diese kam im Klartext.",
        "STARTTLS für ausgehende Mail einschalten, mit einem von öffentlicher Stelle signierten Zertifikat, wo die Domain das verlangt.",
    ),
    "Gmail: turned away at the door": (
        "an der Tür abgewiesen",
        "Gmail beendet die Verbindung ohne Begründung; meist schützt es sich vor zu vielen Verbindungen oder vor einem EHLO-Namen, der keiner ist.",
        "In EHLO den eigenen vollen Namen des Rechners verwenden, weniger Verbindungen öffnen und einige Minuten warten.",
    ),
    "Gmail: rate limit without a reason": (
        "Ratengrenze ohne Begründung",
        "Gmail hat Mail dieses Absenders gebremst; warum, sagt dieser Text nicht.",
        "Die weiteren Zeilen der Antwort ansehen, dann Postmaster Tools, und langsamer senden.",
    ),
}
