"""Personalities by name and by path, and mistakes in them that are told with file, place and remedy."""

from __future__ import annotations

import os
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
        ('[replies]\nnoop = "250 x"', "[replies] has 'noop', which must be written in upper case"),
        ('helo = "250 {hostnam}"', "helo has an unknown placeholder {hostnam}; did you mean 'hostname'?"),
        ('replies.HELP = ["214-a", "214 {vreb}"]', "replies.HELP [1] has an unknown placeholder {vreb}"),
        ('[mail_parameters]\nSIZE = "up to 5"', "mail_parameters.SIZE cannot be 'up to 5'"),
        ('[rcpt_parameters]\nX = "check ("', "rcpt_parameters.X cannot be"),
        ('starttls = "maybe"', "starttls cannot be 'maybe'"),
        ('manners.intermediate = "XX"', "manners.intermediate names 'XX'"),
        ("line_limit = 1", "line_limit is out of range; it takes a number from 64 to 1,048,576"),
        ("summary = 'twice'", "it is not TOML"),
        ("[", "it is not TOML"),
        ("a = " + "[" * 5000, "nested more than 16 levels deep"),
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


DEEP = "nested more than 16 levels deep"
MANY = "more than 10,000 keys and values"


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("a = " + "[" * 10_000 + "]" * 10_000, DEEP),
        ("a = " + "{a = " * 10_000 + "1" + "}" * 10_000, DEEP),
        ("a" + ".a" * 500_000 + " = 1", DEEP),
        ('"a"' + '."a"' * 200_000 + " = 1", DEEP),
        ("[a" + " . a" * 20 + "]", DEEP),
        ('a = {b = """x"""", c' + ".c" * 100_000 + ' = 1, d = "y"}', DEEP),
        ("".join(f"k{number} = 1\n" for number in range(60_000)), MANY),
        ("a = [" + "1," * 500_000 + "]", MANY),
        ("line_limit = " + "9" * 900_000, "it is not TOML"),
        ("line_limit = 0x" + "f" * 900_000, "out of range"),
        ("k" * 900_000 + " = 1", "unknown key 'kkk"),
        ("helo = '{" + "a" * 900_000 + "}'", "unknown placeholder"),
        ('helo = """' + '\\"""\n' * 150_000, "it is not TOML"),
        ('"' * 900_000, "it is not TOML"),
        ("manners.delay = inf", "manners.delay is out of range"),
        ("manners.greeting_delay = nan", "manners.greeting_delay is out of range"),
        ('limits = [{counts = "errors", at = -1}]', "limits [0].at is out of range"),
        ('[[rules]]\ncommand = "' + "(" * 5_000 + ")" * 5_000 + '"\nreply = "x"', "no regular expression"),
        ('[[rules]]\ncommand = "a{99999999999}"\nreply = "x"', "no regular expression"),
        ('[mail_parameters]\nSIZE = "check ' + "(" * 5_000 + '"', "mail_parameters.SIZE cannot be"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_a_file_can_do_is_bounded(toml: str, said: str) -> None:
    with pytest.raises(PersonalityError) as caught:
        parse(f'summary = "for a test"\n{toml}\n'.encode(), "mine.toml")
    told = str(caught.value)
    assert said in told
    assert len(told) < 800
    assert told.isprintable()


def test_brackets_and_dots_in_texts_and_comments_count_for_nothing() -> None:
    words = "[" * 40 + "a" + ".b" * 40
    toml = f'summary = \'x\'\n# {words}\nhelo = \'{words}\'\nreplies.NOOP = """\n{words}"""""\n'
    assert parse(toml.encode(), "mine.toml").helo == words


def test_a_summary_is_one_line_that_a_terminal_can_show() -> None:
    with pytest.raises(PersonalityError, match="summary cannot be"):
        parse(b'summary = "a\\u001b[2J"', "mine.toml")


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "loop.toml").symlink_to(tmp_path / "loop.toml")
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    (tmp_path / "folder.toml").mkdir()
    for name in ("pipe", "loop", "zero", "folder"):
        with pytest.raises(PersonalityError, match="it cannot be read"):
            load(str(tmp_path / f"{name}.toml"))
