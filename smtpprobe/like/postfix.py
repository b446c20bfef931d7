"""How Postfix on this machine would send a mail: asks postconf and postmap, which change nothing. Reads no password."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpprobe.journey import LocalSender, Mailbox
from smtpprobe.like import postfix_values as values
from smtpprobe.like.program import LikeError, Ran, found, run
from smtpprobe.model import Target
from smtpprobe.outcome import TlsMode

# In the order in which they are shown. None of them holds a password.
_SHOWN = (
    "myhostname",
    "relayhost",
    "sender_dependent_relayhost_maps",
    "default_transport",
    "sender_dependent_default_transport_maps",
    "transport_maps",
    "mydestination",
    "relay_domains",
    "relay_transport",
    "recipient_delimiter",
    "smtp_helo_name",
    "smtp_bind_address",
    "smtp_bind_address6",
    "inet_interfaces",
    "inet_protocols",
    "smtp_address_preference",
    "smtp_tls_security_level",
    "smtp_enforce_tls",
    "smtp_tls_enforce_peername",
    "smtp_use_tls",
    "smtp_tls_policy_maps",
    "smtp_tls_wrappermode",
    "smtp_sasl_auth_enable",
)
_VALUE_LIMIT = 300
# The transports that speak SMTP in every master.cf that Postfix brings along.
_USUAL = frozenset({"smtp", "relay"})


def read_postfix(
    folder: str | None = None, *, recipient: Mailbox | None = None, sender: Mailbox | None = None
) -> LocalSender:
    """How Postfix would send from this sender (None: the null sender) to this recipient; raises LikeError.

    ``folder`` is where its main.cf stands, if not where Postfix looks for it. Without a recipient only what holds for
    every one is read. Tables are asked where ``postmap -q`` can ask them (postconf(5), transport(5), TLS_README).
    """
    return _Postfix(folder, recipient, sender).read()


class _Postfix:
    """One reading; collects the notes as it goes."""

    def __init__(self, folder: str | None, recipient: Mailbox | None, sender: Mailbox | None) -> None:
        self._place = ["-c", folder] if folder is not None else []
        self._recipient, self._sender = recipient, sender
        self._notes: list[str] = []
        self._evidence: list[str] = []
        self._found: dict[str, str] = {}

    def read(self) -> LocalSender:
        ran = self._run("postconf", "-x", *_SHOWN)
        # It goes on without settings that an older Postfix does not know.
        self._found = values.settings(ran.output)
        if ran.status != 0 or "myhostname" not in self._found:
            raise LikeError(_why(ran))
        set_here = values.settings(self._run("postconf", "-n").output)
        for name in _SHOWN:
            if name in set_here or name == "myhostname":
                self._evidence.append(f"{name} = {self._found.get(name, '')}"[:_VALUE_LIMIT])
        hop = self._hop()
        self._of_service(hop.transport or "smtp")
        relay, lookup_mx = self._relay(hop.destination)
        get = self._found.get
        if get("smtp_address_preference", "any") != "any":
            self._notes.append(f"It tries {get('smtp_address_preference')} first (smtp_address_preference).")
        return LocalSender(
            software="Postfix",
            ehlo_name=self._ehlo_name(),
            relay=relay,
            lookup_mx=lookup_mx,
            bind4=values.bound(get("smtp_bind_address", ""), get("inet_interfaces", ""), 4),
            bind6=values.bound(get("smtp_bind_address6", ""), get("inet_interfaces", ""), 6),
            tls=self._level(hop.destination),
            families=values.families(get("inet_protocols", "")),
            login=self._login(),
            notes=tuple(self._notes),
            evidence=tuple(self._evidence),
        )

    def _run(self, program: str, *arguments: str, entered: str = "") -> Ran:
        path = found(program)
        if path is None:
            raise LikeError(f"{program} of Postfix is not on this machine: run smtpprobe where Postfix sends from.")
        return run([path, *self._place, *arguments], entered)

    def _hop(self) -> values.NextHop:
        """The transport and the next hop, in the order of precedence that postconf(5) default_transport gives."""
        usual = self._usual()
        if self._recipient is None:
            return usual
        keys = values.transport_keys(self._recipient, self._found.get("recipient_delimiter", ""))
        told = self._asked("transport_maps", keys, keys[0])
        if told is None:
            return usual
        routed = values.next_hop(told)
        # A transport without a next hop means the recipient's domain, and none of both changes nothing.
        if routed.transport:
            return routed
        return values.NextHop(usual.transport, routed.destination or usual.destination)

    def _usual(self) -> values.NextHop:
        """The way where no transport table names one."""
        usual = values.next_hop(self._by_class())
        if usual.destination:
            return usual
        relay = self._by_sender("sender_dependent_relayhost_maps")
        return values.NextHop(usual.transport, relay or self._found.get("relayhost", ""))

    def _by_class(self) -> str:
        """The transport of the recipient's address class (ADDRESS_CLASS_README), as far as plain lists tell."""
        domain = self._recipient.domain if self._recipient is not None else ""
        if domain in self._listed("mydestination"):
            self._notes.append(
                f"{domain} is one of this machine's own domains (mydestination): Postfix would not send its mail out."
            )
        if domain in self._listed("relay_domains"):
            return self._found.get("relay_transport") or "relay"
        by_sender = self._by_sender("sender_dependent_default_transport_maps")
        return by_sender or self._found.get("default_transport") or "smtp"

    def _listed(self, name: str) -> list[str]:
        return [each.lower() for each in values.items(self._found.get(name, ""))]

    def _by_sender(self, name: str) -> str:
        keys = values.sender_keys(self._sender)
        told = self._asked(name, keys, keys[0]) or ""
        return "" if told.upper() == "DUNNO" else told

    def _of_service(self, transport: str) -> None:
        """What master.cf tells of a transport: settings of its own go over those of main.cf."""
        if not re.fullmatch(r"\w[\w.-]{0,60}", transport):
            self._notes.append(f"{transport[:60]!r} is no name of a transport: see transport(5).")
            return
        words = self._run("postconf", "-M", f"{transport}/unix").output.split()
        if len(words) < 8:
            if transport not in _USUAL:
                self._notes.append(f"master.cf has no transport {transport}: Postfix defers this mail.")
            return
        if words[7] != "smtp":
            self._notes.append(f"The transport {transport} hands the mail to {words[7][:60]}, not to SMTP.")
        start = f"{transport}/unix/"
        own = values.settings(self._run("postconf", "-P", "-x", f"{start}*").output) if len(words) > 8 else {}
        for name, value in own.items():
            if name.removeprefix(start) in _SHOWN:
                self._found[name.removeprefix(start)] = value
                self._evidence.append(f"{name} = {value}"[:_VALUE_LIMIT])

    def _relay(self, destination: str) -> tuple[Target | None, bool]:
        if not destination or (self._recipient is not None and destination.lower() == self._recipient.domain):
            return None, False
        if len(values.items(destination)) > 1:
            self._notes.append("Several next hops are configured: only the first is followed.")
        tls = TlsMode.IMPLICIT if self._found.get("smtp_tls_wrappermode") == "yes" else TlsMode.STARTTLS
        try:
            relay, lookup_mx = values.relay(destination, tls)
        except ValueError as error:
            self._notes.append(str(error))
            return None, False
        if relay.port == 465 and tls is not TlsMode.IMPLICIT:
            self._notes.append("Port 465 wants TLS from the first byte, and smtp_tls_wrappermode is not yes: set it.")
        return relay, lookup_mx

    def _level(self, destination: str) -> str:
        """The TLS level for this next hop: the policy table's, else the default."""
        site = destination or (self._recipient.domain if self._recipient is not None else "")
        keys = values.policy_keys(site) if site else []
        told = self._asked("smtp_tls_policy_maps", keys, *keys)
        policy = values.level(told) if told is not None else None
        if told is not None and policy is None:
            self._notes.append(f"smtp_tls_policy_maps says {told[:60]!r} for {site[:100]}, which is no TLS level.")
        level = policy or values.default_level(self._found)
        if level is None:
            word = self._found.get("smtp_tls_security_level", "")[:60]
            self._notes.append(f"smtp_tls_security_level = {word} is no TLS level: taken for may.")
        return level or "may"

    def _login(self) -> bool:
        enabled = self._found.get("smtp_sasl_auth_enable") == "yes"
        if enabled:
            self._notes.append(
                "Postfix logs in where smtp_sasl_password_maps has a password for the next hop; that is not read."
            )
        return enabled

    def _ehlo_name(self) -> str | None:
        name = self._found.get("smtp_helo_name") or self._found.get("myhostname", "")
        if not name or "$" in name:
            self._notes.append("smtp_helo_name could not be followed: give the name with --ehlo.")
            return None
        return name

    def _asked(self, name: str, keys: Sequence[str], *whole: str) -> str | None:
        """The first value that the tables of a setting have for the first key that they know.

        Tables of patterns are asked for the keys of ``whole`` only.
        """
        tables = values.items(self._found.get(name, ""))
        known = [(values.takes_parts(table), self._ask(name, table, keys)) for table in tables] if keys else []
        for key in keys:
            for parts, answers in known:
                if key in answers and (parts or key in whole):
                    self._evidence.append(f"{name}: {key} = {answers[key]}"[:_VALUE_LIMIT])
                    return answers[key]
        return None

    def _ask(self, name: str, table: str, keys: Sequence[str]) -> dict[str, str]:
        """What one table says to each of these keys."""
        if values.table_type(table) not in values.ASKABLE:
            self._notes.append(f"{name}: {table[:100]} is not asked; what it says may change the way.")
            return {}
        ran = self._run("postmap", "-q", "-", values.plain(table), entered="".join(f"{key}\n" for key in keys))
        if ran.error.strip():
            self._notes.append(f"{name}: {table[:100]} could not be asked ({_last(ran)}).")
        pairs = [line.partition("\t") for line in ran.output.splitlines()]
        return {key: value.strip() for key, tab, value in pairs if tab}


def _last(ran: Ran) -> str:
    """What the program said last, in one line."""
    return " ".join(ran.error.strip().splitlines()[-1:])[:_VALUE_LIMIT]


def _why(ran: Ran) -> str:
    said = _last(ran) or f"exit status {ran.status}"
    return f"postconf cannot read Postfix's settings ({said}): check the folder, and that you may read main.cf."
