"""The settings to paste: each program reads back the host and the user that were meant, whatever is in them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue.clients import settings
from smtpprobe.sasl import MECHANISMS

NASTY = [
    "a\"b'c",
    "a\\",
    "$x {$y} ${z}",
    "a\nb\r\tc\x00d",
    "*/ // # --",
    "DOM\\user",
    "ünï@exämple",
    "a:b",
    "</script>",
]
NAMES = ("Django", "nodemailer", "PHPMailer", "JavaMail", "Postfix", "msmtp")
SECRETS = {"PASSWORD", "TOKEN"}


def pasted(user: str = "ann@example.com", mechanism: str = "PLAIN", **changes: Any) -> dict[str, str]:
    given = {"host": "mail.example.net", "port": 587, "implicit_tls": False, **changes}
    return dict(settings(user=user, mechanism=mechanism, **given))


def test_every_program_is_there() -> None:
    assert tuple(pasted()) == NAMES


@pytest.mark.parametrize("mechanism", MECHANISMS)
@pytest.mark.parametrize("implicit", [True, False])
def test_every_program_has_the_place_and_the_mechanism(mechanism: str, implicit: bool) -> None:
    port = 465 if implicit else 587
    for name, text in pasted(mechanism=mechanism, port=port, implicit_tls=implicit).items():
        assert "mail.example.net" in text, name
        assert str(port) in text
        assert mechanism.lower() in text.lower() or "OAuth" in text or name == "Django"
        assert (
            SECRETS & set(re.findall(r"[A-Z]{5,}", text))
            or "passwordeval" in text
            or "setOAuth" in text
            or mechanism == "EXTERNAL"
        )


def test_how_tls_begins() -> None:
    implicit, upgraded = pasted(port=465, implicit_tls=True), pasted()
    assert "EMAIL_USE_SSL = True" in implicit["Django"]
    assert "EMAIL_USE_TLS = True" in upgraded["Django"]
    assert "secure: true" in implicit["nodemailer"]
    assert "requireTLS: true" in upgraded["nodemailer"]
    assert "ENCRYPTION_SMTPS" in implicit["PHPMailer"]
    assert "ENCRYPTION_STARTTLS" in upgraded["PHPMailer"]
    assert "smtp.ssl.enable" in implicit["JavaMail"]
    assert "starttls.required" in upgraded["JavaMail"]
    assert "smtp_tls_wrappermode = yes" in implicit["Postfix"]
    assert "wrappermode" not in upgraded["Postfix"]
    assert "tls_starttls off" in implicit["msmtp"]
    assert "tls_starttls on" in upgraded["msmtp"]


def test_a_program_that_cannot_do_it_says_so() -> None:
    told = pasted(mechanism="SCRAM-SHA-256")
    assert told["Django"].startswith("# Does not know SCRAM-SHA-256")
    assert told["JavaMail"].startswith("// Does not know SCRAM-SHA-256")
    assert "auth scram-sha-256" in told["msmtp"]
    assert "smtp_sasl_mechanism_filter = scram-sha-256" in told["Postfix"]
    assert not pasted()["PHPMailer"].startswith("//")


@given(st.text(), st.text(max_size=30))
def test_django_reads_it_back(user: str, host: str) -> None:
    read: dict[str, Any] = {}
    exec(pasted(user, host=host)["Django"], read)
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST"], read["EMAIL_PORT"]) == (user, host, 587)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_php_reads_it_back(user: str) -> None:
    (line,) = [line for line in pasted(user)["PHPMailer"].split("\n") if "Username" in line]
    quoted = line.removeprefix('$mail->Username = "').removesuffix('";')
    # In double quotes PHP knows $, {, \ and ": none is left but in numbers (\xNN).
    assert not re.search(r'["${}]|\\(?!x[0-9a-f]{2})|[\x00-\x1f]', quoted)
    assert re.sub(r"\\x([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), quoted) == user


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_node_reads_it_back() -> None:
    script = "const nodemailer = { createTransport: (given) => console.log(JSON.stringify(given.auth.user)) };\n"
    script += "\n".join([f"{{ {pasted(user)['nodemailer']} }}" for user in NASTY])
    said = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True, timeout=60)
    assert [json.loads(line) for line in said.stdout.splitlines()] == NASTY


@pytest.mark.skipif(not shutil.which("java") or not shutil.which("javac"), reason="needs a JDK")
def test_java_reads_it_back(tmp_path: Path) -> None:
    bodies = "\n".join([f"{{ {pasted(user)['JavaMail']} }}" for user in NASTY])
    path = tmp_path / "Main.java"
    path.write_text(
        "import java.util.Properties;\n"
        "class PasswordAuthentication { PasswordAuthentication(String user, String secret) {\n"
        '  for (char c : user.toCharArray()) System.out.print((int) c + " "); System.out.println(); } }\n'
        "abstract class Authenticator { abstract protected PasswordAuthentication getPasswordAuthentication(); }\n"
        "class Session { static Session getInstance(Properties p, Authenticator a) {"
        " a.getPasswordAuthentication(); return null; } }\n"
        f"public class Main {{ public static void main(String[] words) {{\n{bodies}\n}} }}\n",
        encoding="utf-8",
    )
    subprocess.run(["javac", "-encoding", "utf-8", "Main.java"], cwd=tmp_path, check=True, timeout=120)
    said = subprocess.run(["java", "Main"], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    assert ["".join([chr(int(n)) for n in line.split()]) for line in said.stdout.splitlines()] == NASTY


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_a_line_of_a_file_stays_one_line(user: str) -> None:
    for name in ("Postfix", "msmtp"):
        text = pasted(user)[name]
        lines = text.split("\n")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)
        assert len(lines) in (1, *[len(pasted(u)[name].split("\n")) for u in ("ann", "")])


@pytest.mark.parametrize("user", ["a:b", " ann", "a\nb"])
def test_postfix_cannot_write_every_name(user: str) -> None:
    assert "cannot" in pasted(user)["Postfix"]
