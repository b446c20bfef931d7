"""EHLO keywords in German: observed. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "EHLO AUTH=": (
        "AUTH, alte Schreibweise",
        "AUTH für veraltete Clients",
        "Die Mechanismen noch einmal, mit Gleichheitszeichen, für Clients nach einem Entwurf von RFC 2554.",
        "Das Gleichheitszeichen ist in einem Schlüsselwort nicht erlaubt, und strenge Parser stolpern darüber. In Postfix kommt es von broken_sasl_auth_clients = yes; kein Client dieses Jahrhunderts braucht das.",
        "die SASL-Mechanismen, an das Schlüsselwort geklebt: AUTH=LOGIN PLAIN",
    ),
    "EHLO PRDR": (
        "Antwort je Empfänger nach den Daten",
        "ein Urteil für jeden Empfänger",
        "Nach der Nachricht antwortet der Server mit 353, dann mit einer Antwort je Empfänger, dann mit einer abschließenden.",
        "So kann der Filter eines Empfängers ablehnen, was ein anderer annimmt. Exim bietet es mit prdr_enable an; die meiste übrige Software ignoriert es.",
        "",
    ),
    "EHLO PIPECONNECT": (
        "Frühes Pipelining",
        "Reden vor der Begrüßung",
        "Bei späteren Verbindungen darf ein Client EHLO und mehr senden, bevor die Begrüßung gekommen ist.",
        "Exim macht es, gesteuert mit pipelining_connect_advertise_hosts. Hinter einem Load-Balancer müssen alle Server übereinstimmen, sonst ist die gemerkte EHLO-Antwort falsch.",
        "",
    ),
    "EHLO CLIENTID": (
        "Identität des Clients",
        "ein Gerätetoken neben dem Login",
        "Der Client benennt sein Gerät mit einer Art und einem Token, das der Server an die Zugangsdaten eines Kontos binden kann.",
        "Ein Server sollte es nur innerhalb von TLS anbieten, denn das Token ist eine Art Geheimnis.",
        "",
    ),
    "EHLO TIME": (
        "TIME",
        "unbekannt; vielleicht die Uhrzeit",
        "Manche Server führen es ohne jede öffentliche Beschreibung auf; es kann ein Befehl für die Uhr des Servers sein.",
        "Kein Absender verwendet es. Den Hersteller fragen, wenn es der eigene Server sagt.",
        "",
    ),
    "EHLO XACK": (
        "XACK",
        "eigen von PowerMTA; unbestätigt",
        "PowerMTA führt es auf; vermutlich betrifft es die Bestätigung von Einlieferungen, was sich nicht bestätigen ließ.",
        "Es geht Programme an, die für PowerMTA geschrieben sind, und sonst niemanden.",
        "",
    ),
    "EHLO MAILCOMPRESS": (
        "Komprimierte Übertragung",
        "eigen von Tencent; unbestätigt",
        "Die Mailserver von Tencent QQ kündigen es an; der Name spricht von Kompression, eine öffentliche Spezifikation gibt es nicht.",
        "Wie gewohnt zustellen, ohne es.",
        "",
    ),
    "EHLO COREMAIL": (
        "Sitzungstoken von Coremail",
        "ein Token von Coremail-Servern",
        "Coremail-Server, darunter 163.com und 126.com von NetEase, setzen ein Token für die Sitzung in ihre EHLO-Antwort.",
        "Das Token bedeutet einem Absender nichts; es in Anfragen an den Support dieses Providers zitieren.",
        "ein undurchsichtiges Token",
    ),
    "EHLO XXXXXXXA": (
        "Von einer Firewall gelöschtes Schlüsselwort",
        "von einer Firewall überschrieben",
        "Gar keine Erweiterung: Eine Firewall zwischen hier und dem Server hat ein Schlüsselwort, meist STARTTLS, mit dem Buchstaben X überschrieben.",
        "Die Verbindung bleibt im Klartext, und STARTTLS bringt 500. Auf einer Cisco ASA in der ESMTP-Inspektion TLS erlauben (allow-tls) oder inspect esmtp entfernen. Eine Begrüßung voller Sternchen ist das Werk derselben Firewall.",
        "",
    ),
}
