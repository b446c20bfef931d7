"""Names to routes for a target that somebody else named: every address is checked before it is dialled, as it is."""

from __future__ import annotations

from smtpprobe.model import Route, Target
from smtpprobe.names import ResolveError, Resolver
from smtpprobe.names.families import Family
from smtpprobe.names.routable import globally_routable
from smtpprobe.outcome import FailureKind


class PublicResolver(Resolver):
    """Leads to globally routable addresses only, also where the target is an address or a host and no MX record."""

    async def routes(
        self, target: Target, *, every: bool = False, family: Family = "any", allow_private: bool = False
    ) -> tuple[Route, ...]:
        found = await super().routes(target, every=every, family=family, allow_private=False)
        kept = tuple([route for route in found if target.path is None and globally_routable(route.address)])
        if not kept:
            places = ", ".join(route.address for route in found)
            raise ResolveError(FailureKind.NOT_ROUTABLE, f"{target.host} has no globally routable address ({places})")
        return kept
