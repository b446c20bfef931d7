"""DNS: from a target to the addresses that it can be reached at. The only room that imports dnspython."""

from smtpprobe.names.resolver import Family, MxAnswer, MxHost, ResolveError, Resolver

__all__ = ["Family", "MxAnswer", "MxHost", "ResolveError", "Resolver"]
