"""Personalities by name and by path, and mistakes in them that are told with file, place and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smtpprobe.fake import PersonalityError, load, names, summaries
from smtpprobe.fake.library import parse


def test_a_name_and_a_path_load_alike(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('summary = "mine"\nhostname = "a.example"\n')
    assert load(str(file)).hostname == "a.example"
    assert load("demo").hostname == "mail.demo.example"


def test_names_and_summaries_go_together() -> None:
    assert [name for name, _ in summaries()] == list(names())
    assert "demo" in names()


@pytest.mark.parametrize("name", ["postfx", "../postfix", "a/b", "", ".", "p" * 10_000, "post\0fix", "\x1b[2J", "é"])
def test_an_unknown_name_is_told_with_the_nearest(name: str) -> None:
    with pytest.raises(PersonalityError) as caught:
        load(name)
    said = str(caught.value)
    assert said.isprintable()
    assert len(said) < 700
    assert "did you mean" in said
    if name == "postfx":
        assert "did you mean postfix" in said


@pytest.mark.parametrize("path", ["nowhere.toml", "nul\0.toml", "/.toml", "x" * 5000 + ".toml"])
def test_a_file_that_cannot_be_read(path: str) -> None:
    with pytest.raises(PersonalityError, match="cannot be read"):
        load(path)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "huge.toml"
    file.write_bytes(b"#" * (1 << 21))
    with pytest.raises(PersonalityError, match="larger than 1 MiB"):
        load(str(file))


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('gretting = "220 x"', "unknown key 'gretting' at the top level; did you mean 'greeting'?"),
        ("[manners]\ndelya = 1.0", "unknown key 'delya' at manners; did you mean 'delay'?"),
        ('[[rules]]\ncomand = "x"\nreply = "y"', "unknown key 'comand' at rules [0]; did you mean 'command'?"),
        (
            '[[rules]]\ncommand = "x"\nreply = "y"\nthen = "clos"',
            "rules [0].then cannot be 'clos'; did you mean 'close'?",
        ),
        ('[[rules]]\ncommand = "x"\nreply = "y"\nstate = ["tsl"]', "did you mean 'tls'?"),
        ('[[rules]]\nreply = "y"', "rules [0] lacks the key 'command'."),
        ('[[rules]]\ncommand = "("\nreply = "y"', "rules [0].command is no regular expression"),
        ("hostname = 1", "at hostname: expected str, got int."),
        ('hostname = "a b"', "hostname cannot be 'a b'"),
        ("[replies]\nNOOP = 250", "at replies"),
        ('[replies]\nnoop = "250 x"', "replies.noop must be written in upper case"),
        ('helo = "250 {hostnam}"', "helo has an unknown placeholder {hostnam}; did you mean 'hostname'?"),
        ('replies.HELP = ["214-a", "214 {vreb}"]', "replies.HELP [1] has an unknown placeholder {vreb}"),
        ('[mail_parameters]\nSIZE = "up to 5"', "mail_parameters.SIZE cannot be 'up to 5'"),
        ('[rcpt_parameters]\nX = "check ("', "rcpt_parameters.X cannot be"),
        ('starttls = "maybe"', "starttls cannot be 'maybe'"),
        ('manners.intermediate = "XX"', "manners.intermediate names 'XX'"),
        ("line_limit = 1", "line_limit cannot be 1"),
        ("summary = 'twice'", "it is not TOML"),
        ("[", "it is not TOML"),
        ("a = " + "[" * 5000, "it is not TOML"),
    ],
)
def test_mistakes_are_named(toml: str, said: str) -> None:
    with pytest.raises(PersonalityError) as caught:
        parse(f'summary = "for a test"\n{toml}\n'.encode(), "mine.toml")
    assert str(caught.value).startswith("mine.toml: ")
    assert said in str(caught.value)


def test_octets_that_are_no_text_are_a_mistake_too() -> None:
    with pytest.raises(PersonalityError, match="it is not TOML"):
        parse(b"summary = '\xff\xfe'", "mine.toml")


def test_the_summary_is_required() -> None:
    with pytest.raises(PersonalityError, match="the top level lacks the key 'summary'"):
        parse(b"", "mine.toml")


def test_the_examples_of_the_documentation_load() -> None:
    page = (Path(__file__).parents[2] / "docs" / "personalities.md").read_text()
    examples = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        parse(example.encode(), "docs/personalities.md")


def test_every_key_is_documented() -> None:
    from msgspec.structs import fields

    from smtpprobe.fake import personality

    page = (Path(__file__).parents[2] / "docs" / "personalities.md").read_text()
    tables = [
        value for value in vars(personality).values() if isinstance(value, type) and hasattr(value, "__struct_fields__")
    ]
    keys = {field.encode_name for table in tables for field in fields(table)}
    assert sorted(key for key in keys if f"`{key}" not in page and f"[{key}]" not in page) == []
