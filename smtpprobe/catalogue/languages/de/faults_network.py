"""Faults without a reply in German: network. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault refused by this machine": (
        "Das Programm wollte einen Mailserver auf dem eigenen Rechner erreichen, und dort lauscht nichts.",
        "Wenn kein Servername eingestellt ist und die Bibliothek auf localhost zurückfällt, oder in einem Container, wo localhost der Container selbst ist.",
        "Dem Programm den Namen des echten Servers geben (meist ist eine Umgebungsvariable nicht gesetzt) oder den Mailserver auf diesem Rechner starten; `smtpprobe probe HOST:587` zeigt, ob der echte antwortet.",
    ),
    "fault connection refused": (
        "Der Rechner wurde erreicht und sagte, dass auf diesem Port nichts lauscht, oder eine Firewall sagte es in seinem Namen. Es ist ein Fehler des Betriebssystems, keine SMTP-Antwort: Der Maildialog hatte noch nicht begonnen.",
        "Wenn der Maildienst nicht läuft, auf einem anderen Port oder einer anderen Adresse lauscht oder eine Firewall abweist statt zu verwerfen.",
        "Auf diesem Port lauscht dort nichts, oder eine Firewall antwortet: Hostnamen und Port prüfen (25 für einen MX, 587 oder 465 für Submission), dann, ob der Dienst läuft (`ss -ltn` auf dem Server); `smtpprobe probe HOST:587` versuchen.",
    ),
    "fault port 25 timed out": (
        "Auf einen Verbindungsversuch zu Port 25 kam keine Antwort. Pakete verschwinden unterwegs: Die meisten Zugangs- und Cloud-Provider verwerfen ausgehenden Port 25.",
        "Von einem Privatanschluss, einer Cloud-Maschine oder einem Container aus zu jedem Ziel gleichermaßen; zu einem einzelnen Ziel, wenn dessen Server ausgefallen ist.",
        "Ein anderes Ziel versuchen: Laufen alle in den Timeout, sperrt der Provider Port 25; ihn um Freigabe bitten oder über ein Relay auf 587 senden (`smtpprobe probe RELAY:587`). Ist es nur dieses eine, ist sein Server oder seine Firewall ausgefallen; warten und erneut versuchen.",
    ),
    "fault silent before the greeting": (
        "Die Verbindung stand, doch die Begrüßung des Servers (220) kam nicht rechtzeitig.",
        "Wenn der Port TLS vom ersten Byte an erwartet (465) und der Client im Klartext wartet, wenn der Server seine Begrüßung absichtlich verzögert oder überlastet ist.",
        "Für Port 465 den Client auf TLS von Anfang an stellen (`secure: true`, `SMTP_SSL`, `ssl`), für 587 auf STARTTLS. Sonst mindestens 30 s zulassen, besser 5 Minuten; `smtpprobe probe HOST:PORT` sagt, welcher der beiden Fälle es ist.",
    ),
    "fault timed out in mid-dialogue": (
        "Der Server hatte schon geantwortet und schwieg dann länger, als der Client wartet.",
        "Wenn der Server Inhalte lange prüft (am Ende der Daten), überlastet ist oder eine Firewall die Verbindung vergisst.",
        "Für einen Befehl 5 Minuten und nach dem abschließenden Punkt 10 Minuten zulassen. Bleibt es immer bei der Nachricht selbst stehen, während kurze durchgehen, ein Path-MTU-Problem suchen: eine Firewall, die ICMP `fragmentation needed` verwirft.",
    ),
    "fault timed out": (
        "In der erlaubten Zeit kam keine Antwort. Es ist ein Fehler des Betriebssystems oder des Clients, keine SMTP-Antwort.",
        "Wenn eine Firewall die Pakete verwirft, die Adresse falsch ist, der Server ausgefallen ist oder (auf Port 25) der Provider ausgehende Mail sperrt.",
        "Den Weg vom selben Rechner aus mit `smtpprobe probe HOST:587` prüfen. Hängt es dort auch, liegt es an einer Firewall oder der Adresse; wenn nicht, die Zeitgrenze des Clients anheben. Wo Port 25 zu jedem Ziel scheitert, ein Relay auf 587 verwenden.",
    ),
    "fault no IPv6 route": (
        "Der Name des Servers führte zu einer IPv6-Adresse, und dieser Rechner hat keinen Weg ins IPv6.",
        "Auf Rechnern und Containern ohne IPv6-Uplink, wenn der Server einen AAAA-Eintrag hat.",
        "Dem Rechner IPv6 geben oder das Programm IPv4 vorziehen lassen (Postfix: `inet_protocols = ipv4`; nodemailer: `family: 4`; Java: `-Djava.net.preferIPv4Stack=true`). Wo der Server auch eine IPv4-Adresse hat und das Programm sie versucht, geht die Mail von selbst weiter.",
    ),
    "fault network unreachable": (
        "Dieser Rechner kennt keinen Weg in das Netz dieser Adresse. Es ist ein Fehler des Betriebssystems, keine SMTP-Antwort.",
        "Wenn der Rechner offline ist, keine Standardroute hat oder ihm die Adressfamilie fehlt (vor allem IPv6).",
        "Auf dem sendenden Rechner `ip route get ADDRESS` prüfen; ist die Adresse IPv6 und gibt es hier kein IPv6, IPv4 verwenden.",
    ),
    "fault no route to host": (
        "Ein Router, eine Firewall oder dieser Rechner sagte, dass der Host nicht erreichbar ist. Es ist ein Fehler des Betriebssystems, keine SMTP-Antwort.",
        "Wenn der Server abgeschaltet oder seine Adresse veraltet ist; eine Firewall, die mit `host prohibited` abweist, sieht genauso aus.",
        "Prüfen, ob die Adresse aktuell ist (`smtpprobe probe HOST` löst sie frisch auf), dann die Firewall auf beiden Seiten. Bei einem anderen Rechner im selben Netz prüfen, ob er läuft.",
    ),
    "fault connection reset": (
        "Die andere Seite oder eine Firewall dazwischen hat die Verbindung weggeworfen, statt sie zu schließen. Es ist ein Fehler des Betriebssystems, keine SMTP-Antwort.",
        "Wenn der Server die Adresse bannt, abstürzt oder TLS bekommt, wo er Klartext erwartet; wenn eine Firewall oder ein Virenscanner die Sitzung kappt.",
        "Die sendende Adresse im Log und in der Bannliste des Servers suchen (fail2ban). Auf 465 TLS vom ersten Byte an verwenden, auf 587 STARTTLS. Kommt es nur bei manchen Nachrichten, einen Scanner auf dem Weg vermuten.",
    ),
    "fault aborted on this machine": (
        "Dieser Rechner selbst hat die Verbindung beendet, meist wegen eines Scanners oder einer lokalen Firewall.",
        "Auf Windows-Rechnern mit einem Virenscanner, der Mail prüft, und nach langem Schweigen auf der Leitung.",
        "Die Mail- oder TLS-Prüfung des Virenscanners für dieses Programm abschalten, dann erneut versuchen.",
    ),
    "fault lost before the greeting": (
        "Der Server nahm die Verbindung an und legte auf, bevor er ein Wort sagte.",
        "Wenn die sendende Adresse auf der Sperr- oder Bannliste des Servers steht, zu viele Verbindungen hat oder wenn der Port TLS vom ersten Byte an erwartet.",
        "Die sendende Adresse im Log und in der Bannliste des Servers suchen, die Zahl paralleler Verbindungen senken und für Port 465 TLS von Anfang an verwenden. `smtpprobe probe HOST` von einer anderen Adresse zeigt, ob es an der Adresse liegt.",
    ),
    "fault lost at the introduction": (
        "Der Server grüßte und legte dann auf die Vorstellung des Clients (EHLO oder HELO) hin auf.",
        "Wenn der Name, den sich der Client gibt, oder seine Adresse auf einer Liste steht; wenn eine Ratengrenze oder ein überlasteter Filter zuschlägt.",
        "Einen vollständigen Hostnamen verwenden, der auf die sendende Adresse zeigt (Postfix: `smtp_helo_name`, Exim: `primary_hostname`), dann die Adresse im Log des Servers suchen.",
    ),
    "fault lost at the end of the message": (
        "Die ganze Nachricht wurde gesendet, und die Verbindung riss ab, bevor der Server sagte, ob er sie hat. Sie kann zugestellt sein, und der nächste Versuch stellt sie doppelt zu.",
        "Wenn der Server Inhalte länger prüft, als eine Firewall dazwischen erlaubt, oder an der Nachricht abstürzt.",
        "Den empfangenden Admin um das Log dieser Minute bitten. Trifft es nur manche Nachrichten, scheitert dort ein Inhaltsfilter an ihnen; 10 Minuten auf die Antwort warten lassen.",
    ),
    "fault lost in the message": (
        "Die Verbindung riss ab, während die Nachricht selbst unterwegs war.",
        "Wenn ein Filter wegen Inhalt oder Größe ohne Antwort auflegt oder große Pakete verloren gehen (Path-MTU).",
        "Auf demselben Weg eine kurze Textnachricht senden. Kommt sie durch, als Nächstes die Größe versuchen: SIZE in `smtpprobe probe HOST` ansehen, dann, ob unterwegs ICMP gefiltert wird.",
    ),
    "fault lost in the envelope": (
        "Der Server legte auf einen Befehl hin auf, ohne Antwort.",
        "Wenn er Absender, Empfänger oder Befehlsrate auf grobe Art ablehnt oder sein Prozess abgestürzt ist.",
        "Mit `smtpprobe probe HOST` fragen, das zeigt, wo er auflegt. Über eine Verbindung an weniger Empfänger senden und die Adresse im Log des Servers suchen.",
    ),
    "fault the client hung up": (
        "Ein Client hat diesen Server verlassen oder ist verstummt, ohne sich zu verabschieden. Aus Sicht des Servers wurde keine Mail abgelehnt.",
        "Von Portscannern und Passwortratern und von Clients, denen ein Zertifikat oder eine Ablehnung nicht gefiel.",
        "Nichts zu tun, wenn die Adresse einem Fremden gehört. Gehört sie einem eigenen Benutzer, die Zeit mit dem Fehler des Clients vergleichen: Meist ist es ein Zertifikat, dem er nicht traut.",
    ),
    "fault broken pipe": (
        "Der Client schrieb weiter auf eine Verbindung, die der Server schon geschlossen hatte.",
        "Wenn der Server mittendrin aufgelegt hat: eine Ablehnung während der Nachricht, eine Größengrenze, eine Zeitgrenze zwischen zwei Nachrichten.",
        "Die letzte Antwort des Servers vor dem Abriss lesen: Dort steht der Grund. Werden Verbindungen zwischen Nachrichten offen gehalten, nach Untätigkeit neu verbinden.",
    ),
    "fault end of file": (
        "Der Server schloss die Verbindung, wo eine Antwort fällig war.",
        "Wenn der Server eine Zeitgrenze für untätige Verbindungen hat, die Adresse bannt, einen Protokollfehler sieht oder TLS vom ersten Byte an erwartet (Port 465).",
        "Auf 465 TLS von Anfang an, auf 587 STARTTLS verwenden. Kommt es nur bei offen gehaltenen Verbindungen vor, für jeden Stapel eine neue öffnen. `smtpprobe probe HOST:PORT` zeigt, bei welchem Befehl er auflegt.",
    ),
    "fault a local socket is missing": (
        "Der Mailserver konnte einen eigenen Helfer (LMTP, Milter, Policy- oder SASL-Dienst) an dessen Socket-Datei nicht erreichen.",
        "Wenn der Helfer nicht läuft, sein Socket anderswo liegt oder chroot oder Rechte ihn verbergen.",
        "Den Helfer starten, den Pfad auf beiden Seiten vergleichen (bei einem Dienst im chroot innerhalb des Queue-Ordners von Postfix) und den Socket für den Benutzer des Mailservers lesbar machen.",
    ),
    "fault forbidden by this machine": (
        "Die Regeln dieses Rechners selbst verbieten dem Programm, diese Verbindung zu öffnen.",
        "Mit SELinux auf einem Webserver, mit einer lokalen Firewall, in einer Sandbox und bei Shared Hosting, das ausgehende Mail verbietet.",
        "SELinux: `setsebool -P httpd_can_sendmail=1 httpd_can_network_connect=1`. Sonst die ausgehenden Regeln der lokalen Firewall prüfen oder den Hoster fragen, welches Relay erlaubt ist.",
    ),
    "fault no local address": (
        "Das Programm konnte die lokale Adresse nicht belegen, von der es senden soll, oder hat keine dieser Art mehr frei.",
        "Wenn eine eingestellte Quelladresse nicht auf diesem Rechner ist, IPv6 abgeschaltet ist oder alle Ports verbraucht sind.",
        "Die eingestellte Quelladresse (Postfix: `smtp_bind_address`, Exim: `interface`) mit `ip addr` vergleichen und IPv4 verwenden, wo IPv6 aus ist.",
    ),
    "fault too many open files": (
        "Das Programm hat so viele Dateien und Verbindungen offen, wie es darf, und konnte keine weitere öffnen.",
        "In Programmen, die je Nachricht eine Verbindung öffnen und nie schließen, und auf stark genutzten Servern mit niedriger Grenze.",
        "Verbindungen schließen (oder einen Pool verwenden) und die Grenze anheben (`ulimit -n`, `LimitNOFILE=` in systemd).",
    ),
}
