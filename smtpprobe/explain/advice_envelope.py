"""Advice on the envelope: senders and recipients refused or taken, greylisting, relaying (RFC 5321 3.6, 4.1.1)."""

from __future__ import annotations

from smtpprobe.explain.advice_auth import wants_login, wants_tls
from smtpprobe.explain.scene import Advice, Says, Scene, as_it_should_be, servers_fault, shown
from smtpprobe.outcome import Retry, Who

_RELAY = r"relay|allowed rcpthosts|not (a )?local|we do not (handle|accept)"
_UNKNOWN = (
    r"user unknown|unknown (user|recipient|local|mailbox)|no such (user|mailbox|recipient|address|person)|"
    r"does ?n[o']t exist|"
    r"(invalid|unknown) recipient|recipient (not found|unknown)|mailbox (unavailable|not found)|not found"
)
_GREY = r"gr[ae]y.?list|try (again )?(later|in)|come back|temporar|defer"


def delayed(scene: Scene) -> Says:
    """A refusal at RCPT that is about what came before it: Postfix delays rejections until then."""
    if scene.verb != "RCPT" or not scene.reply.refusal:
        return None
    why = "" if scene.dialect else " Postfix holds such refusals back until RCPT (smtpd_delay_reject)."
    if scene.says(r"helo command rejected|\b(ehlo|helo)\b.{0,200}(name|invalid|reject)"):
        name = shown(scene.known.ehlo_name) or "given"
        return Advice(
            f"Not about the recipient: it refuses the EHLO name {name}. Introduce yourself with a full name that "
            f"the DNS knows.{why}",
            Retry.AFTER_FIX,
            Who.SENDER,
        )
    if scene.says(r"sender address rejected"):
        return Advice(
            "Not about the recipient: it refuses the sender given in MAIL. Use a full address whose domain "
            f"exists.{why}",
            Retry.AFTER_FIX,
            Who.SENDER,
        )
    if scene.says(r"client host rejected"):
        return Advice(
            "Not about the recipient: it refuses the address you connect from, often for its missing or generic "
            f"reverse name.{why}",
            Retry.AFTER_FIX,
            Who.SENDER,
        )
    return None


def sender_domain(scene: Scene) -> Says:
    """5.1.8 and 5.1.7: the sender's domain or form."""
    if scene.verb not in {"MAIL", "RCPT"} or not scene.reply.refusal:
        return None
    detail = (scene.reply.enhanced or "")[1:]
    if detail == ".1.8" or (
        scene.verb == "MAIL" and scene.says(r"domain (of sender|not found|does not exist)|sender domain")
    ):
        return (
            "The sender's domain has no MX and no address in the DNS, or it could not be looked up: check it "
            "with “smtpprobe trace”."
        )
    if detail == ".1.7" and scene.verb == "MAIL":
        return "The sender address is not well formed: a full address in <>, local part and domain, is wanted."
    return None


def null_sender(scene: Scene) -> Says:
    """MAIL FROM:<> refused for good (RFC 5321 6.1: bounces come from there)."""
    if (
        scene.verb != "MAIL"
        or scene.code not in {501, 550, 553, 554}
        or wants_tls(scene)
        or wants_login(scene)
        or scene.asked
    ):
        return None
    if scene.argument.upper().replace(" ", "") != "FROM:<>" or (scene.whole and scene.standing.greeting in {521, 554}):
        return None
    return servers_fault(
        "The empty sender <> is refused, so bounces and reports cannot reach anyone here; RFC 5321 6.1 wants it taken.",
        "Take MAIL FROM:<> from everybody.",
    )


def no_brackets(scene: Scene) -> Says:
    """An address without <> (RFC 5321 4.1.1.2)."""
    if scene.probe != "mail-no-brackets":
        return None
    if scene.reply.positive:
        return as_it_should_be("Lenient: RFC 5321 4.1.1.2 wants the address in <>. It does no harm.")
    if scene.code in {500, 501, 553, 555}:
        return as_it_should_be("Strict, and right: RFC 5321 4.1.1.2 wants the address in <>.")
    return None


