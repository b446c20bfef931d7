#!/bin/sh
# Why does my sender fail? Explains a reply, the reply to a given command, a dialogue, and a log.
# With a host, sends it the command in question:  sh examples/explain_failure.sh mail.example.org
set -eu

smtpprobe explain '550 5.7.1 <ann@example.net>: Relay access denied'
echo
smtpprobe explain --command 'AUTH CRAM-MD5' '504 5.5.4 Unrecognized authentication type'
echo
smtpprobe explain --file "$(dirname "$0")/refused_dialogue.txt"
echo
smtpprobe explain --file "$(dirname "$0")/mail.log" --top 2

if [ $# -gt 0 ]; then
    echo
    smtpprobe probe --only command --command 'AUTH CRAM-MD5' "$1"
fi
