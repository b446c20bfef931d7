"""Logging in: the client's side of the SASL mechanisms, challenges in and responses out. Pure; no socket, no clock."""

from smtpprobe.sasl.base import LONGEST_LINE, Client, SaslError, decoded
from smtpprobe.sasl.choice import MECHANISMS, NoWay, begin, choose
from smtpprobe.sasl.oauth import OAuthRefusal

__all__ = [
    "LONGEST_LINE",
    "MECHANISMS",
    "Client",
    "NoWay",
    "OAuthRefusal",
    "SaslError",
    "begin",
    "choose",
    "decoded",
]