def refused_recipient(scene: Scene) -> Says:
    """550 and its relatives at RCPT: relaying, or no such mailbox."""
    if scene.verb != "RCPT" or scene.code not in {503, 521, 530, 550, 551, 553, 554, 556, 571}:
        return None
    if delayed(scene) is not None or wants_tls(scene):
        return None
    postmaster = "<POSTMASTER" in scene.argument.upper()
    if scene.says(_RELAY) and not scene.says(r"relay.{0,200}(spam|block|blacklist)"):
        if postmaster:
            return servers_fault(
                "postmaster is refused as if it were a foreign address; RFC 5321 4.5.1 wants it taken, with and "
                "without a domain.",
                "Add an alias for postmaster, and make its domain a local one.",
            )
        return Advice(
            "The recipient's domain is not this server's, and it will not pass mail on for you: right for an MX. "
            "Send to the domain's "
            "own MX, or log in on a submission port (587, 465).",
            Retry.AFTER_FIX,
            Who.SENDER,
        )
    if scene.says(_UNKNOWN) or scene.reply.enhanced == "5.1.1":
        if postmaster:
            return servers_fault(
                "There is no postmaster here, and RFC 5321 4.5.1 wants one: reports of trouble reach nobody.",
                "Add an alias postmaster that a person reads.",
            )
        if scene.says("invalid recipient"):
            return "No such mailbox, or no domain of this server's: check the spelling, and the domain's MX."
        return "There is no such mailbox: check the spelling of the address, and take it off your lists if it is right."
    return None


def wait(scene: Scene) -> Says:
    """450 and 451 at MAIL or RCPT: greylisting, mostly."""
    if (
        scene.verb not in {"MAIL", "RCPT", "DATA"}
        or scene.code not in {450, 451}
        or scene.says(r"local error|lookup|resolv")
    ):
        return None
    if scene.says(r"gr[ae]y.?list"):
        return Advice(
            "Greylisting: a stranger is sent away once. The same sender, recipient and address pass after some "
            "minutes; a mail server "
            "that queues needs no help.",
            Retry.LATER,
            Who.NOBODY,
        )
    if scene.says(_GREY) or (scene.reply.enhanced or "").endswith(".7.1"):
        return "Perhaps greylisting: try the same again from the same address in 5 to 15 minutes."
    return None


def many_recipients(scene: Scene) -> Says:
    """452 at RCPT (RFC 5321 4.5.3.1.10)."""
    if scene.verb != "RCPT" or scene.code not in {451, 452, 455}:
        return None
    if scene.code != 452 and not scene.says("too many"):
        return None
    if (scene.reply.enhanced or "").endswith(".2.2") or scene.says(r"quota|mailbox (is )?full"):
        return Advice("The recipient's mailbox is full; only they can make room.", Retry.LATER, Who.RECIPIENT)
    if scene.says("too many") or (scene.reply.enhanced or "").endswith(".5.3"):
        limits = [
            text
            for text in (scene.here.arguments("LIMITS") if scene.here else ())
            if text.upper().startswith("RCPTMAX=")
        ]
        announced = f" EHLO announces {shown(limits[0], 30)}." if limits else ""
        return (
            "Enough recipients for one transaction, no full disk: send to these, then to the rest in a new one "
            f"at once.{announced}"
        )
    return None


def taken(scene: Scene) -> Says:
    """250 and 251 at RCPT."""
    if scene.verb != "RCPT" or not scene.reply.positive or scene.asked:
        return None
    if scene.probe == "rcpt-before-mail":
        return servers_fault(
            "RCPT was taken without a MAIL before it; RFC 5321 4.1.4 asks for 503.",
            "Refuse RCPT outside a transaction.",
        )
    if scene.code == 251:
        return "The mailbox has moved, and this server passes the mail on; note the new address."
    if "<POSTMASTER" in scene.argument.upper():
        return "postmaster is taken, as RFC 5321 4.5.1 wants it."
    return (
        "Taken for now: many servers look at the mailbox only after the message, so this does not prove that it exists."
    )


ADVISERS = (delayed, sender_domain, null_sender, no_brackets, refused_recipient, wait, many_recipients, taken)
