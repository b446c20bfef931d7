"""The names of a list looked up: at many names at once, at a bounded rate, and again where a DNS server failed."""

from __future__ import annotations

import asyncio

from smtpprobe.names import Family, Resolver
from smtpprobe.scan.blocked import Blocklist
from smtpprobe.scan.store import Store
from smtpprobe.scanning import Standing


async def resolve(
    store: Store,
    resolver: Resolver,
    *,
    rate: float | None = None,
    at_once: int = 200,
    retries: int = 2,
    family: Family = "any",
    allow_private: bool = False,
    blocklist: Blocklist | None = None,
    standing: Standing,
    stop: asyncio.Event,
) -> bool:
    """Look up every name that the store has open, then number the servers; whether that came to its end.

    At once where there are no names, or all is planned. The list has to be in the store (``entering.enter``). ``rate``
    bounds the questions to the DNS a second, ``at_once`` the names and the questions under way. A name that a DNS
    server failed for is asked again after all others, up to ``retries`` times, with longer pauses each time. ``stop``
    ends it early: what is answered by then is kept, and the rest is looked up when it is called again.

    With MX every mail server of a domain counts, with every address; of these, one that is not globally routable never
    does unless ``allow_private``. ``standing`` is kept up to date: names in all and done, in flight, waiting for
    another try, how many a second, and in ``outcomes`` how many were "found", "blocked" or failed, by the kind.
    """
