"""The sender's side of the way: its names, who vouches for it, who warns of it. Asks the DNS only."""

from __future__ import annotations

import asyncio
import re
import socket
from ipaddress import ip_address

from smtpprobe.journey import Journey, Mailbox, Question, Ruling
from smtpprobe.message import authorship
from smtpprobe.model import Capabilities, Route
from smtpprobe.names import ResolveError, Resolver
from smtpprobe.names.blocklists import listed
from smtpprobe.names.routable import globally_routable
from smtpprobe.run.own_name import address_literal, source_address
from smtpprobe.target import TargetError, check_ehlo_name
from smtpprobe.trace.notebook import Notebook
from smtpprobe.verdicts.bimi import check_bimi
from smtpprobe.verdicts.blocklists import blocklist_ruling
from smtpprobe.verdicts.dkim import check_dkim
from smtpprobe.verdicts.dmarc import check_dmarc
from smtpprobe.verdicts.dmarc_ruling import dmarc_ruling
from smtpprobe.verdicts.identity import check_identity
from smtpprobe.verdicts.sender_domain import check_sender_domain
from smtpprobe.verdicts.spf import check_host, spf_identity
from smtpprobe.verdicts.spf_ruling import spf_ruling
from smtpprobe.verdicts.srv import judge_srv

_ADDRESS = re.compile(
    r"(?<![\w.:])(?:IPv6:)?([0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}|\d{1,3}(?:\.\d{1,3}){3})(?![\w.:])", re.IGNORECASE
)


def echoed(said: Capabilities, greeting: str, name: str, *, allow_private: bool) -> str | None:
    """Our address as a server saw it, where the first line of its EHLO reply tells (as Exim's and Sendmail's do).

    The name that we gave ourselves is repeated there too, and tells nothing.
    """
    for found in _ADDRESS.finditer(greeting.replace(name, "", 1)):
        try:
            address = ip_address(found[1])
        except ValueError:
            continue
        if str(address) != said.domain.strip("[]") and (allow_private or globally_routable(str(address))):
            return str(address)
    return None


async def ehlo_name(route: Route, source: str | None, from_ip: str | None, resolver: Resolver) -> str:
    """The machine's own full name where it resolves to where the mail leaves from, else its address as a literal."""
    own = source or source_address(route)
    name = socket.gethostname()
    if "." in name and not name.endswith((".localdomain", ".local")):
        try:
            if {own, from_ip} & set(await resolver.addresses(check_ehlo_name(name), 25)):
                return name
        except (ResolveError, TargetError):
            pass
    return address_literal(own)


class Sender:
    """Judges the sender's side. ``address`` is to be set when it is known, or to None when it will not be."""

    def __init__(self, journey: Journey, book: Notebook, name: asyncio.Future[str]) -> None:
        self.rulings: list[Ruling] = []
        self.address: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._journey, self._book, self._name = journey, book, name

    async def judge(self) -> None:
        """Everything that can be told at once at once; what needs the address waits for that."""
        await asyncio.gather(self._of_the_domain(), self._of_the_address(), self._services())

    async def _of_the_domain(self) -> None:
        sender = self._journey.sender
        if sender is None or sender.domain.startswith("["):
            return
        asked = [check_sender_domain(sender.domain)]
        asked += [check_dkim(selector, sender.domain) for selector in self._journey.selectors]
        # What DMARC asks for is told without an address too, and its records are at hand then for when there is one.
        author, signers = self._authors(sender)
        dmarc = self._book.answered(check_dmarc(author, None, sender.domain, signers))
        found, rulings = await asyncio.gather(dmarc, asyncio.gather(*map(self._book.answered, asked)))
        self.rulings += rulings
        if await self.address is None:
            self.rulings.append(dmarc_ruling(found))

    def _authors(self, sender: Mailbox) -> tuple[str, tuple[str, ...]]:
        """Whose name DMARC looks at, and who signs: known where there is a message, else the envelope has to do."""
        delivery = self._journey.delivery
        author, signers = authorship(delivery.message) if delivery is not None else (None, ())
        return author or sender.domain, signers

    async def _services(self) -> None:
        """Where the users of a domain submit their mail, as its SRV records say; of use to those who submit."""
        sender, login = self._journey.sender, self._journey.login
        user = login.user.rpartition("@")[2] if login is not None and "@" in login.user else ""
        domain = sender.domain if sender is not None else user
        if self._journey.via is None or not domain or domain.startswith("["):
            return
        names = "_submissions._tcp", "_submission._tcp"
        answers = await asyncio.gather(*(self._book.ask(Question(f"{name}.{domain}", "SRV")) for name in names))
        self.rulings.append(judge_srv(domain, answers[0], answers[1]))

    async def _of_the_address(self) -> None:
        address = await self.address
        if address is None:
            return
        await asyncio.gather(self._names(address), self._vouched(address), self._listed(address))

    async def _names(self, address: str) -> None:
        self.rulings += await self._book.answered(check_identity(address, await self._name))

    async def _vouched(self, address: str) -> None:
        sender = self._journey.sender
        name = await self._name
        domain, mailbox = spf_identity(sender, name)
        if domain.startswith("["):
            return
        result = await self._book.answered(check_host(address, domain, mailbox, name))
        confirmed = self._journey.from_ip is not None
        self.rulings.append(spf_ruling(result, address, domain, confirmed))
        if sender is None:
            return
        author, signers = self._authors(sender)
        found = await self._book.answered(check_dmarc(author, result, domain, signers))
        self.rulings.append(dmarc_ruling(found))
        self.rulings.append(await self._book.answered(check_bimi(author, found)))

    async def _listed(self, address: str) -> None:
        zones = self._journey.blocklists
        if not zones:
            return
        sender = self._journey.sender
        listings = await listed(self._book.resolver, zones, address, sender.domain if sender is not None else None)
        for subject in dict.fromkeys(one.subject for one in listings):
            self.rulings.append(blocklist_ruling(subject, tuple([one for one in listings if one.subject == subject])))
