#!/bin/sh
# Holds a mail server to expectations in CI: no finding of severity error, and what ci_expectations.py asks for.
#     sh examples/ci_expectations.sh mail.example.org
# Ends with 0 where all is met, 1 where something is not or the run was inconclusive, 3 where there was no conversation.
# The report stays in $REPORT, to look into later.
set -u
report=${REPORT:-smtpprobe-report.json}

smtpprobe probe --fail-on error --inconclusive fail --format json --output "$report" "$1"
status=$?
[ "$status" -le 1 ] || exit "$status"
python3 "$(dirname "$0")/ci_expectations.py" < "$report" || exit 1
exit "$status"
