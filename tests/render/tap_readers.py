"""TAP as others read it: Perl's TAP::Parser, which comes with Perl, and what `prove` says of the whole."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

PERL = shutil.which("perl")
PROVE = shutil.which("prove")
_READ = """
use TAP::Parser; use JSON::PP;
binmode STDIN, ":utf8"; my $tap = do { local $/; <STDIN> };
my $parser = TAP::Parser->new({ tap => $tap }); my @found; my $yaml;
while (my $one = $parser->next) {
    if ($one->is_test) {
        push @found, { ok => $one->is_actual_ok ? JSON::PP::true : JSON::PP::false, number => $one->number + 0,
            description => $one->description, directive => $one->directive, explanation => $one->explanation };
    } elsif ($one->is_yaml) { $found[-1]{yaml} = $one->data; }
    elsif (!$one->is_plan && !$one->is_comment && !$one->is_version && !$one->is_bailout) { die $one->raw; }
}
print JSON::PP->new->ascii->encode({ points => \\@found, errors => [$parser->parse_errors],
    version => $parser->version + 0, planned => $parser->tests_planned + 0, failed => [map { $_ + 0 } $parser->failed],
    todo => [map { $_ + 0 } $parser->todo], skipped => [map { $_ + 0 } $parser->skipped] });
"""


def parsed(text: str) -> dict[str, Any]:
    """What TAP::Parser makes of it: ``points`` with their ``yaml``, ``errors``, ``planned``, ``failed``, ``todo``."""
    assert PERL is not None
    found = subprocess.run([PERL, "-e", _READ], input=text.encode(), capture_output=True, check=True)
    assert found.stderr == b""
    whole: dict[str, Any] = json.loads(found.stdout)
    return whole


def prove(text: str, folder: Path) -> tuple[int, str]:
    """The exit status of ``prove`` over a program that prints this, and what it prints itself."""
    assert PROVE is not None
    place = folder / "check.tap"
    place.write_text(text, encoding="utf-8")
    found = subprocess.run([PROVE, "--exec", "cat", str(place)], capture_output=True, text=True, check=False)
    return found.returncode, found.stdout + found.stderr
