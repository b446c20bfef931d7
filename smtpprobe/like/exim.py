"""How Exim on this machine would send a mail: asks ``exim -bP``, which changes nothing. No authenticator is read."""

from __future__ import annotations

import re
from pathlib import Path

from smtpprobe.journey import LocalSender, Mailbox
from smtpprobe.like import exim_values as values
from smtpprobe.like.program import LikeError, Ran, found, run
from smtpprobe.model import Target
from smtpprobe.outcome import TlsMode

#: Debian's answers, which everybody may read, unlike the configuration made of them.
DEBIAN = Path("/etc/exim4/update-exim4.conf.conf")

_MAIN = ("primary_hostname", "disable_ipv6", "dns_ipv4_lookup")
_OF_ROUTER = ("driver", "domains", "senders", "condition", "route_list", "route_data", "transport")
_OF_TRANSPORT = (
    "driver",
    "port",
    "protocol",
    "interface",
    "helo_data",
    "hosts_avoid_tls",
    "hosts_require_tls",
    "hosts_require_dane",
    "hosts_try_dane",
    "tls_verify_hosts",
    "hosts_require_auth",
    "hosts_try_auth",
)
_MOST_ROUTERS = 60
_VALUE_LIMIT = 300
_FILE_LIMIT = 64 * 1024
_OWN_NAME = {"$primary_hostname", "${primary_hostname}", "$smtp_active_hostname"}


def read_exim(
    config: str | None = None, *, recipient: Mailbox | None = None, sender: Mailbox | None = None
) -> LocalSender:
    """How Exim would send from this sender (None: the null sender) to this recipient; raises LikeError.

    ``config`` is its configuration file, if not the one compiled in. The first router that takes the recipient for one
    of another server is followed (Exim specification, "Generic options for routers" and "The manualroute router");
    what Exim works out anew for every mail is not. Where its configuration may not be read, Debian's answers, which
    stand beside it, tell the rest.
    """
    try:
        return _Exim(config, recipient, sender).read()
    except LikeError:
        if config is not None or not DEBIAN.is_file():
            raise
        return read_debian(DEBIAN)


def read_debian(path: Path) -> LocalSender:
    """What Debian's answers tell: the smarthost, if there is one; raises LikeError."""
    try:
        with path.open("rb") as file:
            told = values.debian(file.read(_FILE_LIMIT).decode("utf-8", "backslashreplace"))
    except OSError as error:
        raise LikeError(f"{path} cannot be read ({error.strerror}): run smtpprobe as root, or give --via.") from None
    kind = told.get("dc_eximconfig_configtype", "")
    notes = ["Exim's own configuration could not be read: names, addresses and TLS settings are its defaults here."]
    relay, lookup_mx = None, False
    if kind in ("smarthost", "satellite"):
        try:
            host = (values.items(told.get("dc_smarthost", "")) or [""])[0]
            relay, lookup_mx = values.relay(host, "smtp", TlsMode.STARTTLS)
        except ValueError as error:
            notes.append(str(error))
    elif kind != "internet":
        notes.append(f"dc_eximconfig_configtype is {kind[:60]!r}: this Exim sends no mail to other servers.")
    shown = ("dc_eximconfig_configtype", "dc_smarthost")
    return LocalSender(
        software="Exim",
        relay=relay,
        lookup_mx=lookup_mx,
        notes=tuple(notes),
        evidence=tuple([f"{name} = {told[name]}"[:_VALUE_LIMIT] for name in shown if name in told]),
    )


