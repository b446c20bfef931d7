"""What a pasted dialogue had told up to one of its replies: the Known that a run would have had. No I/O."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.explain.scene import HELLOS
from smtpprobe.model import Exchange, Known, Target
from smtpprobe.outcome import Stage
from smtpprobe.wire import ehlo

_MOST_REFUSALS = 64


def known_of(exchanges: Sequence[Exchange], host: str = "") -> Known:
    """What these exchanges had told after the last of them; ``host`` is the server where only its name is known."""
    clear = encrypted = greeting = help_ = None
    name = hello = ""
    refusals: list[str] = []
    inside: set[int] = set()
    for exchange in exchanges:
        reply, verb = exchange.reply, exchange.command.verb if exchange.command else ""
        if reply is None:
            continue
        if exchange.stage is Stage.GREETING and greeting is None:
            greeting = reply
        elif verb in HELLOS and exchange.command is not None:
            name = exchange.command.argument
            if reply.code == 250 and (exchange.stage is Stage.TLS or exchange.connection in inside):
                encrypted = ehlo.read(reply)
            elif reply.code == 250:
                clear = ehlo.read(reply)
            hello = reply.text if reply.code == 250 else hello
        elif exchange.stage is Stage.STARTTLS and reply.code == 220 and exchange.failure is None:
            inside.add(exchange.connection)
        elif verb == "HELP" and reply.positive:
            help_ = reply
        elif reply.refusal:
            refusals.append(reply.text)
    if encrypted is None and exchanges and exchanges[-1].stage is Stage.TLS:
        # TLS from the first byte: there was nothing before it.
        clear, encrypted = None, clear
    found = None
    if len(exchanges) > 1 or greeting is not None:
        # Loaded here: one refusal alone is not enough of a sign, and most are explained alone.
        from smtpprobe.catalogue import software

        found = software.recognise(
            greeting.text if greeting else "", hello, help_.text if help_ else "", refusals[-_MOST_REFUSALS:]
        )
    return Known(
        target=Target("", host, 25),
        profile="",
        ehlo_name=name,
        nonce="",
        greeting=greeting,
        clear=clear,
        encrypted=encrypted,
        help=help_,
        software=found,
    )
