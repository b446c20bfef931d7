"""Every English word of a comparison that does not come from an entry: templates for sentences, phrases to fill them.

A value stands where any code, noun or list of them is right in every language that we have: phrases are whole noun or
verb groups, the person who acts is always the subject, and a code has no article.
"""

from __future__ import annotations

from enum import StrEnum

ASPECTS = (
    "Kind",
    "In one reply",
    "Class",
    "Topic",
    "Meaning",
    "Precision",
    "Who must act",
    "Trying again",
    "Connection",
    "Commands",
    "Classes",
    "Reply codes",
    "Number",
    "In practice",
)


class Template(StrEnum):
    """Sentences, and how a list is written."""

    LIST_MORE = "{items}, {next}"
    LIST_LAST = "{items} and {last}"

    TITLE = "SMTP {a} {name_a} vs {b} {name_b}"
    TITLE_OUTSIDE = "{a} {name_a} vs {b} {name_b}"

    # -- what a code is, where its entry does not say it --
    SAME_CAUSE = "{b} stands for the same cause as {a}; only the class is another."
    SAME_DIGITS = "As far as its digits tell, {b} means the same as {a}."
    SAME_WHEN = "Where {a} turns up, {b} may turn up as well."
    SAME_FIX = "What mends {a} mends {b} too."
    VENDOR_MEANING = "{vendor}: {meaning}"
    WHEN_PAIRED = "{code} stands behind a reply code, as in {examples}, and in the Status field of delivery reports."
    WHEN_UNPAIRED = (
        "{code} stands behind a reply code of the same class, none of which the registry ties to it, "
        "and in the Status field of delivery reports."
    )

    # -- summary --
    CLASSES = "{a} is {class_a}, while {b} is {class_b}."
    CLASS_SHARED = "{a} and {b} are both {classes}."
    TOPIC_SHARED = "The subject of both is {topic}."
    OUTSIDE_SHARED = "Neither {a} nor {b} is an SMTP reply: both numbers come from other software."
    KINDS = (
        "{basic} is a reply code, the part of a reply that programs act on, while {enhanced} is an enhanced status code, "
        "which stands behind a reply code and names the cause."
    )
    KINDS_OUTSIDE = "{basic} is no SMTP reply at all, while {enhanced} is an enhanced status code, which names the cause of a reply."
    TOGETHER = "They can stand in one reply."
    APART = "They do not belong in one reply."
    DOES = "Whoever gets {a} {does_a}; whoever gets {b} {does_b}."
    DOES_SHARED = "Whoever gets either of them {does}."
    WHO_SHARED = "In both cases {who} has to act."
    COMMANDS_SHARED = "Both can come in answer to {commands}."
    COMMANDS_APART = "No command brings both, so the command tells which of them to expect."
    SESSION_ONE = "Only {session} is heard in a session; {report} is found in logs and delivery reports."
    SESSION_NEITHER = "Both are found in logs and delivery reports rather than in a session."

    # -- one reply with both codes --
    PAIR_NAMED = "The two belong together: by the registry, {enhanced} goes with {codes}, as in {pair}."
    PAIR_UNNAMED = (
        "A reply may carry both, as in {pair}, for the registry ties {enhanced} to no certain reply code of that class."
    )
    PAIR_OTHERS = "A reply may carry both, as in {pair}, although by the registry {enhanced} goes with {codes}."
    PAIR_CLASH = "No reply should carry both, because {enhanced} belongs behind a reply code with the same first digit (RFC 2034 4)."
    PAIR_GO_AHEAD = "No reply should carry both, because RFC 2034 4 leaves 3yz replies without an enhanced status code."
    PAIR_OUTSIDE = "No reply carries both, because no server sends {basic}."
    DOTLESS = "{basic} is also how {enhanced} looks where its dots were lost."
    DOTLESS_BY_CHANCE = "That both have the same digits is chance: {basic} is not {enhanced} without its dots."

    # -- differences --
    KIND_BASIC = "{basic} stands at the beginning of every line of the reply, and every client must understand it."
    KIND_ENHANCED = (
        "{enhanced} is there only where the server offers ENHANCEDSTATUSCODES (RFC 2034), or in a delivery report, "
        "and a client may ignore it."
    )
    CLASS = "By its first digit, {a} says that {says_a}, and {b} that {says_b}."
    CLASS_OPEN = "{open} leaves the class open, while {other} says by its first digit that {says}."
    CLASS_OUTSIDE = (
        "{outside} does not begin with 2 to 5, as every reply code does; {other} says by its first digit that {says}."
    )
    CLASS_OPEN_OUTSIDE = "{outside} does not begin with 2 to 5, as every reply code does; {open} leaves the class open."
    TOPIC_BASIC = "The second digit of {a} stands for {topic_a}, that of {b} for {topic_b} (RFC 5321 4.2.1)."
    TOPIC_ENHANCED = "The second number of {a} stands for {topic_a}, that of {b} for {topic_b} (RFC 3463 3)."
    MEANING = "{a} stands for “{name_a}”, {b} for “{name_b}”."
    NOTHING_KNOWN = "Neither of them is known to the catalogue, so nothing but their digits tells them apart."
    PRECISION = "{general} is the catch-all of its subject, while {precise} names one cause."
    PRECISION_OF = (
        "The registry ties {count} enhanced status codes to {basic}, so the reply code alone leaves the cause open."
    )
    WHO = "On {a}, {who_a} has to act; on {b}, {who_b}."
    WHO_NOBODY = "Nobody has to act on {nobody}; on {other}, {who} has to."
    RETRY_DONE = "{code} leaves nothing to repeat, for nothing was refused."
    RETRY_NO = "The same attempt brings {code} again, whenever it is made."
    RETRY_LATER = "A later attempt may get past {code} with nothing changed."
    RETRY_OPEN = "Whether {code} is worth a new attempt depends on its first digit."
    RETRY_AFTER_FIX = "A new attempt gets past {code} only after something was changed."
    CLOSES = "The server closes the connection after {closing}; after {other} the session goes on."
    COMMANDS_ONLY = "Only {code} answers {commands}."
    COMMANDS_ANY = "{any} can answer any command, {other} only {commands}."
    COMMANDS_NONE = "{code} answers no command: it is written into logs and delivery reports by the sending side."
    COMMANDS_OF = "{code} answers {commands}."
    POSSIBLE = "In place of X, {a} mostly has {digits_a}, and {b} has {digits_b}."
    REPLY_CODES = "By the registry, {a} goes with {codes_a}, and {b} with {codes_b}."
    REPLY_CODES_ONE = "By the registry, {named} goes with {codes}; for {other} it names no reply code of that class."
    LAST_DIGIT = (
        "The first two digits are the same, and SMTP gives the last one no meaning of its own (RFC 5321 4.2.1)."
    )
    LAST_NUMBER = "Class and subject are the same; only the third number tells the causes apart."
    DEFINED = "{code} stands in {reference}."
    DE_FACTO = "No RFC defines {code}, yet it is seen in practice."
    UNLISTED = "No RFC defines {code}, and no server is known to send it."
    VENDOR_SENSE = "{code} has a sense of its own at {vendors}."
    VENDOR_ONLY = "{code} is not registered; it comes from {vendors}."
    UNREGISTERED = "{code} is not registered, yet servers may send it."
    NO_REPLY = "No server can send {code}."
    READ = "The text to read on {a} is {reference_a}, on {b} {reference_b}."
    MISTAKEN_MUTUAL = "The two are often taken for each other."
    MISTAKEN = "{a} is often taken for {b}."
    MISTAKEN_ALSO = "{code} also gets mixed up with {codes}."
    MISTAKEN_FOR = "{code} gets mixed up with {codes}."

    # -- when to use which --
    SEND = "Send {a} for “{name_a}”, and {b} for “{name_b}”."
    SEND_ONE = "Send {code} for “{name}”."
    SEND_STANDARD = "Instead of {code}, which no RFC defines, take a standard code such as {codes}."
    SEND_REGISTERED = "Instead of {code}, which is not registered, take a registered code such as {codes}."
    SEND_NEVER = "Never send {code}."
    SEND_NEITHER = "A server sends neither of them."
    SEND_SAME = "Behind a reply code, put {a} or {b} by its first digit: the cause is the same."
    SEND_TOGETHER = "Announce ENHANCEDSTATUSCODES in EHLO and send both in one reply: {pair}, then the text."
    SEND_APART = "Behind {basic} belongs an enhanced status code that begins with {digit}, never {enhanced}."
    SEND_WITHOUT = "Send no enhanced status code behind {basic}."
    SWAPPED_FINAL = "A wrong {later} keeps hopeless mail in the queue for days; a wrong {final} gives up what a later attempt would have brought through."
    SWAPPED_POSITIVE = (
        "A wrong {positive} makes the client believe that all is well; a wrong {negative} stops it for nothing."
    )
    SWAPPED_GO_AHEAD = "A wrong {go_ahead} leaves each side waiting for the other."
    SWAPPED_ALIKE = (
        "A client need not tell them apart, since its next step depends on the first digit only (RFC 5321 4.2.1); "
        "the choice is for the people who read the reply."
    )
    SWAPPED_ENHANCED = "The reply code decides what a client does; these tell people and bounce processors why."
    ON_SUCCESS = "On {codes}, go on as planned."
    ON_GO_AHEAD = "On {codes}, send what the server waits for."
    ON_LATER = "On {codes}, wait and let it be tried again."
    ON_NO = "On {codes}, do not try the same again."
    ON_FIX = "On {codes}, stop, mend the cause, and only then try again."
    ON_FIX_RECIPIENT = "On {codes}, stop, and ask the recipient's side to act."
    ON_FIX_SERVER = "On {codes}, stop, and ask the admin of the server to act."
    ON_OPEN = "On {codes}, go by the first digit: 2 is a success, 4 may pass, 5 will not."