class _Exim:
    """One reading; collects notes and evidence as it goes."""

    def __init__(self, config: str | None, recipient: Mailbox | None, sender: Mailbox | None) -> None:
        path = found("exim4", "exim")
        if path is None:
            raise LikeError("Exim is not on this machine: run smtpprobe where Exim sends from, or leave --like out.")
        self._command = [path, *(("-C", config) if config is not None else ()), "-bP"]
        self._domain = recipient.domain if recipient is not None else ""
        self._sender = sender
        self._notes: list[str] = []
        self._evidence: list[str] = []

    def read(self) -> LocalSender:
        main = self._told(*_MAIN)
        self._show("", main, _MAIN)
        router = self._router()
        route = self._route(router)
        transport = self._transport(router, route)
        relay, lookup_mx = self._relay(route, transport)
        # With MX, the host that is spoken to is not known yet: only what holds for every one is.
        host = relay.host if relay is not None and not lookup_mx else ""
        tls, unclear = values.level(transport, host)
        if unclear:
            self._notes.append(f"{unclear} is worked out for every mail: it may ask for more TLS than is said here.")
        bind4, bind6 = values.bound(transport.get("interface", ""))
        if "$" in transport.get("interface", ""):
            self._notes.append("interface is worked out for every mail: give the address with --from-ip.")
        return LocalSender(
            software="Exim",
            ehlo_name=self._ehlo_name(transport, main.get("primary_hostname", "")),
            relay=relay,
            lookup_mx=lookup_mx,
            bind4=bind4,
            bind6=bind6,
            tls=tls,
            families=self._families(main),
            login=self._login(transport, host),
            notes=tuple(self._notes),
            evidence=tuple(self._evidence),
        )

    def _told(self, *asked: str) -> dict[str, str]:
        return values.options(self._run(*asked).output)

    def _run(self, *asked: str) -> Ran:
        ran = run([*self._command, *asked])
        if ran.status != 0:
            raise LikeError(_why(ran))
        return ran

    def _show(self, place: str, told: dict[str, str], names: tuple[str, ...]) -> None:
        """As evidence. An expansion is not shown: it may hold the password of a database."""
        for name in names:
            if told.get(name):
                value = "(worked out for every mail)" if "${" in told[name] else told[name]
                self._evidence.append(f"{place}{name} = {value}"[:_VALUE_LIMIT])

    def _router(self) -> dict[str, str]:
        """The first router that sends this mail to another server."""
        names = [name for name in self._run("router_list").output.split() if re.fullmatch(r"\w{1,64}", name)]
        for name in names[:_MOST_ROUTERS]:
            router = self._told("router", name)
            if router.get("driver") in ("manualroute", "dnslookup") and self._takes(name, router):
                self._show(f"router {name}: ", router, _OF_ROUTER)
                return router
        self._notes.append("No router sends mail for this recipient to another server: Exim would not.")
        return {}

    def _takes(self, name: str, router: dict[str, str]) -> bool:
        """Do the router's conditions hold, as far as they can be read? What is worked out is taken to hold."""
        if router.get("verify_only") == "yes":
            return False
        for option, subject in (("domains", self._domain), ("senders", values.of_sender(self._sender))):
            fitting = values.fits(router[option], subject) if router.get(option) else True
            if fitting is None:
                self._notes.append(f"Router {name} is passed over: its {option} are worked out for every mail.")
            if not fitting:
                return False
        condition = router.get("condition", "").lower()
        if condition and condition not in ("true", "yes", "1"):
            if condition in ("false", "no", "0"):
                return False
            self._notes.append(f"Router {name} has a condition that is not followed: it is taken to hold.")
        return True

    def _route(self, router: dict[str, str]) -> values.Route | None:
        if router.get("driver") != "manualroute":
            return None
        if router.get("route_data"):
            return values.route_data(router["route_data"])
        for route in values.routes(router.get("route_list", "")):
            if values.fits(route.pattern, self._domain):
                return route
        self._notes.append("The route_list has no rule that can be followed for this recipient.")
        return None

    def _transport(self, router: dict[str, str], route: values.Route | None) -> dict[str, str]:
        listed = self._run("transport_list").output.split()
        own = next((option for option in route.options if option in listed), "") if route is not None else ""
        name = own or router.get("transport", "")
        if name not in listed or not re.fullmatch(r"\w{1,64}", name):
            if router:
                self._notes.append(
                    f"The transport {name[:60]!r} is worked out for every mail: its settings are not read."
                )
            return {}
        transport = self._told("transport", name)
        self._show(f"transport {name}: ", transport, _OF_TRANSPORT)
        if transport.get("driver") != "smtp":
            self._notes.append(f"The transport {name} does not speak SMTP.")
        return transport

    def _relay(self, route: values.Route | None, transport: dict[str, str]) -> tuple[Target | None, bool]:
        if route is None or not route.hosts:
            return None, False
        hosts = values.items(route.hosts)
        if len(hosts) > 1:
            self._notes.append("Several hosts are configured: only the first is followed.")
        tls = TlsMode.IMPLICIT if transport.get("protocol") == "smtps" else TlsMode.STARTTLS
        try:
            return values.relay(hosts[0], transport.get("port", "smtp"), tls)
        except ValueError as error:
            self._notes.append(str(error))
            return None, False

    def _ehlo_name(self, transport: dict[str, str], primary: str) -> str | None:
        name = transport.get("helo_data", "$primary_hostname")
        if name in _OWN_NAME:
            return primary or None
        if not name or "$" in name:
            self._notes.append("helo_data is worked out for every mail: give the name with --ehlo.")
            return None
        return name

    def _families(self, main: dict[str, str]) -> str:
        only4 = main.get("disable_ipv6") == "yes" or values.fits(main.get("dns_ipv4_lookup", ""), self._domain)
        return "ipv4" if only4 else "any"

    def _login(self, transport: dict[str, str], host: str) -> bool:
        wanted = [values.fits(transport.get(name, ""), host) for name in ("hosts_require_auth", "hosts_try_auth")]
        if None in wanted:
            self._notes.append("Whether Exim logs in is worked out for every mail.")
        return True in wanted


def _why(ran: Ran) -> str:
    lines = [line for line in ran.error.splitlines() + ran.output.splitlines() if not line.startswith("LOG:")]
    said = " ".join(" ".join(lines[:2]).split())[:_VALUE_LIMIT] or f"exit status {ran.status}"
    return f"Exim cannot read its configuration ({said}): check the file, or run smtpprobe as root."
