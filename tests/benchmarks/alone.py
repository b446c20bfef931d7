"""A network of its own for a benchmark: it has nothing but loopback, and its servers are seen by nobody else.

There port 25 of every address of 127.0.0.0/8 is free, and the queue of connections that wait to be accepted may be as
long as thousands of clients at once need it, whatever the machine's own settings are.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

#: Connections that may wait to be accepted.
BACKLOG = 16384
_MARK = "SMTPPROBE_BENCH_ALONE"
_SETTINGS = ("core/somaxconn", "ipv4/tcp_max_syn_backlog")


def enter() -> None:
    """Go on inside such a network: this program starts anew there, with the same arguments. Needs root."""
    if _MARK in os.environ:
        _furnish()
        return
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("ip"):
        sys.exit("The benchmark needs root, and the commands unshare and ip: apt-get install util-linux iproute2.")
    os.environ[_MARK] = "1"
    sys.stdout.flush()
    os.execvp("unshare", ["unshare", "--net", sys.executable, *sys.argv])


def _furnish() -> None:
    # Told to end it ends its servers first; nobody else would find them in here.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for setting in _SETTINGS:
        Path("/proc/sys/net", setting).write_text(str(BACKLOG))
    # Ten thousand conversations are as many open files, here and in what is started from here.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
