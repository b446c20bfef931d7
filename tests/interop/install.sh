#!/bin/sh
# Brings the servers of the interop tests, and the tools that read the examples, onto a Debian machine, as root. Runs none
# of them, and may be repeated. Postfix is installed; packages that provide mail-transport-agent exclude each other, so the
# other mail servers are only unpacked, and so are the monitors, whose services nobody wants here.
# shellcheck disable=SC2086  # the lists of packages are meant to be split
set -eu

cache=${SMTPPROBE_INTEROP:-/var/cache/smtpprobe-interop}
unpacked="exim4-daemon-light opensmtpd sendmail-bin sendmail-cf sendmail-base sasl2-bin"
unpacked="$unpacked nagios4-core nagios4-common icinga2-bin icinga2-common monitoring-plugins-basic"
installed="postfix m4 netbase openssl libsasl2-modules knot unbound dovecot-core dovecot-submissiond prometheus"
installed="$installed shellcheck strace systemd"
export DEBIAN_FRONTEND=noninteractive

everything() {
    for package in $unpacked; do [ -e "$cache/.$package" ] || return 1; done
    dpkg-query --show --showformat='${db:Status-Status}\n' $installed 2>/dev/null | grep -vqx installed && return 1
    dpkg-query --show $installed >/dev/null 2>&1
}

get() {
    apt-get -q -y -o DPkg::Lock::Timeout=300 -o APT::Sandbox::User=root "$@"
}

fetch() {
    get update
    # invoke-rc.d asks this script; 101 keeps the packages from starting their services.
    if [ ! -e /usr/sbin/policy-rc.d ]; then
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
        printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
        chmod 755 /usr/sbin/policy-rc.d
    fi
    libraries=$(apt-cache depends $unpacked | sed -n 's/^  Depends: <\{0,1\}\(lib[^ >]*\)>\{0,1\}$/\1/p' | sort -u)
    get install --no-install-recommends $installed $libraries
    mkdir -p "$cache/debs" "$cache/root"
    cd "$cache/debs"
    for package in $unpacked; do
        [ -e "$cache/.$package" ] && continue
        rm -f "${package}"_*.deb
        get download "$package"
        dpkg -x "${package}"_*.deb "$cache/root"
        touch "$cache/.$package"
    done
    chmod 755 "$cache" "$cache/root"
}

account() {
    getent passwd "$1" >/dev/null ||
        useradd --badname --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$1"
}

[ "$(id -u)" -eq 0 ] || { echo "install.sh: run me as root" >&2; exit 1; }
everything || fetch
# The names compiled into Exim, OpenSMTPD and Sendmail.
for user in Debian-exim opensmtpd opensmtpq smmta smmsp; do account "$user"; done
# The paths compiled into OpenSMTPD, for a kernel that forbids it a mount namespace.
mkdir -p /var/lib/opensmtpd/empty
[ -d /var/spool/smtpd ] || mkdir -m 711 /var/spool/smtpd
echo "The servers are in $cache."