class Phrase(StrEnum):
    """What fills the templates, where it is not a code, a verb or a text of an entry."""

    CLASS_2 = "a success (2yz, Positive Completion)"
    CLASS_3 = "a go-ahead (3yz, Positive Intermediate)"
    CLASS_4 = "a refusal for now (4yz, Transient Negative Completion)"
    CLASS_5 = "a lasting refusal (5yz, Permanent Negative Completion)"
    CLASS_OUTSIDE = "no SMTP reply at all"
    CLASSES_2 = "successes (2yz, Positive Completion)"
    CLASSES_3 = "go-aheads (3yz, Positive Intermediate)"
    CLASSES_4 = "refusals for now (4yz, Transient Negative Completion)"
    CLASSES_5 = "lasting refusals (5yz, Permanent Negative Completion)"
    ENHANCED_2 = "an enhanced status code of a success (class 2)"
    ENHANCED_4 = "an enhanced status code of a failure that may pass (class 4)"
    ENHANCED_5 = "an enhanced status code of a lasting failure (class 5)"
    ENHANCED_OPEN = "an enhanced status code whose class is left open"
    ENHANCEDS_2 = "enhanced status codes of a success (class 2)"
    ENHANCEDS_4 = "enhanced status codes of a failure that may pass (class 4)"
    ENHANCEDS_5 = "enhanced status codes of a lasting failure (class 5)"
    ENHANCEDS_OPEN = "enhanced status codes whose class is left open"

    SAYS_2 = "all went well"
    SAYS_3 = "the server waits for more"
    SAYS_4 = "it did not work this time"
    SAYS_5 = "it will not work this way"

    DIGIT_0 = "syntax"
    DIGIT_1 = "information"
    DIGIT_2 = "the connection"
    DIGIT_3 = "authentication (by custom)"
    DIGIT_4 = "nothing that RFC 5321 defines"
    DIGIT_5 = "the mail system"
    DIGIT_BEYOND = "nothing that SMTP's grammar allows"
    SUBJECT_0 = "nothing in particular"
    SUBJECT_1 = "the address"
    SUBJECT_2 = "the mailbox"
    SUBJECT_3 = "the receiving mail system"
    SUBJECT_4 = "network and routing"
    SUBJECT_5 = "the SMTP dialogue"
    SUBJECT_6 = "the content of the message"
    SUBJECT_7 = "security and policy"
    SUBJECT_BEYOND = "nothing that an RFC defines"

    DOES_SUCCESS = "has nothing to mend"
    DOES_GO_AHEAD = "sends what the server waits for"
    DOES_LATER = "waits and tries again"
    DOES_NO = "need not try the same again"
    DOES_AFTER_FIX = "has something to change before trying again"
    DOES_OPEN = "goes by the first digit"

    GREETING = "a new connection"
    ANY_COMMAND = "any command"
    OTHER_COMMANDS = "other commands"


TEMPLATES: tuple[str, ...] = (*map(str, Template), *map(str, Phrase), *ASPECTS)
