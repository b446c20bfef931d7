"""Wordings about the sending host: its address and name, its login, its pace, its commands. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import WordingEntry
from smtpprobe.outcome import Reason

REVERSE: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.REQUIREPTR,
        patterns=(
            r"\bptr\b",
            r"reverse[- ]?(?:dns|hostname|host|lookup|mapping|record|resolution|address|name|ip|delegation)",
            r"\brdns\b",
            r"cannot (?:find|resolve) (?:your|the) (?:reverse )?(?:host ?name|reverse|ip address|address|client)",
            r"(?:could|did|can) ?not (?:find|resolve) your (?:host ?name|ip|address)",
            r"(?:host|domain|name)[^.;]{0,40} mismatch\w{0,2} (?:client|your|the) ip",
            r"(?:ip|address|client|host)[^.;]{0,60} (?:does not|not|fails? to|must|cannot) (?:\w{1,10} )?(?:resolve|map)\b[^.;]{0,30}(?:back|name|host|dns)",
            r"ip ?(?:address)?[^.;]{0,30} (?:no|without|lacks?|missing) (?:valid |proper )?(?:hostname|host name|dns|name)",
            r"(?:forward[- ]confirmed|fcrdns|forged hostname|hostname forged|may be forged)",
            r"in-addr.arpa",
            r"servers? without a valid sender domain",
            r"unresolvable (?:relay )?host",
            r"dns (?:does not|and reverse|entry) (?:match|not match|mismatch)",
        ),
        samples=(
            "550 5.7.25 No PTR record for 192.0.2.1",
            "554 Fix reverse DNS for 192.0.2.1",
            "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]",
        ),
        near_misses=("550 Reverse the order of the commands", "550 No script here"),
    ),
)

ENCRYPTION: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.FAILEDSTARTTLS,
        patterns=(
            r"must issue a starttls",
            r"starttls (?:\w{1,12} ){0,3}?(?:required|first|failed|failure|not (?:available|offered|supported|possible)|is needed|needed|mandatory)",
            r"(?:requires?|need|must use|without|no) (?:a )?(?:starttls|tls)\b",
            r"tls (?:\w{1,12} ){0,3}?(?:required|mandatory|needed|not available|unavailable|failure|failed|handshake|negotiation|alert|error|version)",
            r"(?:isn.t|is not|wasn.t|was not|not) (?:using|sent over|sent via|received over|encrypted with) (?:a )?(?:secure )?tls",
            r"(?:not using|sent over) a tls connection",
            r"encryption (?:is )?(?:required|needed|mandatory|too weak)",
            r"(?:requires?|must (?:use|be|have)) (?:an? )?(?:encrypt|secure connection|secure channel|high-strength)",
            r"(?:ssl|tls) (?:connection|handshake|session|negotiation)[^.;]{0,30} fail",
            r"(?:mta-sts|tlsa|dane)\b[^.;]{0,40}(?:fail|invalid|not|error|mismatch|lookup|match)",
            r"certificate (?:\w{1,12} ){0,3}?(?:verify|verification|expired|failed|not trusted|untrusted|mismatch|invalid|rejected)",
            r"cannot start tls|unable to (?:start|negotiate|establish) (?:a )?tls",
            r"server certificate not",
        ),
        samples=(
            "530 5.7.0 Must issue a STARTTLS command first",
            "550 5.7.10 Encryption needed: TLS is required here",
            "Server certificate not trusted",
        ),
        near_misses=("220 Ready to start TLS", "550 The title is wrong"),
    ),
)

LOGIN: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.SECURITYERROR,
        patterns=(
            r"authentication (?:is )?(?:required|needed|mandatory|failed|failure|unsuccessful|rejected|invalid|credentials|error|first|not (?:accepted|successful))",
            r"(?:must|please|need to|have to|first) (?:first )?(?:authenticate|log ?in|sign ?in|auth\b)",
            r"auth (?:\w{1,12} )?(?:required|failed|failure|error|first|unsuccessful)",
            r"smtp auth(?:entication)?(?: is)? (?:required|needed|disabled|failed)",
            r"(?:turn on|enable|use) smtp auth",
            r"not (?:been )?(?:logged in|authenticated)",
            r"(?:user ?name|login|username) (?:and|or|/) ?password",
            r"(?:invalid|incorrect|wrong|bad) (?:\w{1,12} )?(?:password|credentials|login|username)",
            r"(?:password|credentials) (?:\w{1,12} ){0,2}?(?:incorrect|invalid|wrong|not accepted|rejected|expired|mismatch|does not match)",
            r"unauthenticated senders not allowed",
            r"unrecogni[sz]ed authentication type",
            r"auth(?:entication)? (?:mechanism|type)[^.;]{0,30} (?:not|un|disabled|too weak|weak)",
            r"basic authentication",
            r"application-specific password|web browser|app password",
            r"authrequired",
            r"authentication required",
            r"sender (?:is )?not authenticated",
            r"not authenticated to send",
            r"delivery not authori[sz]ed",
            r"not authenticated by organi[sz]ation",
            r"(?:tenantattribution|requireauth)",
            r"login (?:denied|failed|required|first)",
        ),
        samples=(
            "530 5.7.0 Authentication required",
            "535 5.7.8 Error: authentication failed",
            "535 Incorrect username or password",
        ),
        near_misses=("550 DMARC authentication of example.org", "250 Logging started"),
    ),
)

RELAY: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.NORELAYING,
        patterns=(
            r"relay(?:ing)? (?:access |mail |attempt |operation )?(?:is |was |to @? ?|for @? ?|from @? ?|through this server )?(?:\S{1,40} )?(?:denied|rejected|refused|prohibited|disallowed|forbidden|not (?:permitted|allowed|supported|authori[sz]ed|possible|enabled)|disabled|blocked|restricted|attempt)",
            r"(?:unable to|cannot|will not|do not|does not|not|no|refuse to|unwilling to|not permitted to|not allowed to|can ?not|not authori[sz]ed to) (?:act as an? )?(?:open )?relay(?:ing)?\b",
            r"(?:not|no|never) (?:an? |your )?(?:open |insecure )?(?:mail )?relay",
            r"rcpthosts",
            r"insecure (?:mail )?relay",
            r"as a relay",
            r"not (?:\w{1,12} ){0,3}?(?:local|hosted|handled|permitted|allowed) (?:domain|here)[^.;]{0,20}relay",
            r"relay (?:host )?(?:access )?(?:restriction|prohibit|denied)",
            r"not a gateway",
            r"(?:domain|address|recipient) (?:\S{1,40} )?(?:is )?not (?:handled|hosted|served|local) (?:here|by|on|at)\b",
            r"(?:we|server|host) (?:do|does) not (?:relay|accept (?:mail|email) for|handle (?:mail|email) for)",
            r"not (?:accept(?:ing)?|responsible|configured to accept|permitted to accept|authoritative)[^.;]{0,20} (?:mail|email|messages)? ?for (?:this|that|the|your)? ?domain",
            r"(?:this|that|your) (?:mail )?server requires authentication when attempting to send",
            r"non-?local (?:domain|recipient|address|user)",
            r"third[- ]party relay",
        ),
        samples=(
            "554 5.7.1 <ann@example.net>: Relay access denied",
            "550 we do not relay",
            "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
            "550 5.7.1 Unable to relay",
        ),
        near_misses=("450 The relay timed out", "554 Delayed; denied"),
    ),
)

REPUTATION: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.BADREPUTATION,
        patterns=(
            r"(?:low|bad|poor|none/bad|negative|no|unknown|suspicious|insufficient) (?:sender |ip |domain |host |email |network )?reputation",
            r"reputation[^.;]{0,40} (?:low|bad|poor|too|below|insufficient|suspicious|not)\b",
            r"(?:due to|because of|based on|by|for) (?:\w{1,12} ){0,3}?reputation",
            r"(?:ip|sender|domain) reputation",
            r"temporarily deferred due to (?:\w{1,12} )?(?:unexpected volume|user complaints)",
            r"\[tss\d\d?\]",
            r"user complaints",
            r"senderbase|senderscore|sender score",
        ),
        samples=(
            "554 Your access was refused due to a poor sender reputation",
            "421 4.7.0 Messages from 192.0.2.1 deferred: user complaints",
        ),
        near_misses=("554 The message was reputed to be long",),
    ),
)

GREYLIST: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.BLOCKED,
        patterns=(
            r"gr[ae]y[- ]?list",
            r"postgrey",
            r"come back (?:later|in)|not yet (?:been )?(?:seen|known|white)|first[- ]time (?:sender|contact|seen)",
            r"(?:try|retry|wait|come back)[^.;]{0,20} (?:at least )?\d{1,4} (?:seconds?|minutes?)",
            r"unverified address: address verification in progress",
            r"address verification in progress",
        ),
        samples=(
            "450 4.2.0 <ann@example.net>: Recipient address rejected: Greylisted, see the help page",
            "451 Please try again in 5 minutes",
        ),
        near_misses=("550 Grey is not listed",),
    ),
)

CONNECTIONS: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.TOOMANYCONN,
        patterns=(
            r"too many (?:\w{1,12} ){0,4}?(?:connections?|sessions?|clients?)\b",
            r"too many recipients",
            r"(?:maximum|max|limit)\b[^.;]{0,40} (?<!per )(?:connections?|sessions?)\b(?![^.;]{0,20} per (?:hour|minute))",
            r"connections? (?:\w{1,12} ){0,3}?(?:limit|count|rate)",
            r"concurren(?:t|cy)[^.;]{0,40} (?:limit|exceed|connections|sessions|too many)",
            r"connections? (?:frequency|count|limit) (?:limited|exceeded|reached)",
            r"(?:exceed\w{0,3}|reached)[^.;]{0,40} (?:connections|sessions|recipients)\b",
            r"recipients? (?:count |number )?(?:limit|per message|exceed)",
            r"(?:maximum|max) (?:number of )?recipients",
            r"trop de connexions",
        ),
        samples=(
            "421 4.7.0 Too many concurrent SMTP connections from 192.0.2.1",
            "452 4.5.3 Too many recipients",
            "421 The connection limit is reached",
        ),
        near_misses=("421 Too many errors", "550 Connections are welcome"),
    ),
)

PACE: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.SPEEDING,
        patterns=(
            r"rate[- ]?limit",
            r"(?:message|mail|sending|submission|delivery|email|recipient|send|receive|receiving|traffic|connect) rate\b",
            r"rate (?:of|for|at)[^.;]{0,60}(?:exceed|too|limit|prevents|mail|unsolicited)",
            r"at a rate that",
            r"throttl",
            r"too (?:fast|quickly|frequently|rapidly|often)\b",
            r"too (?:many|much) (?:\w{1,12} ){0,2}?(?:messages?|mails?|e-?mails?|traffic|requests|submissions|attempts|deliveries)\b(?! \w{0,12} ?in (?:the )?(?:mailbox|queue))",
            r"(?:hour|hourly|daily|day|minute|sending|submission|outgoing|outbound|sender'?s?) (?:\w{1,12} ){0,3}?(?:quota|limit|allowance|threshold)",
            r"(?:limit|quota|maximum)[^.;]{0,40} per (?:hour|minute|day|second|session|connection)",
            r"limit (?:for|on|of) (?:the )?(?:number|amount|messages|mails|e-?mails)",
            r"(?:messages?|mails?|e-?mails?) (?:sent )?per (?:hour|minute|day|second|connection|session)",
            r"(?:excessive|unexpected|unusual|abnormal|high) (?:\w{1,12} ){0,2}?(?:volume|amount|number|rate|traffic)",
            r"frequency limited",
            r"volume[^.;]{0,30} (?:limit|exceed|too)",
            r"slow down|sending slower|send(?:ing)? more slowly|reduce (?:your|the) (?:sending|rate|speed)",
            r"exceed\w{0,3}[^.;]{0,30} (?:sending|message rate|messages|emails|mails|threshold)",
            r"mail flood|flooding",
            r"thread limit",
            r"queue quota",
            r"\b(?:cel|dmc|ccl|drc|icc|ifc)\b",
        ),
        samples=(
            "450 4.7.1 Rate limit exceeded",
            "450 4.2.1 The user is receiving mail too quickly",
            "550 5.4.5 Daily sending quota exceeded",
        ),
        near_misses=("552 5.2.2 Mailbox quota exceeded", "450 4.7.1 Try again later"),
    ),
)

LISTED: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.BLOCKED,
        patterns=(
            r"(?:black|block|deny|denied|ban|bl|drop|reject)[- ]?list(?:s|ed|ing)?\b",
            r"blacklist|blocklist|blocked list|block[- ]list",
            r"\b(?:\w{0,8})?(?:dns|rb|xb|pb|sb|ur|db|bl)bl\b|\bdnsbl|\brbl",
            r"spamhaus",
            r"spamcop",
            r"\bsorbs\b|dnsbl\.sorbs",
            r"barracudacentral|barracuda reputation",
            r"uceprotect|mailspike|abuseat|cbl·|invaluement|ivmsip|gbudb|njabl|psbl|spamrats|nixspam|manitu",
            r"proofpoint.com",
            r"csi.cloudmark|cloudmark sender intelligence",
            r"blocked using",
            r"listed (?:in|at|by|on|with) (?!domino)",
            r"is (?:\w{1,12} )?listed\b",
            r"banned (?:sending )?(?:ip|host|address|client)",
            r"sender.office.com|delist[@·]",
        ),
        samples=(
            "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
            "550 Your IP is on our block list",
        ),
        near_misses=("550 The attachment is blocked", "550 User is blocked"),
    ),
)

HELLO: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.BLOCKED,
        patterns=(
            r"helo command rejected",
            r"(?:invalid|bad|wrong|illegal|bogus|malformed|forged|unacceptable) (?:helo|ehlo)",
            r"(?:helo|ehlo)(?: name| host| hostname| argument| domain| command|/ehlo)?[^.;]{0,60} (?:reject|invalid|not|denied|refused|must|bad|bogus|impersonat|forged|mismatch|illegal|unacceptable|unknown|required)",
            r"need fully-qualified hostname",
            r"my name was rejected",
        ),
        samples=(
            "504 5.5.2 <laptop>: Helo command rejected: need fully-qualified hostname",
            "550 Invalid HELO name (see RFC 5321)",
        ),
        near_misses=("550 Hello, the user is unknown",),
    ),
)

TURNED_AWAY: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.BLOCKED,
        patterns=(
            r"\b(?:ip|ips|client|client host|your (?:\w{1,12} )?(?:host|network|server|address|domain|isp)|netblock|subnet|asn?)\b[^.;]{0,60} (?:is |was |been |are |being |has been )?(?:\w{1,12} )?(?:blocked|banned|blacklisted|blocklisted|barred|denied|refused|rejected|prohibited|not (?:allowed|permitted|accepted|welcome)|deferred|restricted|in my)\b",
            r"(?:blocked|denied|refused|rejected|banned|restricted|not accepted|not allowed|no mail|no access) (?:\w{1,12} ){0,3}?(?:from|for|(?<!connection refused )by|to) (?:this |your |the |an? )?(?:\w{1,12} )?(?:ip|network|host|\[?(?:\d{1,3}.){3}\d{1,3})\b",
            r"(?:dynamic|dial[- ]?up|residential|consumer|generic|dhcp|end[- ]user)[- ](?:\w{1,12} ){0,2}?(?:ip|address|range|host|pool|client|network|space|name)",
            r"dynamic(?:ally)? (?:assigned|allocated)",
            r"use (?:the )?(?:your )?(?:isp|provider)'?s? ?(?:mail|smtp|outgoing)",
            r"(?:smtp|mail) (?:server|relay) of your (?:isp|provider)",
            r"contact your (?:internet )?(?:service )?provider",
            r"client host rejected",
            r"(?:you|your (?:\w{1,12} )?(?:ip|host|server|network|address|domain|system|site|isp))[^.;]{0,40} (?:\w{1,12} )?(?:blocked|banned|blacklisted|denied access|not allowed to (?:connect|send mail|access))",
            r"access (?:denied|refused|restricted) (?:from|to|for) (?:your|this|\[?\d)",
            r"access from[^.;]{0,40} (?:denied|blocked|refused|rejected|not)",
            r"(?:connection|connections|session) (?:\w{1,12} )?(?:refused|rejected|denied|blocked|not accepted|dropped)(?: (?:by(?! \w[\w-]{0,62}·[\w·-]{1,190}\W*$)|due|because|for|from)\b)(?! \[?(?:\d{1,3}.){3}\d{1,3}\]?:?\d{0,5}\W*$)",
            r"no (?:smtp )?(?:access|connections?) (?:from|for|allowed)",
            r"not accepting connections from",
            r"ipv6 sending guidelines",
            r"mail (?:from|server) \S{0,60} ?(?:is )?(?:blocked|banned|refused|denied)",
            r"(?:country|geographic|region|geoip)[^.;]{0,30} (?:block|not|restrict|den)",
            r"host network,? not allowed",
            r"we (?:do not|will not|cannot) (?:accept|take|receive) (?:mail|email|e-mail|messages|connections) from (?:your|this|the) (?:ip|host|server|network|provider|dynamic|isp|address)",
            r"too many (?:bad|invalid|unknown|failed|illegal) (?:\w{1,12} )?(?:recipients|commands|attempts|rcpt|users)",
            r"you cannot send e-?mail to yourself",
            r"mail from \[?\d[\d.·]{6,15}\]? (?:refused|rejected|denied|blocked)",
        ),
        samples=(
            "550 Your dynamic IP address is not welcome",
            "550 Connections from 192.0.2.1 are refused: your server is banned",
        ),
        near_misses=("550 The attachment is blocked", "550 User is blocked", "550 Recipient address rejected"),
    ),
)

COMMANDS: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.SYNTAXERROR,
        patterns=(
            r"syntax error",
            r"(?:command|verb|parameter|argument|option)s? (?:\S{1,20} )?(?:is |was |are )?(?:not (?:recogni[sz]ed|implemented|supported|understood|known|valid|allowed)|unrecogni[sz]ed|unknown|unsupported|unimplemented|invalid)",
            r"(?:unrecogni[sz]ed|unknown|unimplemented|unsupported|invalid|bad|illegal|improper) (?:smtp )?(?:command|parameter|argument|option|verb|sequence)",
            r"(?:bad|improper|wrong|out of) sequence",
            r"need (?:mail|rcpt|helo|ehlo)\b",
            r"(?:send|say|polite|require[sd]?|issue) (?:helo|ehlo|hello)\b",
            r"(?:protocol|synchroni[sz]ation) (?:error|violation)",
            r"improper use of smtp",
            r"pipelin",
            r"bare <?lf|bare (?:newline|linefeed)|bare lf",
            r"too many (?:errors|unrecogni[sz]ed|bad commands|syntax|protocol)",
            r"line too long",
            r"(?:malformed|unbalanced|missing) (?:address|path|command|route|<|>)",
            r"nested mail command",
            r"address syntax",
            r"no valid recipients?",
        ),
        samples=(
            "500 5.5.2 Syntax error",
            "503 5.5.1 Bad sequence of commands",
            "502 5.5.1 Command not implemented",
        ),
        near_misses=("550 Unknown user",),
    ),
)
