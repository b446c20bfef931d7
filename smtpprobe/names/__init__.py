"""DNS: from a target to the addresses that it can be reached at. The only room that imports dnspython and httpx."""

from smtpprobe.names.errors import ResolveError
from smtpprobe.names.families import Family
from smtpprobe.names.resolver import MxAnswer, MxHost, Resolver

__all__ = ["Family", "MxAnswer", "MxHost", "ResolveError", "Resolver"]
