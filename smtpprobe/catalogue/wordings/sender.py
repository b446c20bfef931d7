"""Wordings about the sender: the envelope address, and what vouches for its domain. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import WordingEntry
from smtpprobe.outcome import Reason

UNVOUCHED: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.AUTHFAILURE,
        patterns=(
            r"dmarc",
            r"\bspf\b",
            r"sender policy framework",
            r"openspf",
            r"dkim(?!-signature'?\W{0,2}$)",
            r"domain ?keys",
            r"sender[- ]?id\b[^.;]{0,40}(?:fail|reject|not pass|denied|check)",
            r"arc (?:validation|chain|seal)[^.;]{0,20}fail",
            r"unauthenticated (?:e?-?mail|message)",
            r"(?:e?-?mail|message|sender)s? (?:is |was |are |has |have )?(?:not |un)(?:been )?authenticated",
            r"requires? all senders to authenticate",
            r"required authentication level",
            r"(?:authentication information|pass authentication checks|authentication checks? fail)",
            r"authentication[- ]results|sender authentication (?:failed|check|required)",
            r"(?:passed|pass|fails?|failed) (?:e-?mail|sender|domain) authentication",
            r"not designated by|not (?:permitted|authori[sz]ed|allowed) (?:to send (?:mail|email) )?(?:by|for|from) (?:the )?domain",
            r"anti-?spoof",
            r"spoofed (?:sender|mail|message|from)",
        ),
        samples=(
            "550 5.7.1 Message refused by the DMARC policy of example.org",
            "550 SPF check failed",
            "550 5.7.20 No valid DKIM signature",
            "550 5.7.26 Unauthenticated mail is not taken",
        ),
        near_misses=("550 SPFX is not supported", "530 5.7.0 Authentication required"),
    ),
)

REFUSED: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.REJECTED,
        patterns=(
            r"sender (?:e?-?mail )?(?:address )?(?:\W{0,3}@?\W{0,3} )?(?:is |was |has been )?(?:\w{1,12} )?(?:rejected|refused|denied|blocked|blacklisted|blocklisted|banned|invalid|unknown|not allowed|not permitted|not accepted|not found|forbidden|prohibited|unverified|unroutable|unverifiable|disallowed|not exist|does not exist|not valid|not authori[sz]ed)",
            r"sender (?:verify|verification|callout|check) (?:has )?fail",
            r"sender domain\b",
            r"sender'?s? (?:e?-?mail )?(?:address|domain|host|name)[^.;]{0,60} (?:not|no|un|invalid|denied|reject|must|fail|bogus|block|black)",
            r"(?:domain|host) (?:name )?of (?:the )?sender",
            r"(?:invalid|illegal|bad|bogus|unknown|unresolvable|unrout?eable|unverified|unverifiable|malformed|fake|forged|blocked|missing|wrong|empty|null) (?:envelope )?(?:sender|return[- ]path|reverse[- ]path|mail from)",
            r"unable to verify (?:the )?sender",
            r"could not (?:verify|complete|resolve)[^.;]{0,20} sender",
            r"sender was rejected",
            r"(?:reject|refus|bann|block|deni|den[yi])\w{0,4}[^.;]{0,20} (?:sender|envelope from|mail from|from address|return path)\b(?! (?:ip|exceed))",
            r"mail from (?!\[?\d)(?:address )?(?:\W{0,3}@?\W{0,3} )?[^.;]{0,30}(?:rejected|refused|not allowed|denied|not accepted|not permitted|not exist|invalid|must)\b(?! (?:for|due|because|by|as)\b)",
            r"(?:null|empty|blank) (?:sender|reverse-path|return path) [^.;]{0,20}(?:not|reject|refus|deni)",
            r"backscatter|bounce messages? (?:are |is )?not (?:accepted|allowed)",
            r"no bounces? (?:allowed|accepted)|does not (?:send|accept) bounces",
            r"from (?:address|field|domain)[^.;]{0,30} (?:not (?:verified|allowed|authori[sz]ed|permitted|owned)|rejected|refused)",
            r"email address is not verified",
            r"not (?:authori[sz]ed|allowed|permitted) to (?:send|use|post)[^.;]{0,30} (?:as|from|on behalf|with) (?:this|that|the|your)",
            r"permission[s]? to (?:send as|post)",
            r"send(?: mail)? as this sender",
            r"you (?:are|were) not (?:allowed|authori[sz]ed|permitted) to (?:send|post|mail) (?:mail |messages |e-?mail )?(?:to|on) (?:this|the) (?:group|list|mailing|distribution)",
            r"only (?:members|subscribers) (?:can|may|are)",
            r"not (?:a )?(?:member|subscriber|subscribed)",
            r"post(?:ing|s)? (?:to|by|from)[^.;]{0,30}(?:not allowed|non-?members?|restricted)",
            r"groups.google.com/support",
            r"banned sender(?! ?ip)",
            r"address (?:in )?mail from[^.;]{0,40}(?:reject|not|invalid)",
            r"unroutable sender",
            r"verification failed for (?:the )?sender",
            r"invalid address in mail from",
            r"purported responsible address",
            r"your (?:e-?mail )?address (?:\S{1,60} )?(?:has been |is |was )(?:blocked|blacklisted|blocklisted|rejected|banned)",
            r"unregistered domains?",
        ),
        samples=(
            "553 5.1.8 <bob@example.org>: Sender address rejected: Domain not found",
            "550 Invalid sender",
            "550 Sender verify failed",
            "550 Domain of sender address bob@example.org does not exist",
            "You may not have permission to post messages to the group",
        ),
        near_misses=("550 Recipient address rejected: User unknown", "550 The sending host was refused"),
    ),
)
