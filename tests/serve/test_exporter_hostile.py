"""The exporter asked about servers that do everything wrong: it answers, and nothing that they say is in its series."""

from __future__ import annotations

import contextlib
import re
import sys
from pathlib import Path

import pytest
from exporters import GUARD, run

from smtpprobe.catalogue.extensions import EXTENSIONS
from smtpprobe.expect import servers
from smtpprobe.serve.scope import FileScope, Permission
from smtpprobe.serve.service import Service

sys.path.append(str(Path(__file__).parents[1] / "hostile"))
import rows_certificate_contents
import rows_ehlo
import rows_greeting
import rows_replies
from behaviour import AMPLE, Behaviour
from holding import watched

#: Those that have something to say, and say it at once; tests/hostile has the others, and a clock of its own.
TALKATIVE = (*rows_greeting.ROWS, *rows_ehlo.ROWS, *rows_replies.ROWS, *rows_certificate_contents.ROWS)
PROMPT = [row for row in TALKATIVE if not row.waits and not row.settings and not row.lmtp]
#: name="value", with nothing in it but letters, digits and a few marks of ours.
SERIES = re.compile(r'[a-z_]+(?:\{[a-z_]+="[A-Za-z0-9 .=_-]+"(?:,[a-z_]+="[A-Za-z0-9 .=_-]+")*\})? [0-9.e+-]+')
KEYWORD = re.compile(r'keyword="([^"]*)"')


@pytest.mark.parametrize("row", PROMPT, ids=lambda row: row.name)
def test_a_hostile_server_is_a_row_of_numbers(row: Behaviour) -> None:
    async def test() -> None:
        async with row.serve(watched(row.script, AMPLE)) as server:
            target = f"127.0.0.1:{server.port}"
            text = f'[defaults]\ntls = "{row.tls}"\n[[server]]\ntarget = "{target}"\npreset = "mx"\ntls = "{row.tls}"'
            scope = FileScope(servers.parse(text.encode(), "test.toml", fail_on="never"), Permission(), {})
            service = Service(scope)
            told = await service.scrape(target, "check", GUARD, debug=False)
            lines = [line for line in told.splitlines() if not line.startswith("#")]
            assert [line for line in lines if not SERIES.fullmatch(line)] == []
            assert set(KEYWORD.findall(told)) <= EXTENSIONS.keys()
            debug = await service.scrape(target, "check", GUARD, debug=True)
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", debug)
            await service.keeper.close()
            with contextlib.suppress(TimeoutError):
                await server.over()

    run(test)
