"""Strings that want to do harm where they are shown or read, by name; and how each looks as octets.

An octet that is no UTF-8 stands in a string as a lone surrogate (U+DC80 to U+DCFF), as Python reads command lines.
"""

from __future__ import annotations

STRINGS: dict[str, str] = {
    # Terminals: ECMA-48, xterm's control sequences.
    "title by OSC": "\x1b]0;owned\x07 and \x1b]2;owned\x1b\\",
    "clipboard by OSC 52": "\x1b]52;c;cm0gLXJmIH4K\x07",
    "hyperlink by OSC 8": "\x1b]8;;file:///etc/passwd\x1b\\click\x1b]8;;\x1b\\",
    "clear screen": "\x1b[2J\x1b[H\x1b[3J",
    "colours and blinking": "\x1b[31;5;7mred\x1b[0m\x1b[38;2;1;2;3m",
    "device control string": '\x1bP$q"p\x1b\\\x1bP+q544e\x1b\\',
    "device attributes": "\x1b[c\x1b[6n\x1b[21t\x1bZ\x05",
    "alternate screen and reset": "\x1b[?1049h\x1bc\x1b#8\x1b(0",
    "C1 as characters": "\x9b2J\x9d0;owned\x9c\x90q\x9c\x85\x84",
    "C1 as octets": "\udc9b2J\udc9d0;owned\udc9c",
    "bell and backspace": "safe\x08\x08\x08\x08evil\x07",
    "carriage return": "550 no\r250 yes\x0b\x0c",
    "line ends": "one\r\n250 two\n\r250-three\n",
    "NUL and DEL": "a\x00b\x7fc\x1ad\x04",
    "shift out": "\x0elqqk\x0f",
    # Unicode: UAX 9, UTS 39, invisible and endless characters.
    "bidi overrides": "\u202egnp.exe\u202c \u202devil\u202a\u202b",
    "bidi isolates and marks": "\u2066a\u2067b\u2068c\u2069 \u200e\u200f\u061c",
    "zero width": "pay\u200bpal\u200c.\u200d\u2060com\ufeff\u00ad\u180e",
    "tag characters": "ok\U000e0001\U000e0065\U000e0076\U000e0069\U000e006c\U000e007f",
    "variation selectors": "a\ufe0e\ufe0f\U000e0100\U000e01ef",
    "combining towers": "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309" * 8 + "\u20dd\u20e3\u0489",
    "marks that take room": "\u0915\u093e\u0940\u0bcc\u1b44\u1baa\u102b\u17b6" * 12,
    "blank letters": "\u3164\uffa0\u115f\u1160\u2800\u034f\u17b4",
    "line and paragraph separators": "a\u2028b\u2029c\x85d\x1cd\x1de\x1ef",
    "lone surrogates": "\ud800\udbff \udfff\udc00",
    "surrogates that pair": "\ud83d\ude00\udc80",
    "private and unassigned": "\ue000\uf8ff\U000f0000\U0010ffff\ufdd0\uffff\u0378",
    "overlong UTF-8": "\udcc0\udcaf\udce0\udc80\udcaf\udcf0\udc80\udc80\udcaf\udcc0\udc80",
    "invalid UTF-8": "\udcff\udcfe\udce2\udc28\udca1\udced\udca0\udc80\udcf5",
    "homoglyphs": "раураl.соm ɢoogle.com ﬀ ｅｖｉｌ℡",
    "right to left": "שלום עולם 250 OK مرحبا ١٢٣",
    "wide": "日本語の文字列" * 40 + "ｗｉｄｅ한국어",
    "emoji sequences": "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽 🇩🇪 ❤️ 1️⃣",
    "annotations": "\ufff9a\ufffab\ufffb\ufffc\u206a\u206f\U0001d173\U0001d17a",
    # Markup: HTML, XML, Markdown, rich.
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>",
    "attribute break-outs": "\" onmouseover=\"alert(1)\" x=' onfocus='alert(1)' autofocus >",
    "end of a script or a style": "</style></script></title></textarea><b>",
    "CDATA and comments": "]]> <![CDATA[ x ]]> --> <!-- --!> <?php ?> <!DOCTYPE x [<!ENTITY e 'x'>]>",
    "entities": "&lt;b&gt; &#60;b&#62; &amp;amp; &e; &#x1b;[2J",
    "Markdown links": "[click](javascript:alert(1)) <javascript:alert(1)> [x]: http://evil.example http://evil.example www.evil.example",
    "Markdown images": "![x](http://evil.example/x.png) ![x][y]",
    "Markdown tables": "a | b\n--- | ---\n| c | d |",
    "Markdown blocks": "# head\n- item\n1. one\n> quote\n```sh\nrm -rf ~\n```\n~~~\n***\n===",
    "Markdown code by indent": "        rm -rf ~",
    "Markdown emphasis": "**bold** __bold__ *i* _i_ ~~s~~ `code` ``co`de`` $x$ \\\\",
    "rich's markup": "[bold red]x[/] [link=file:///etc/passwd]y[/link] :boom: [@click=app.bell]z[/]",
    # Formats that machines read.
    "JSON break-outs": '"}\n{"code": 250, "x": ["',
    "JSON escapes": '\\" \\u0000 \\ud800 \\/ \\x1b NaN Infinity -0 1e999',
    "formulas": "=cmd|' /C calc'!A0",
    "formula of an address": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula with a sign": '+1+1 -1-1 =HYPERLINK("http://evil.example")',
    "formula behind a tab": '\t=1+1\r=1+1,"=1+1"',
    "Prometheus": '"} 1\nsmtpprobe_up{target="x',
    "YAML and TAP": "ok 1 # SKIP\nnot ok 2\n---\n- !!python/object/apply:os.system ['id']\n...",
    "Nagios": "OK | 'a'=1;2;3 | evil=1\nCRITICAL",
    "orders to GitHub": "::error file=x,line=1::owned\n  ::stop-commands::x\r::add-mask::250 %0A::set-env name=x::y",
    "orders in the middle of a line": "ok ##[error]owned ##[add-mask]250 ##vso[task.complete]x ##teamcity[x] ###[debug]",
    "orders where a row folds": "word " * 15 + "::warning file=x::owned " + "x" * 60 + "::error::owned " * 9,
    "JUnit": '"/><failure message="x"><![CDATA[',
    # Programs that fill in templates.
    "percent": "%n %s %x %99999d %(name)s %%",
    "braces": "{} {0} {0.__class__} {name!r:>99999} {{x}} ${HOME} #{x}",
    "backslashes": "\\ \\\\ \\n \\x1b[2J \\u202e C:\\new\\table",
    "shell": "$(id) `id` ; id | id > /tmp/x & 'x' \"y\" \n id",
    # Size.
    "64 KiB keyword": "X" * 65_536,
    "a line of 8 KiB": "word " * 1_638 + "\x1b[2J",
    "64 KiB of controls": "\x1b[2J\u202e" * 8_192,
    "spaces": " \t\n" * 400,
    "nothing": "",
}


def octets(text: str) -> bytes:
    """The string as a server would send it."""
    return b"".join(
        bytes([ord(c) - 0xDC00]) if "\udc80" <= c <= "\udcff" else c.encode("utf-8", "surrogatepass") for c in text
    )


def argument(text: str) -> str:
    """The string as Python sees it in an argument or a file name; the system lets no NUL pass, and none this long."""
    return octets(text).replace(b"\0", b"")[:2_000].decode("utf-8", "surrogateescape")
