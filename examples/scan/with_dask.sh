#!/bin/sh
# A scan by the workers of a Dask scheduler, all of them on this machine: to see how it goes.
#     sh examples/scan/with_dask.sh hosts.txt results.jsonl
# On several machines smtpprobe-dask-scheduler.service and smtpprobe-dask-worker.service start them, and it is only:
#     smtpprobe scan hosts.txt -o results.jsonl --dask tls://scheduler.example.org:8786
set -eu
[ "$#" -eq 2 ] || { echo "usage: with_dask.sh LIST OUTPUT" >&2; exit 2; }
port=${PORT:-8786}
place=$(mktemp -d)
trap 'kill "$scheduler" "$worker"; wait; rm -r "$place"' EXIT

dask scheduler --host 127.0.0.1 --port "$port" --no-dashboard 2> "$place/scheduler.log" &
scheduler=$!
dask worker "tcp://127.0.0.1:$port" --nworkers 2 --nthreads 2 --no-dashboard --local-directory "$place" \
    2> "$place/worker.log" &
worker=$!
until grep -qs "Registered to" "$place/worker.log"; do kill -0 "$scheduler" "$worker"; sleep 0.2; done

smtpprobe scan "$1" -o "$2" --dask "tcp://127.0.0.1:$port"
