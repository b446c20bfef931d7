#!/bin/sh
# Before mail moves to another server: is that one as it should be, and what changes for those who send to it?
#     sh examples/predeploy.sh old.example.org new.example.org
# Ends with 0 where nothing stands in the way, and with 1 where the new one fails an expectation or does anything another
# way than the old one; else as smtpprobe does: 3 where one of them cannot be reached, 4 where it could not be told.
# PRESET says what they are for (mx unless given), RETRIES how patient to be; what the old one did stays in $BASELINE.
set -eu
preset=${PRESET:-mx}
retries=${RETRIES:-2}
baseline=${BASELINE:-old-server.json}
[ "$#" -eq 2 ] || { echo "usage: predeploy.sh OLD NEW" >&2; exit 2; }

echo "== $1, as it is"
status=0
smtpprobe check --target "$1" --preset "$preset" --profile capabilities --retries "$retries" \
    --save-baseline "$baseline" --quiet || status=$?
# 1: the old one is not as it should be. That is no news, and perhaps why it is replaced.
[ "$status" -le 1 ] || exit "$status"

echo "== $2, held to what is expected"
smtpprobe check --target "$2" --preset "$preset" --retries "$retries"

echo "== what changes"
smtpprobe diff "$baseline" "$2"
