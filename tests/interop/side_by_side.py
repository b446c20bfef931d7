"""Runs swaks, posttls-finger and checkdmarc beside trace on five broken senders, and writes docs/side_by_side.md.

To be run as root, after ``make interop`` has installed the servers, and swaks.
"""

import json
import os
import re
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import trace_peers as peers
from senders import load
from servers.base import UNPACKED, run, workplace
from staging import Scene, Stage

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "docs" / "side_by_side.md"
sys.path.insert(0, str(REPOSITORY / "tests" / "benchmarks"))

TRACE = (sys.executable, "-c", "from smtpprobe.cli.start import main; main()")
#: What every command was given so that it finds the DNS and the authorities of the test, and the shown one leaves out.
_GIVEN = re.compile(
    r" (?:--resolver|--ca-file|--timeout|--deadline|--local-interface|--source|-F|-n|-t|-o) \S+| --allow-private"
)
_LONG = re.compile(r",? fingerprint=.*| with cipher .*")
LEFT_OUT = "…"


@dataclass(frozen=True)
class Pair:
    """A sender; the domain that checkdmarc is asked about, how, and what of it is shown; what the others leave open."""

    name: str
    domain: str
    parts: tuple[str, ...]
    remark: str
    options: tuple[str, ...] = ("--check-mx-tls",)


PAIRS = (
    Pair(
        "01-spf-without-address",
        "example.org",
        ("spf",),
        "swaks shows the refusal as it came, which speaks of SPF. checkdmarc finds nothing wrong with the record, as it"
        " knows no address to hold it against. trace knows both.",
        (),
    ),
    Pair(
        "05-null-mx",
        "example.net",
        ("mx",),
        "posttls-finger and checkdmarc name the null MX as trace does; swaks takes the dot for a host.",
    ),
    Pair(
        "15-mta-sts-expired",
        "example.net",
        ("mx", "mta_sts"),
        "posttls-finger and checkdmarc see the expired certificate, and checkdmarc the policy too: that the one makes a"
        " refusal of the other is for the reader to know. To swaks, as to every sender without MTA-STS, all is well.",
    ),
    Pair(
        "17-tlsa-stale",
        "example.net",
        ("mx",),
        "posttls-finger sees the same as trace, and leaves to the reader which record to publish. checkdmarc shows the"
        " record, and does not hold it against the certificate. To swaks all is well.",
    ),
    Pair(
        "26-greylisted",
        "example.net",
        ("mx",),
        "swaks shows the reply. That it is no refusal, and that nothing needs doing, is for its reader to know.",
    ),
)

HEAD = """\
# Side by side

What swaks, posttls-finger and checkdmarc print for five broken senders, and what `smtpprobe trace` prints. Each of them
is good at what it is made for: swaks holds any SMTP dialogue, posttls-finger sees TLS as Postfix does, checkdmarc reads
the DNS of a domain. None of them is made to say why a mail does not arrive.

The senders are those of [`fixtures/senders`](../fixtures/senders): zones in knot and unbound, a real Postfix, an HTTPS
server, all on loopback. The root of that DNS is not signed, which posttls-finger remarks upon. The commands are shown
without the options that lead to that DNS, to those addresses and to the authority of the certificates; where there is a
{left_out}, the rest of a line, further lines or other parts of the output are left out.

{measured}

Written by `tests/interop/side_by_side.py`, as root, after `make interop`.
"""


def section(pair: Pair, scene: Scene) -> str:
    """One sender: its title, what each program printed, what to make of it."""
    trace = peers.run(scene, *TRACE, *scene.line)
    swaks = peers.swaks(scene, "ann@example.net", "bob@example.org")
    finger = peers.posttls_finger(scene, "example.net")
    read = peers.checkdmarc(scene, pair.domain, *pair.options)
    blocks = [
        block(trace, trace.output),
        block(swaks, told(swaks.output)),
        block(finger, told(finger.output)),
        block(read, picked(read, pair.parts)),
    ]
    link = f"[`{pair.name}.toml`](../fixtures/senders/{pair.name}.toml)"
    return "\n\n".join([f"## {scene.fixture.title}", link, *blocks, textwrap.fill(pair.remark, 120)])


def name_of(said: peers.Said) -> str:
    """The command as a person would type it."""
    words = ("smtpprobe", *said.command[len(TRACE) :]) if said.command[: len(TRACE)] == TRACE else said.command
    return _GIVEN.sub("", peers.shown(words))


def block(said: peers.Said, output: str) -> str:
    """What the terminal shows."""
    return f"```text\n$ {name_of(said)}\n{output.strip()}\n$ echo $?\n{said.status}\n```"


def told(output: str) -> str:
    """The output with its EHLO keywords and long ends of lines left out, where there are any."""
    lines: list[str] = []
    for line in output.splitlines():
        if line.startswith("<-  250") and lines and lines[-1].startswith("<-  250-"):
            lines[-1] = f"<-  250-{LEFT_OUT}"
        else:
            lines.append(_LONG.sub(f" {LEFT_OUT}", line))
    return "\n".join(lines)


def picked(said: peers.Said, parts: tuple[str, ...]) -> str:
    """The parts of checkdmarc's JSON that are about this."""
    document = peers.document(said)
    shown = json.dumps({part: document[part] for part in parts}, indent=2).splitlines()
    return "\n".join([shown[0], f"  {LEFT_OUT}", *shown[1:-1], f"  {LEFT_OUT}", shown[-1]])


def measured() -> str:
    import page

    from smtpprobe import __version__

    versions = (
        f"swaks {run(['dpkg-query', '--show', '--showformat=${Version}', 'swaks'])}",
        f"posttls-finger of Postfix {run(['postconf', '-dh', 'mail_version']).strip()}",
        f"checkdmarc {run([str(peers.CHECKDMARC), '--version']).strip()}",
    )
    return page.measured_on(f"{', '.join(versions)}", __version__)


def main() -> None:
    if os.geteuid() != 0 or not UNPACKED.is_dir() or not peers.available():
        sys.exit("This needs root, mount namespaces, and what `make interop` installs: run that first.")
    os.environ.update(NO_COLOR="1", COLUMNS="100", PYTHONUTF8="1", SMTPPROBE_DEBUG="1")
    fixtures = {pair.name: load(pair.name) for pair in PAIRS}
    sections = []
    with workplace("smtpprobe-peers") as folder, Stage(folder, fixtures) as stage:
        for pair in PAIRS:
            with stage.scene(pair.name) as scene:
                sections.append(section(pair, scene))
    head = HEAD.format(measured=measured(), left_out=LEFT_OUT)
    PAGE.write_text("\n".join([head, "\n\n".join(sections), ""]), "utf-8")
    print(f"{PAGE} is written.")


if __name__ == "__main__":
    main()
