"""Wordings about the message itself: malware, spam, size, form, policy. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import WordingEntry
from smtpprobe.outcome import Reason

VIRUS: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.VIRUSDETECTED,
        patterns=(
            r"virus\b(?! ?total)",
            r"viruses\b",
            r"malware",
            r"trojan",
            r"\bworm\b",
            r"infected (?:message|mail|e-?mail|attachment|file|with|by)",
            r"\bmcspamsignature",
        ),
        samples=("554 5.7.1 Virus found in the message", "550 infected attachment"),
        near_misses=("550 Wormwood Street 5", "550 antiviral drugs"),
    ),
)

TOO_BIG: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.MESGTOOBIG,
        patterns=(
            r"(?:message|mail|e-?mail|msg|content|attachment|body|header and body)s?(?:'s)? (?:size |length )?(?:is |was |are )?(?:\w{1,12} )?(?:too|over|larger|bigger|exceed\w{0,3})\b ?(?:large|big|long|sized?|than|the|fixed|max\w{0,4}|size|limit|allowed|google|system|this|server|\d|for|by)",
            r"(?:message|mail|e-?mail|msg) (?:size|length)[^.;]{0,40} (?:exceed|limit|too|larger|bigger|maximum|over|greater)",
            r"exceed\w{0,3}[^.;]{0,50}(?:message|mail|e-?mail|msg|attachment|content)[^.;]{0,12} ?(?:size|length|limit)",
            r"exceeded google's message",
            r"(?<!box )size (?:exceed|limit|of (?:the |this |your )?(?:message|mail)[^.;]{0,30} (?:exceed|too|larger))",
            r"(?:max\w{0,4}) (?:allowed )?(?:message|mail|msg) ?size",
            r"oversized? (?:message|mail|e-?mail)",
            r"too (?:big|large) (?:for|a? ?message|mail)",
            r"(?:data|message|mail|file|email) (?:is )?(?:too|very) (?:big|large|long)\b",
            r"recipsizelimit|sendersizelimit|maxmessagesize",
            r"error: message file too big",
        ),
        samples=(
            "552 5.3.4 Message size exceeds fixed limit",
            "552 Mail too big",
            "Mail size limit exceeded",
        ),
        near_misses=("552 5.2.2 Mailbox size limit exceeded", "550 Headers too large (3 max)"),
    ),
)

OVER_LIMIT: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.EXCEEDLIMIT,
        patterns=(
            r"administrative limit",
            r"(?:message|mail) (?:size|length) exceeds (?:the )?(?:recipient|mailbox|user|administrat)\w{0,5}",
        ),
        samples=("552 5.2.3 Message length exceeds administrative limit",),
        near_misses=("552 Administrator on holiday",),
    ),
)

LINKS: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.SPAMDETECTED,
        patterns=(
            r"(?:black|block)[- ]?listed (?:url|link|uri|web ?site)",
            r"(?:url|uri|link|web ?site)s?\b[^.;]{0,40} (?:black|block)[- ]?list",
            r"\b(?:uri|sur)bl\b",
        ),
        samples=("550 Blacklisted URL in message",),
        near_misses=("550 Your IP is on a blacklist",),
    ),
)

SPAM: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.SPAMDETECTED,
        patterns=(
            r"(?<![\w·@-])spam(?:my|iness|ming|mers?|mail)?(?![\w@·]|-\w)",
            r"spamassassin|spam[- ](?:score|content|filter|policy|mail|message|like|detect|check|assassin|virus|related)",
            r"anti-?spam|antispam",
            r"unsolicited",
            r"\bjunk ?(?:mail|e-?mail|message)?\b",
            r"\bubes?\b|\buce\b|bulk e?mail",
            r"phishing",
            r"(?:message|mail|e-?mail)[^.;]{0,30} (?:content|body)[^.;]{0,20} (?:rejected|refused|denied|not accepted|unacceptable|not allowed|block)",
            r"content (?:\w{1,12} )?(?:rejected|denied|refused|restrictions?|filter|blocked|unacceptable|not allowed|not accepted|was rejected|is rejected)",
            r"(?:rejected|refused|denied|blocked|filtered) (?:by|due to|because of|for|on)[^.;]{0,30} (?:content|body)\b",
            r"message (?:\w{1,12} )?(?:filtered|looks like|appears to be|contains? (?:un|spam|forbidden|url))",
            r"(?:suspicious|objectionable|offensive|inappropriate|undesirable) (?:content|message|mail|url|link)",
            r"(?:content|url|link)s?[^.;]{0,40} (?:suspicious|malicious|and/or the links|harmful)",
            r"(?:nature of the content)",
            r"bayes|razor2?|dcc check|cloudmark",
            r"high probability of|classified as|scored as|considered as|identified as",
            r"bulk mail",
            r"we (?:do not|dont|will not) (?:accept|want) (?:spam|ube|uce|bulk)",
            r"\bdt:spm|\bph01\b",
        ),
        samples=(
            "550 5.7.1 Message classified as spam",
            "554 Your mail looks like spam",
            "550 5.7.1 Message content rejected",
            "554 unsolicited mail is not taken",
        ),
        near_misses=("550 spam.example.net does not exist", "550 <spam@example.net>: Relay access denied"),
    ),
)

FORM: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.CONTENTERROR,
        patterns=(
            r"headers? (?:is |are |line )?too (?:large|big|long|many)",
            r"too many (?:headers|received|mime|attachments)",
            r"(?:8-?bit|non-ascii|eight-bit|nul|null|control|illegal|invalid|unencoded) (?:\w{1,12} ){0,2}?(?:character|data|byte|octet)s?\b",
            r"(?:invalid|malformed|broken|bad|corrupt|illegal|missing) (?:\w{1,12} ){0,2}?(?:mime|multipart|boundary|encoding|charset|body|message format|structure)",
            r"(?:mime|multipart|charset|encoding)[^.;]{0,30} (?:error|invalid|malformed|broken|not supported|illegal|bad|required|deep)",
            r"message (?:is )?(?:malformed|not well[- ]formed|has no (?:body|content))",
            r"improper use of 8-bit",
            r"conversion (?:required|failed|not)",
            r"smtputf8|8bitmime (?:not|required)",
            r"binary data",
        ),
        samples=(
            "552 5.6.0 Headers too large",
            "550 5.6.9 Improper use of 8-bit data in the header",
            "554 Malformed MIME structure",
        ),
        near_misses=("550 Bad reputation", "250 8 octets"),
    ),
    WordingEntry(
        reason=Reason.NOTCOMPLIANTRFC,
        patterns=(
            r"(?<!/)rfc[ -]?(?:2?822|5322|5321|2821|1123)\b(?! ?;)",
            r"not rfc|rfc[- ]?compliant|rfc compliance|rfc violation",
            r"(?:duplicate|multiple|repeated|missing|invalid|malformed|no|empty|two|more than one|illegal|bad|improper) (?:\W{0,2}\w{1,16}\W{0,2} ){0,3}?(?:header|from:|date:|message-id|subject:|from header|date header|to:)",
            r"(?:header|from:|date:|message-id|subject:)[^.;]{0,30} (?:missing|duplicate|multiple|not (?:compliant|valid|present|found|rfc)|malformed|invalid|more than once|repeated|required)",
            r"messages with multiple addresses in from",
            r"missing (?:a )?valid (?:address|message-id|date|from)",
            r"same message-id",
            r"standards?[- ]compliant|violates? (?:rfc|internet standard)",
        ),
        samples=(
            "550 5.7.1 This message is not RFC 5322 compliant",
            "554 Transaction failed: Duplicate header 'Date'",
            "550 Missing From header",
        ),
        near_misses=("550 Relaying refused", "552 Headers too large"),
    ),
)

POLICY: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.POLICYVIOLATION,
        patterns=(
            r"polic(?:y|ies)\b",
            r"(?:illegal|forbidden|banned|blocked|prohibited|dangerous|unsafe|disallowed|executable|not allowed|unauthori[sz]ed) (?:\w{1,12} ){0,2}?(?:attachment|file|extension|content)",
            r"attachment (?:\S{1,20} ){0,3}?(?:is |was |are |type |types )?(?:\w{1,10} )?(?:not allowed|not permitted|blocked|rejected|banned|forbidden|prohibited|refused|denied|removed|disallowed|found)",
            r"(?:due to|because of) (?:\w{1,10} ){0,2}attachment",
            r"potential security (?:issue|risk|threat)",
            r"administrative(?:ly)? (?:prohibit|reject|den|block|refus)\w{0,6}",
            r"(?:violat|breach)\w{0,5} (?:of )?(?:\w{1,12} ){0,3}?(?:rule|term|security|guideline|restriction|regulation)",
            r"rejected by (?:\w{1,12} ){0,3}?(?:rule|administrator|transport|content)",
            r"transport\.rules|mail ?flow rule|custom rule|by (?:a )?rule\b",
            r"security (?:violation|reasons|restriction|rule|concern)",
            r"acceptable use|terms of (?:use|service)",
            r"not (?:permitted|allowed) by (?:the |our |this )?(?:\w{1,12} )?(?:rule|admin|security|company|site)",
            r"sender (?:not|is not) in allowed-?senders",
            r"in (?:white|allow)list for rcpt domain",
        ),
        samples=(
            "550 5.7.0 Local policy violation",
            "554 Mail from bob@example.org was refused for policy reasons",
            "552 5.7.0 Our system detected an illegal attachment on your message",
        ),
        near_misses=("550 Police records are not here", "550 The attachment arrived"),
    ),
)
