"""What of a text is read, and what is to be copied."""

from __future__ import annotations

import pytest

from smtpprobe.render.prose import Block, blocks


@pytest.mark.parametrize(
    ("line", "verbatim"),
    [
        ("  smtpd_tls_security_level = may", True),
        ("\t\tx", True),
        ("$ postconf -e x=y", True),
        ('example.org.  TXT  "v=spf1 -all"', True),
        ("_25._tcp.mx.example.org. 3600 IN TLSA 3 1 1 00", True),
        ("10.2.0.192.in-addr.arpa. PTR mx.example.org.", True),
        ("Ask the admin of mx.example.org. A record is missing.", False),
        ("Publish the address of mx.example.org.", False),
        (" one blank is no indent", False),
        ("$HOME is prose", False),
    ],
)
def test_what_is_to_be_copied(line: str, verbatim: bool) -> None:
    assert blocks(line) == (Block((line.strip(),), verbatim),)


def test_a_record_behind_its_prose_is_taken_out_of_it() -> None:
    assert blocks('Publish it:  a.test.  TXT  "v=spf1 -all"') == (
        Block(("Publish it:",), False),
        Block(('a.test.  TXT  "v=spf1 -all"',), True),
    )
    assert blocks("Publish it:  ") == (Block(("Publish it:",), False),)


def test_lines_to_be_copied_stay_together_and_keep_their_indent() -> None:
    step = "Set:\n    EMAIL = {\n\n      'host': 'x',\n    }\nThen restart it.\n  $ systemctl restart x"
    assert blocks(step) == (
        Block(("Set:",), False),
        Block(("EMAIL = {", "  'host': 'x',", "}"), True),
        Block(("Then restart it.",), False),
        Block(("$ systemctl restart x",), True),
    )


def test_steps_are_bounded() -> None:
    assert len(blocks("x\n" * 1_000)) < 100
    assert len(blocks("  x\n" * 1_000)[0].lines) < 100
    assert len(blocks("x" * 100_000)[0].lines[0]) < 3_000
    assert blocks(" \n") == ()
