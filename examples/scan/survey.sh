#!/bin/sh
# Asks the mail servers of many domains, slowly and by a name that says who asks. Killed or stopped, run it again: it goes
# on where it was. Ends with 0 when all were asked; else as smtpprobe does: 2 for a mistake, 4 where there is more to do.
#     NAME=mail-survey.example.org sh examples/scan/survey.sh domains.txt survey.jsonl.zst
# NAME leads to this machine and back, and has a page that tells who asks and how to be left out. RESOLVER is best one of
# your own on this machine, BLOCKLIST whom to leave alone, RATE how many connections a second. More options may follow.
set -eu
[ "$#" -ge 2 ] || { echo "usage: survey.sh DOMAINS OUTPUT [OPTION...]" >&2; exit 2; }
domains=$1 output=$2
shift 2
exec smtpprobe scan --mx "$domains" -o "$output" \
    --ehlo-name "${NAME:?say who asks}" --resolver "${RESOLVER:-127.0.0.1}" --dns-rate 200 \
    --blocklist "${BLOCKLIST:-examples/scan/blocklist.txt}" --rate "${RATE:-10}" --html "$output.html" "$@"
