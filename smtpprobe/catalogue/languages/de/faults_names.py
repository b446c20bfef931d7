"""Faults without a reply in German: names. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault null MX": (
        "Die Domain des Empfängers sagt im DNS, dass sie überhaupt keine Mail annimmt (Null-MX).",
        "Bei Domains, die nur fürs Web dienen, und bei vertippten, die ein Registrar geparkt hat.",
        "Die Domain der Adresse korrigieren. Ist es die eigene und soll sie Mail annehmen, den MX-Eintrag `0 .` durch den Namen des eigenen Mailservers ersetzen.",
    ),
    "fault no mail exchanger": (
        "Die Domain des Empfängers hat im DNS keinen Mailserver: keinen MX-Eintrag und keine Adresse als Rückfall.",
        "Bei vertippten und abgelaufenen Domains und bei solchen, die älteren Programmen einen Null-MX zeigen.",
        "Die Domain der Adresse korrigieren; `smtpprobe probe --mx DOMAIN` zeigt, was das DNS jetzt sagt.",
    ),
    "fault mail exchangers without address": (
        "Die MX-Einträge der Domain nennen Hosts, die es nicht gibt oder die keine Adresse haben.",
        "Nachdem ein Server umzog und der MX-Eintrag vergessen wurde, und wo in einem MX-Eintrag eine IP-Adresse statt eines Namens steht.",
        "Der Admin des Empfängers muss die MX-Einträge korrigieren: Jeder muss einen Host mit A- oder AAAA-Eintrag nennen. `smtpprobe probe --mx DOMAIN` führt sie auf.",
    ),
    "fault record type missing": (
        "Den Namen gibt es im DNS, doch er hat keinen Eintrag der nötigen Art: keinen MX oder keine Adresse der verwendeten Familie.",
        "Bei reinen IPv4-Servern, wenn nur nach IPv6 gefragt wird oder umgekehrt, und bei Namen, die nicht für Mail gedacht sind.",
        "Nach beidem fragen: `smtpprobe probe HOST` nennt, was fehlt. Für die Domain einer Adresse `smtpprobe probe --mx DOMAIN` versuchen.",
    ),
    "fault mail goes back to this server": (
        "Das DNS nennt genau diesen Server als Mailserver des Empfängers, doch er kennt die Domain nicht als seine eigene.",
        "Wenn eine Domain hierher zeigte, bevor sie hier eingerichtet war, oder wenn ein Gateway sich selbst als besten MX findet.",
        "Die Domain dort eintragen, wo der Server seine eigenen führt (Postfix: `mydestination`, `virtual_mailbox_domains` oder `relay_domains`; Exim: `local_domains`; Sendmail: Klasse w; qmail: `control/locals` oder `rcpthosts`), oder den MX-Eintrag korrigieren.",
    ),
    "fault alias loop in the DNS": (
        "Alias-Einträge der Domain zeigen im Kreis aufeinander, darum löst sich der Name nie auf.",
        "Bei einem CNAME auf der Domain selbst oder einem Mailhost, meist nach einer halb ausgeführten Änderung.",
        "Der Inhaber der Domain muss den Kreis durchbrechen: Ein MX-Eintrag muss einen Host mit Adresse nennen, keinen Alias.",
    ),
    "fault illegal name in the DNS": (
        "Ein Name auf der Mailroute ist kein gültiger Hostname und lässt sich daher nicht nachschlagen.",
        "Bei einer IP-Adresse oder verirrten Zeichen in einem MX-Eintrag, in einer Relay-Einstellung oder hinter dem @ einer Adresse.",
        "Den Namen korrigieren. Eine IP-Adresse als Relay gehört in eckige Klammern: [192.0.2.25].",
    ),
    "fault domain not in the DNS": (
        "Google fragte nach den Mailservern der Empfängerdomain, und das DNS sagte, dass es diese Domain nicht gibt.",
        "Bei einer vertippten oder abgelaufenen Domain und nach einer verlorenen Registrierung.",
        "Die Domain der Adresse korrigieren; `smtpprobe probe --mx DOMAIN` zeigt, ob es sie jetzt gibt.",
    ),
    "fault DNS did not answer": (
        "Das DNS gab zu einem Namen keine Antwort. Den Namen kann es durchaus geben.",
        "Wenn der Resolver dieses Rechners ausgefallen oder unerreichbar ist (`/etc/resolv.conf`) oder die Nameserver der Domain oder deren DNSSEC-Signaturen kaputt sind.",
        "Zuerst andere Namen versuchen: Scheitern alle, den Resolver dieses Rechners reparieren (in einem Container dessen DNS-Einstellung). Scheitert eine Domain, muss ihr Inhaber die Nameserver reparieren; antwortet `dig +cd MX DOMAIN`, wo `dig MX DOMAIN` es nicht tut, ist DNSSEC kaputt.",
    ),
    "fault no such host": (
        "Der Name steht nicht im DNS, also wurde keine Adresse gefunden und keine Verbindung versucht.",
        "Bei einem Tippfehler in der Domain des Servers oder Empfängers, einem verirrten `https://` oder Leerzeichen in der Einstellung und bei Namen, die nur ein internes DNS kennt.",
        "Die Schreibweise prüfen; die Einstellung verlangt einen nackten Hostnamen wie `mail.example.org`. Für die Domain eines Empfängers `smtpprobe probe --mx DOMAIN` verwenden. In Containern prüfen, ob sich interne Namen dort auflösen lassen.",
    ),
}
