"""Wordings about a server or the way to it: names, network, loops, trouble, disk, delivery programs, time. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import WordingEntry
from smtpprobe.outcome import Reason

CLOSED: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.NOTACCEPT,
        patterns=(
            r"null ?mx",
            r"(?:host|domain|server|system|machine|site|recipient domain)(?:/domain)? (?:\S{1,60} )?(?:does|do|will|is|can) ?not (?:accept(?:ing)?|receiv(?:e|ing)|process(?:ing)?|tak(?:e|ing)|handle) (?:any |network |incoming |inbound )?(?:e-?mails?|mails?|messages?)\b(?! ?(?:from|for))",
            r"not accept(?:ing)? (?:any |network |incoming |inbound |new )?(?:messages|mail|e-?mail|connections)\b(?! (?:from|for|to) )",
            r"does not receive (?:e?-?mail|mail)",
            r"(?:find|no) (?:a |any )?(?:mail exchanger|mx host)",
            r"no (?:smtp|mail|esmtp) service(?: here)?\b",
            r"(?:esmtp|smtp|mail) (?:service|server) (?:is )?not (?:available|active|enabled)",
            r"(?:system|server|service|host) (?:is )?(?:\w{1,12} )?(?:under|down for|closed for|undergoing) (?:\w{1,12} )?maintenance",
            r"(?:offline|shutting down|going down|shut down)\b",
            r"system not accepting",
        ),
        samples=(
            "556 5.1.10 Recipient address has a null MX",
            "521 This host does not accept mail",
            "554 No SMTP service here",
        ),
        near_misses=("550 We do not accept mail from you",),
    ),
)

RESOLVER: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.NETWORKERROR,
        patterns=(
            r"(?:host|domain|name)[^.;]{0,60} not found,? (?:please )?try again",
            r"host ?name lookup failure",
            r"name service error[^.;]{0,80} (?:try again|servfail|timeout|timed out|temporar)",
            r"servfail",
            r"(?:temporary|transient) (?:\w{1,12} )?(?:dns|name|resolver|resolution)\b",
            r"temporary failure in name resolution",
            r"dns (?:\w{1,12} )?(?:failure|timeout|problem|temporar|timed out|server)(?!: host)",
            r"(?:dns|mx|domain|address|hostname) (?:lookup|query|resolution) (?:\w{1,12} )?(?:timed out|timeout|failed|failure|deferred)(?!: ?host)",
        ),
        samples=(
            "Host or domain name not found, try again",
            "451 4.4.3 Temporary DNS failure",
            "host lookup: SERVFAIL",
        ),
        near_misses=("DNS lookup failure: host mx.example.net not found", "550 Host unknown"),
    ),
)

NAMES: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.HOSTUNKNOWN,
        patterns=(
            r"host (?:name )?(?:\S{1,80} )?(?:is )?(?:unknown|not found|not known|not exist|does not exist|could not be found|name has no mail)",
            r"unknown (?:host|domain|mail server|mailhost|destination domain|mail domain|destination host|hostname)",
            r"(?:domain|domain name|mail domain|destination domain|recipient domain)(?:'s)? (?:\S{1,80} )?(?:is |was |has been )?(?:does not exist|not exist|not found|unknown|not be found|could not be found|invalid|not known|has expired|not registered|non-?existent|has no mail|not resolve|not have)",
            r"no such (?:domain|host|mail host|mailhost|site|server)",
            r"(?:invalid|bad|illegal|non-?existent|nonexistent|unresolvable|unroutable|incorrect) (?:recipient |destination |mail )?(?:domain|host ?name|host\b|mail server)",
            r"unrout(?:e)?able (?:mail )?(?:domain|address|mail)",
            r"nxdomain",
            r"no (?:valid )?(?:mx|mail exchangers?|mail servers?|dns)(?: or \w{1,10})? (?:\w{1,12} )?(?:records?|hosts?|for|found|exists?|entry|in)",
            r"name or service not known",
            r"(?:host|domain)[^.;]{0,40} (?:has no|without|lacks) (?:\w{1,8} )?(?:mx|mail exchanger|dns|a record|mail server)",
            r"all relevant mx records point to non-existent hosts",
            r"(?:could|can|did|was) ?not (?:find|resolve|locate|look up)[^.;]{0,60} (?:host|domain|mx|hostname|server)\b",
            r"couldnt find any host|find any (?:mail exchanger|host) (?:named|by that name|or ip)",
            r"\b[a-z0-9-]{1,63}·[a-z0-9·-]{2,100} (?:does not exist|not found)",
            r"wrong domain|mistyped domain",
            r"domain is not reachable",
            r"authoritative (?:answer|host not found)",
            r"unable to (?:resolve|look ?up|find) (?:the )?(?:\w{1,12} )?(?:domain|host|mx|dns)",
            r"dns (?:lookup|query|resolution|error)[^.;]{0,30}(?:not found|no such)",
        ),
        samples=(
            "550 5.1.2 <ann@example.net>... Host unknown",
            "Domain example.net does not exist",
            "all relevant MX records point to non-existent hosts",
            "550 Unrouteable address",
        ),
        near_misses=("550 Host refused the mail", "550 User unknown"),
    ),
)

LOOPS: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.NETWORKERROR,
        patterns=(
            r"too many hops",
            r"\bhops?\b[^.;]{0,20} (?:exceed|limit|reached|count|too many)",
            r"hop count",
            r"(?:mail|routing|message|forwarding|delivery|smtp|mx) loop",
            r"loop(?:s|ing)? (?:detected|back|found)",
            r"loops? back to (?:me|myself|itself)",
            r"maximum (?:forwarding|hop)",
            r"message is looping",
            r"too many received",
            r"sees? itself in (?:the )?(?:mx|route)|points? back to (?:me|myself|itself)",
        ),
        samples=("554 5.4.6 Too many hops", "554 mail for example.net loops back to myself"),
        near_misses=("550 Shops are closed", "550 The loophole is known"),
    ),
)

DISK: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.SYSTEMFULL,
        patterns=(
            r"insufficient (?:system |disk |queue |free )?(?:storage|resources|disk|space|memory)",
            r"(?:disk|storage|queue|spool|filesystem|file system|partition)[^.;]{0,20} (?:is )?(?:full|exhausted)\b",
            r"no space left on device",
            r"space shortage",
            r"(?:not enough|out of|no more|low on|no free) (?:disk|queue|system|spool|storage|memory)\b[^.;]{0,20}",
            r"mail system (?:is )?full",
            r"queue limit",
        ),
        samples=("452 4.3.1 Insufficient system storage", "451 No space left on device"),
        near_misses=("552 5.2.2 Mailbox full",),
    ),
)

PROGRAMS: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.MAILERERROR,
        patterns=(
            r"mailer (?:error|failed|returned|exited)",
            r"procmail|maildrop:|vdelivermail:|deliver: ?unable|dovecot-lda",
            r"pipe to ?\|",
            r"(?:child|process|program|command|script|transport|delivery agent|filter)\b[^.;]{0,60} (?:returned|exited|exit|died|failed|terminated|crashed|status)[^.;]{0,20} ?(?:\d|status|code|signal|error|abnormal|with)",
            r"(?:exit|error|return) (?:status|code)[: ]\W{0,2}\d{1,3}\b",
            r"exited with",
            r"cannot (?:open|create|append|write|lock|exec)\w{0,6} (?:to )?(?:the )?(?:mail ?box|mail ?file|mbox|maildir|output|file|lock|/)",
            r"could not (?:open|create|append|write|lock|exec)\w{0,6} ",
            r"command died",
            r"command failed",
            r"x-unix; \d{1,3}\b",
            r"unknown mailer",
            r"operating system error",
            r"local delivery failed",
            r"mail(?:box)? (?:delivery agent|write)[^.;]{0,20} (?:error|fail)",
        ),
        samples=(
            "procmail: Couldn't create a file below /var/mail",
            "Child process of the transport returned 127",
            "554 5.3.0 unknown mailer error 2",
        ),
        near_misses=("250 Command completed",),
    ),
)

TROUBLE: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.SYSTEMERROR,
        patterns=(
            r"(?:internal|system|server|local|configuration|processing|software|backend|database|lookup|ldap|mysql|queue|unexpected|unknown|generic|general|storage|i/o|io) (?:\w{1,12} ){0,2}?(?:error|failure|problem|trouble|exception|fault)\b",
            r"(?:contact|connect|connection|bind)[^.;]{0,20} (?:to )?(?:\w{1,12} )?(?:ldap|mysql|database|sql|backend|directory)\b",
            r"(?:ldap|mysql|database|sql|directory) (?:server|service|lookup)[^.;]{0,20} (?:fail|error|down|unavailable|unreachable|not)",
            r"(?:lookup|aliasing|forwarding|expansion)[^.;]{0,20} (?:deferred|failed|failure|error)",
            r"misconfigur|wrongly configured|incorrectly configured|config error|configuration error",
            r"local error in processing",
            r"mail system configuration",
            r"unable to (?:process|handle|complete|queue|lock|write|deliver locally)",
            r"cannot (?:process|handle|complete|queue)\b",
            r"could not (?:process|complete|queue|load|forward)",
            r"duplicated message-id",
            r"too (?:busy|much load)|overload|server (?:is )?busy|high load|load (?:is )?too high|system load",
            r"license (?:has )?expired",
            r"query refused",
            r"queue file write error",
            r"127.255.255",
            r"upstream error",
            r"out of memory",
            r"timed? ?out while (?:processing|scanning)|(?:scan|scanner|milter|filter|policy) (?:server )?(?:timed? ?out|timeout|unavailable|error|fail)",
            r"try again later, closing connection",
            r"permission denied",
            r"temporar(?:y|ily) (?:lookup|authentication|server|local|system|internal) (?:problem|error|failure|unable)",
        ),
        samples=(
            "451 4.3.0 Internal error",
            "451 Unable to contact LDAP server",
            "451 Local error in processing",
            "554 5.3.5 Local configuration error",
        ),
        near_misses=("500 Syntax error", "550 Unknown address"),
    ),
)

GIVEN_UP: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.EXPIRED,
        patterns=(
            r"in the queue too long",
            r"(?:retry|queue|delivery|message|envelope|retention|queue lifetime|time|transmission) (?:time ?(?:out)? |lifetime |period |interval |life )?(?:has |was |is )?(?:exceeded|expired|elapsed|timed out|ran out)",
            r"retry time(?:out)? (?:exceeded|not reached)",
            r"(?:could|can) ?not (?:be )?deliver(?:ed)? (?:your message )?(?:for|after|within|in) (?:the (?:last|past) |more than |over |at least |too )?(?:\d|long|several|many|one|two|three|four|five)",
            r"(?:still|has been|been) (?:undelivered|delayed|undeliverable|queued|deferred|waiting|in (?:the|our) queue)",
            r"(?:unable|failed|failing) to deliver[^.;]{0,40} (?:after|for|within) (?:\d|multiple|several|repeated|many|all|long|too)",
            r"delivery (?:has )?(?:failed|aborted|attempted|was aborted|been delayed|attempts?)[^.;]{0,30} (?:after )?\d{1,4}(?:\.\d)? ?(?:attempt|hour|day|minute|time|tries)",
            r"(?:aborted|gave up|given up|giving up|stopped trying) after",
            r"could not find a gateway",
            r"(?:giving up|gave up)[.;]?$",
            r"delivery (?:time )?expired",
            r"message expired",
            r"too many (?:delivery )?(?:attempts|retries|failed deliver)",
            r"maximum (?:number of )?(?:\w{1,10} )?(?:retries|attempts|queue time|age|delivery attempts)",
            r"(?:was |is )?delayed (?:for )?more than",
            r"did not accept our requests to connect",
            r"(?:connection|connect|operation) (?:has |was )?timed out",
            r"timed out (?:during (?:user open|connect)|in connect)",
            r"(?:server|host|system)[^.;]{0,40} (?:did|does|was|is|has) ?not (?:\w{1,10} )?(?:respond|responding|answer|reachable|responded)",
            r"not (?:reachable|delivered) within",
            r"unable to connect successfully",
            r"unable to deliver (?:this )?(?:mail|message) after",
            r"not collected",
        ),
        samples=(
            "The message has been in the queue too long",
            "retry timeout exceeded",
            "Message could not be delivered for 5 days",
            "Envelope expired",
        ),
        near_misses=("550 The password expired", "550 delivered"),
    ),
)

WAY: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.NETWORKERROR,
        patterns=(
            r"(?:connection|connect|network|tcp|session|conversation|operation|read|socket|smtp|dialogue|i/o|dns|host|greeting)\b[^.;]{0,60} (?:timed? ?out|timeout|reset|refused|lost|dropped|closed|broken|aborted|unreachable|terminated|interrupted|failed|failure|error)",
            r"timed out",
            r"lost connection",
            r"(?:network|host|route|destination|server)[^.;]{0,30} (?:is )?(?:unreachable|not reachable|down)\b",
            r"unreachable",
            r"no route to host",
            r"(?:cannot|could not|unable to|failed to|can not|not able to) (?:\w{1,12} )?(?:connect|reach|contact|establish|open (?:a )?connection|route|find (?:a )?route)",
            r"broken pipe",
            r"remote (?:host |server |end )?(?:closed|disconnected|hung up)",
            r"unexpected(?:ly)? (?:closed|disconnect|eof)",
            r"network error",
            r"no answer from host|bad connection",
            r"connect(?:ing)? to \S{1,80} ?(?:port \d{1,5})? ?failed",
            r"socket error",
            r"remote protocol error",
            r"unable to route",
        ),
        samples=(
            "connect to mx.example.net[192.0.2.1]:25: Connection refused",
            "lost connection with mx.example.net[192.0.2.1] while sending RCPT TO",
            "No route to host",
        ),
        near_misses=("421 closing the channel",),
    ),
)

NO_BOUNCE: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.FEEDBACK,
        patterns=(
            r"this is an? (?:\w{1,16} )?(?:e?-?mail )?(?:abuse|opt-out|complaint|feedback) report",
            r"feedback[- ]type:",
            r"abuse report for",
        ),
        samples=("This is an email abuse report for an email message received from IP 192.0.2.1",),
        near_misses=("550 Report abuse to abuse@example.net",),
    ),
    WordingEntry(
        reason=Reason.VACATION,
        patterns=(
            r"out of (?:the |my )?office",
            r"i am (?:currently )?(?:away|on (?:vacation|holiday|leave|annual leave|parental leave)|travell?ing)",
            r"i will be (?:away|out of|on (?:vacation|holiday|leave)|travell?ing)",
            r"auto(?:matic|mated)?[- ]?(?:reply|response|responder)",
            r"away from (?:the |my )?(?:office|desk|e-?mail)",
            r"vacation (?:message|reply|notice)",
            r"abwesenheitsnotiz|nicht im (?:buro|hause)",
        ),
        samples=("I am currently away and back on Monday", "Automatic reply: I will be out of the office"),
        near_misses=("550 The office is closed",),
    ),
    WordingEntry(
        reason=Reason.DELIVERED,
        patterns=(
            r"successfully (?:delivered|relayed|sent)",
            r"(?:message|mail) (?:has been |was )?(?:delivered|relayed) (?:successfully|to (?:the )?(?:mailbox|following|next))",
        ),
        samples=("Your message was successfully delivered to the destination",),
        near_misses=("Your message was not delivered",),
    ),
)
