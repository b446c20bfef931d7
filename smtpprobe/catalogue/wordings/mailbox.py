"""Wordings about the recipient's mailbox: unknown, full, closed, moved, choosy. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import WordingEntry
from smtpprobe.outcome import Reason

SUPPRESSED: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.SUPPRESSED,
        patterns=(
            r"suppression[- ]list",
            r"suppressed (?:address|recipient|because|due)",
            r"(?:recipient|address|is|was) suppressed",
            r"not delivering to (?:a )?previously (?:bounced|unsubscribed|suppressed)",
            r"marked (?:their|your) (?:message|mail|email)s? as spam before|not delivering to a user who marked",
            r"bounced address (?:on|in) (?:our|your|the) list",
            r"previous(?:ly)? hard[- ]bounced?",
        ),
        samples=(
            "605 Not delivering to previously bounced address",
            "The address is on the account's suppression list",
        ),
        near_misses=("Display of errors is off",),
    ),
)

SUSPENDED: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.SUSPEND,
        patterns=(
            r"(?:mailbox|account|user|recipient|address|maildrop|inbox|domain)\b[^.;]{0,40} (?:is |was |has been |been )"
            r"(?:currently |temporarily |permanently |now |administratively )?(?:disabled|suspended|deactivated|de-activated"
            r"|inactive|closed|locked|frozen|blocked due to inactivity|terminated|cancell?ed|not active|no longer active|on hold)",
            r"disabled (?:mailbox|account|user|recipient)",
            r"inactive (?:mailbox|account|user|recipient)",
            r"suspended (?:mailbox|account|user|recipient)",
            r"(?:mailbox|account|user|recipient|email) (?:temporarily |currently |permanently )?(?:disabled|suspended|deactivated|inactive|closed|locked|expired|frozen)",
            r"(?:mailbox|account|user) currently (?:disabled|suspended|inactive|not active)",
            r"(?:account|mailbox) (?:has |is )?expired",
            r"account (?:is |has been |was )?blocked",
            r"not an active (?:address|account|mailbox|user|recipient)",
            r"(?:mailbox|account|user|address|recipient) (?:is )?not active",
            r"account that you tried to reach is (?:disabled|inactive)",
            r"blocked due to inactivity",
            r"(?:mailbox|account)[^.;]{0,20} not accepting (?:any )?(?:new )?(?:messages|mail)",
            r"temporarily locked",
            r"invalid\W{1,3}inactive user",
            r"address rejected: (?:inactive|blocked|disabled|suspended|locked|closed)",
            r"out of storage space and inactive(?! ?\.? ?please)",
        ),
        samples=(
            "550 5.2.1 <ann@example.net>: this mailbox has been disabled",
            "550 Account suspended",
            "550 This account is locked",
        ),
        near_misses=("550 TLS was disabled by the admin", "550 User unknown; VRFY disabled"),
    ),
)

FULL: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.MAILBOXFULL,
        patterns=(
            r"(?:mail ?box|inbox|mail ?drop|mail folder|mail account|account|mailfolder|user|recipient|quota)(?:\W{1,3}\w{0,20}){0,3}? (?:is |are |was )?(?:full|over[- ]?full|too full|overfull)\b",
            r"(?:mail ?box|inbox|maildrop)(?:'s)? (?:is |size |storage )?(?:full|over[- ]?quota|limit|quota)",
            r"over[- ]?quota",
            r"over (?:the |its |their |his )?(?:allowed |allocated |maximum |storage |disk )?quota",
            r"exceed\w{0,3} (?:the |its |their |his |your )?(?:\w{1,20} ){0,3}?quota",
            r"quota (?:has been |is |was |limit |would be )?(?:exceeded|full|violat|reached|used up|exhausted|overdrawn)",
            r"quota (?:exceeded|violation)",
            r"disk quota",
            r"out of (?:storage|disk|mailbox) (?:space|quota)",
            r"(?:mail ?box|maildir|inbox|folder|account)[^.;]{0,40} exceed\w{0,3} [^.;]{0,30}(?:size|storage|limit|space|quota|allow)",
            r"exceed\w{0,3} (?:the |its |their |his )?(?:storage|mailbox|mail box) (?:allocation|limit|size|space|capacity)",
            r"exceeded storage",
            r"(?:not enough|insufficient|no|lack of|out of) (?:free |more |remaining |available )?(?:storage |disk |mailbox )?(?:space|room|storage)[^.;]{0,20} (?:in|for|left in|on) (?:the |this |user's |recipient's )?(?:user|mail ?box|inbox|recipient|account|destination)",
            r"mail ?box[^.;]{0,40} (?:no|not enough|insufficient) (?:\w{1,12} )?(?:space|room|storage)",
            r"user has (?:exhausted|exceeded|used)[^.;]{0,40}(?:storage|space|quota|limit)",
            r"user has too many messages",
            r"too much mail data",
            r"too many messages (?:in|on) (?:this |the |recipient's )?(?:mail ?box|inbox|folder|server)",
            r"exceeds? allowed size",
            r"not have (?:enough|sufficient) (?:\w{1,12} )?(?:space|room|quota)",
            r"mailbox[^.;]{0,30} (?:has )?reached [^.;]{0,20}(?:limit|size|maximum|quota|capacity)",
            r"(?:storage|mailbox) limit (?:\w{1,10} )?(?:exceeded|reached)",
            r"overquotaperm|overquotatemp",
            r"quotaexceeded",
            r"dd this user'?s mailbox",
        ),
        samples=(
            "552 5.2.2 Mailbox full",
            "552 <ann@example.net>: over quota",
            "450 The recipient's mailbox is over its storage limit: quota exceeded",
            "User mailbox exceeds allowed size: ann",
        ),
        near_misses=("452 4.3.1 Insufficient system storage", "552 Message size exceeds fixed limit"),
    ),
)

MOVED: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.HASMOVED,
        patterns=(
            r"has moved (?:to|from)",
            r"(?:user|recipient|mailbox|address|account) (?:has )?(?:been )?moved",
            r"(?:has |have )changed (?:his|her|their|its|my|our) (?:e-?mail )?address",
            r"(?:address|mailbox) (?:has been |was |is )?(?:replaced|changed) (?:by|with|to)",
            r"new (?:e-?mail )?address is",
            r"no longer on (?:this |the |our )?server",
            r"no longer (?:works?|employed|with|at|here)\b[^.;]{0,30}",
            r"has left (?:the|this|our) (?:company|organi[sz]ation)",
            r"moved, no forwarding",
        ),
        samples=("550 5.1.6 <ann@example.net> has moved to ann@example.org", "551 Recipient has moved"),
        near_misses=("550 Message removed", "554 The limit was changed"),
    ),
)

UNKNOWN: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.USERUNKNOWN,
        patterns=(
            r"(?:user|recipient|mail ?box|account|addressee|alias|address|name|destination|login|maildrop|username|mailbox name)s?(?:\W{1,4}@?\W{0,4}| is | was | are | name | address )?(?:is |was )?(?:unknown|not known|unrecogni[sz]ed|invalid|nonexist\w{2,4}|non-exist\w{2,4}|not valid|not recogni[sz]ed|not exist\w{0,4})\b",
            r"unknown (?:or (?:illegal|invalid) )?(?:\w{1,12} )?(?:user|recipient|mail ?box|account|addressee|alias|local|e-?mail address|destination (?:user|address|mailbox)|name|in (?:local|virtual|relay))",
            r"no such (?:\w{1,12}[ -]){0,3}?(?:user|recipient|mail ?box|account|addressee|alias|address|person|name|maildrop|id|mail drop|customer|subscriber|uid|destination|object)",
            r"no such person at this address",
            r"(?:invalid|bad|illegal|incorrect|wrong|non-?existent|unroutable|undeliverable) (?:\w{1,12} ){0,2}?(?:recipient|mail ?box|username|user\b|account|alias|destination (?:address|mailbox|user))",
            r"(?:user|recipient|mail ?box|account|addressee|alias|address|destination|e-?mail|customer|person|inbox|contact|group)\b[^.;]{0,80}? (?:does|do|did|could|can|was|is|were|has|may|would|cannot)(?: not)? (?:\w{1,10} ){0,2}?(?:exist|be found|found|be located|be verified|listed)\b",
            r"(?:user|recipient|mail ?box|account|addressee|address|alias)\b[^.;]{0,60} not (?:be )?(?:found|located|listed|exist\w{0,3}|registered|known|in (?:the |our )?(?:directory|database|table|list|server|system))",
            r"not (?:be )?found\b[^.;]{0,20} (?:user|recipient|mailbox|account)",
            r"(?:does not|do not|has no|have no|not) have (?:an?|any) (?:\S{1,30} ){0,3}?(?:account|mail ?box|user|recipient)",
            r"(?:has|have|there is|there's|with|is) no (?:\w{1,12} ){0,2}?(?:mail ?box|account|user|recipient|such|one)\b[^.;]{0,30}(?:by|here|with|of|for|name|called|found|user|address|account|mailbox|recipient)",
            r"no (?:mail ?box|account|user|recipient|one|person|valid recipients?|addressee|such)(?:es|s)? (?:here|by that name|with that name|by this name|found|exists?|matching|named|called|of that name|available|on this server|under)",
            r"no mailbox here",
            r"mailbox (?:\S{1,60} )?(?:is )?(?:not found|unavailable or not local|not here|not local)",
            r"not (?:a |an )?(?:valid|known|existing|recogni[sz]ed|registered|local|real|deliverable|legal) (?:[\w-]{1,12} ){0,2}?(?:user|recipient|mail ?box|account|address|addressee|alias|customer|destination)",
            r"not (?:our|a) (?:customer|user|member|subscriber)",
            r"recipient (?:address )?(?:\W{0,3}@?\W{0,3} )?(?:is )?(?:not recogni[sz]ed|unknown|not exist|does not|no longer|not found|not available|nonexist|unallocated)",
            r"recipient name is not recogni[sz]ed",
            r"unallocated",
            r"rejected ?: access denied\.? ?(?:\[|as\()",
            r"validrcptto",
            r"recipient (?:verify|verification|callout) (?:has )?fail",
            r"address (?:could not be|was not|not|cannot be) (?:found|resolved|verified|located)",
            r"address (?:not found|does not exist|no longer (?:exists?|valid|in use|available|accepts?))",
            r"not listed in",
            r"no longer (?:a valid|valid|available|exists?|in use|accepted|on (?:this|our))",
            r"recipientnotfound|recipnotfound",
            r"rcpt\S{0,12} (?:does not|not) exist",
            r"(?:could|can|did|was|were)\s?not (?:be )?(?:find|found|locate|identify|resolve)[^.;]{0,30} (?<!ip )(?:user|recipient|mailbox|account|address)\b",
            r"unknown (?:address|e-?mail|id|person|customer)\b(?! error)",
            r"(?:ldap|directory)[^.;]{0,30} (?:no match|not found|no such|no entry)",
            r"unable to (?:find|verify|locate) (?:the |this |that )?(?:user|recipient|mailbox|address|destination address)",
            r"verify failed for (?:the )?(?:address|recipient)|verification failed for @$",
            r"user doesnt|user_unknown|usernotfound|useraccountnotfound",
            r"(?:user|address|mailbox|account|recipient) (?:has been |was |is )?(?:deleted|removed|erased|purged|retired)",
            r"deleted (?:user|mailbox|account)",
            r"cannot deliver to this (?:user|address)",
            r"delivery to (?:this|the) (?:user|address|recipient) (?:is )?not possible",
            r"this user is not",
            r"not (?:hosted|handled|served) (?:here|by)[^.;]{0,20}(?:user|mailbox|address)",
            r"user \S{0,60} ?\(\W?@\W?\) not listed",
            r"bad (?:destination|recipient|rcpt|e-?mail) ?(?:address|mailbox|user)",
            r"unrecogni[sz]ed (?:user|recipient|address|account)",
            r"not (?:a )?(?:recogni[sz]ed|known) (?:at|by) (?:this|our)",
            r"undeliverable address|dead address|vanished user",
            r"email address (?:you entered )?(?:was |is )?(?:not|in)[ ]?(?:found|valid)",
            r"domain does not have this (?:user|mailbox)",
            r"mailbox for @? ?(?:was )?not found",
            r"user not (?:here|local|found|exist|known|listed|registered|on (?:this|our))",
            r"recipient not (?:here|local|found|exist|known|listed|registered|ok)",
        ),
        samples=(
            "550 5.1.1 <ann@example.net>: Recipient address rejected: User unknown in virtual mailbox table",
            "550 No such user here",
            "550 Requested action not taken: mailbox not found",
            "554 delivery error: This user doesn't have an example.net account",
            "User ann (ann@example.net) not listed in Domino Directory",
            "511 sorry, no mailbox here by that name",
            "550 Invalid recipient",
        ),
        near_misses=(
            "550 Host unknown",
            "550 Unknown command",
            "550 Domain not found",
            "554 Spam message refused",
        ),
    ),
)

FILTERED: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.FILTERED,
        patterns=(
            r"(?:refused|rejected|blocked|denied|declined) (?:due to|by|because of|on) (?:the )?(?:recipient|user|addressee|owner)",
            r"recipient (?:has )?(?:refuses|declines|rejected|refused|blocked|does not accept|does not want|only accepts|prefer)",
            r"user (?:reject|refus|has blocked|does not accept)",
            r"recipient'?s? (?:preferences|settings|policy|filter|personal)",
            r"(?:email|mail) preferences of the (?:person|user|recipient)",
            r"not (?:on|in) (?:the |my |their |recipient's |his )?(?:\w{1,12} )?(?:white ?list|allowed[- ]senders?(?: list)?|approved senders?|safe ?list|accept list)",
            r"blocked by (?:the )?(?:user|recipient|addressee|mailbox owner)",
            r"due to (?:the )?(?:domain|mail|recipient|user) ?filter",
            r"rejected by (?:the )?(?:\w{1,12} )?(?:sieve|filter rule|domain filter|user filter|mailbox rule)",
            r"(?:spam|sieve|mail|user) ?filter rule",
            r"does not accept (?:e?-?mails?|messages) from (?:you|this sender|unknown|outside|external|senders)",
            r"mail is rejected by recipients",
            r"(?:you are|sender is) (?:blocked|blacklisted|blocklisted) by (?:the )?(?:recipient|user)",
            r"challenge[- ]response|confirm that you (?:are|sent)",
        ),
        samples=(
            "550 Refused due to recipient preferences",
            "550 The recipient does not accept mail from you",
            "550 blocked by the recipient",
        ),
        near_misses=("550 Recipient unknown", "550 refused by the server"),
    ),
)
