"""Can the sender's domain take bounces: it exists, and mail finds a server there (RFC 5321 5.1, RFC 7505 4.2). Pure."""

from __future__ import annotations

from smtpprobe.journey import Answer, Asking, Question, Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.asked import absent, addresses, broken, listed, mx_hosts, queryable

#: MX records that are followed.
HOST_LIMIT = 20


def check_sender_domain(domain: str) -> Asking[Ruling]:
    """The ruling on the domain of an envelope sender."""
    if domain.startswith("["):
        summary = f"The sender's address is at the literal {domain}, which most receivers refuse."
        return _ruling(domain, Standing.WARN, "literal", summary, ("Send from an address at a domain of yours.",))
    if not queryable(domain):
        return _ruling(domain, Standing.FAIL, "no-domain", f'The sender\'s domain "{domain[:80]}" is no domain name.')
    mail, *own = yield tuple([Question(domain, kind) for kind in ("MX", "A", "AAAA")])
    record = " / ".join(mail.records)
    if absent(mail) or any(absent(answer) for answer in own):
        summary = f"The sender's domain {domain} does not exist in the DNS, so receivers refuse mail from it."
        steps = (f"Send from a domain that exists, or have {domain} registered and delegated.",)
        return _ruling(domain, Standing.FAIL, "no-domain", summary, steps)
    if why := broken(mail):
        summary = f"Whether the sender's domain {domain} can take bounces cannot be told: {why}."
        return _ruling(domain, Standing.UNKNOWN, "temperror", summary, (f"Have the name servers of {domain} checked.",))
    hosts = [host for _, host in mx_hosts(mail)]
    if hosts and not any(hosts):
        return _null_mx(domain, record)
    if not hosts:
        return _itself(domain, tuple(own))
    return (yield from _through(domain, [host for host in hosts if queryable(host)][:HOST_LIMIT], record))


def _null_mx(domain: str, record: str) -> Ruling:
    summary = f"The sender's domain {domain} says that it takes no mail (null MX), so receivers refuse mail from it."
    steps = (
        "Send from a domain that takes mail.",
        f"Or replace the null MX of {domain} by one that names its mail server:  {domain}.  MX  10 mail.{domain}.",
    )
    return _ruling(domain, Standing.FAIL, "null-mx", summary, steps, record, ("RFC 7505 4.2",))


def _itself(domain: str, own: tuple[Answer, ...]) -> Ruling:
    """Without MX records the domain stands for itself."""
    if any(addresses(answer) for answer in own):
        summary = f"The sender's domain {domain} takes bounces at its own address: it has no MX record."
        return _ruling(domain, Standing.PASS, "address", summary)
    if why := "".join([broken(answer) for answer in own][:1]):
        summary = f"Whether the sender's domain {domain} can take bounces cannot be told: {why}."
        return _ruling(domain, Standing.UNKNOWN, "temperror", summary, (f"Have the name servers of {domain} checked.",))
    summary = (
        f"The sender's domain {domain} has neither MX nor address, so bounces find no way and receivers refuse it."
    )
    steps = (f"Publish where its mail goes:  {domain}.  MX  10 mail.{domain}.", "Or send from another domain.")
    return _ruling(domain, Standing.FAIL, "no-server", summary, steps)


def _through(domain: str, hosts: list[str], record: str) -> Asking[Ruling]:
    """Some mail server has to have an address."""
    answers: tuple[Answer, ...] = ()
    if hosts:
        answers = yield tuple([Question(host, kind) for host in hosts for kind in ("A", "AAAA")])
    if any(addresses(answer) for answer in answers):
        summary = f"The sender's domain {domain} takes bounces at {listed(hosts[:3])}."
        return _ruling(domain, Standing.PASS, "mx", summary, (), record)
    if why := "".join([broken(answer) for answer in answers if broken(answer)][:1]):
        summary = f"Whether the mail servers of the sender's domain {domain} have an address cannot be told: {why}."
        return _ruling(domain, Standing.UNKNOWN, "temperror", summary, ("Try again.",), record)
    named = listed(hosts[:3]) or "no host at all"
    summary = (
        f"The MX records of the sender's domain {domain} name {named}, without any address, so bounces find no way."
    )
    steps = (f"Give the mail server an address, or name one that has one in the MX record of {domain}.",)
    return _ruling(domain, Standing.FAIL, "no-address", summary, steps, record)


def _ruling(
    domain: str,
    standing: Standing,
    result: str,
    summary: str,
    steps: tuple[str, ...] = (),
    record: str = "",
    references: tuple[str, ...] = ("RFC 5321 5.1",),
) -> Ruling:
    who = Who.NOBODY if standing == Standing.PASS else Who.SENDER
    return Ruling(Check.SENDER_DOMAIN, domain, standing, result, summary, "", steps, who, record, references)
