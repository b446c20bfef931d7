"""Dovecot's submission service as installed, on a configuration of our own; what it takes goes on to another server."""

import hashlib
import hmac
import json
import re
import shutil
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import base

ACCOUNT = "dovecot"
COMPLAINT = re.compile(r"auth failed|Disconnected: Too many")
KEY = b"a key that only this test and its server know"

SETTINGS = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
hostname = {hostname}
listen = 127.0.0.1
protocols = submission
ssl = {tls}
ssl_cert = <{chain}
ssl_key = <{key}
ssl_ca = <{ca}
ssl_require_crl = no
ssl_verify_client_cert = yes
auth_ssl_username_from_cert = yes
ssl_cert_username_field = commonName
auth_mechanisms = {mechanisms}
auth_verbose = yes
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:{folder}/mail
submission_relay_host = 127.0.0.1
submission_relay_port = {relay}
submission_relay_trusted = no
passdb {{
  driver = passwd-file
  mechanisms = plain login cram-md5 digest-md5 scram-sha-1 scram-sha-256
  args = {folder}/users
}}
passdb {{
  driver = static
  mechanisms = external
  args = nopassword=yes
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2
}}
userdb {{
  driver = static
  args = uid={account} gid={account} home={folder}/mail
}}
service submission-login {{
  inet_listener submission {{
    port = {port}
  }}
  inet_listener submissions {{
    port = 0
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""

# Tokens are looked at here, not sent to whoever issued them.
OAUTH2 = """\
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
scope = submit
openid_configuration_url = https://issuer.test.example/.well-known/openid-configuration
"""

MECHANISMS = "plain login cram-md5 digest-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer external"


@contextmanager
def running(
    parent: Path,
    certificates: base.Certificates,
    relay: base.MailServer,
    *,
    tls: bool = True,
    mechanisms: str = MECHANISMS,
    scheme: str = "PLAIN",
) -> Iterator[base.MailServer]:
    """Dovecot with one user; ``scheme`` is how its password is stored, which decides on the mechanisms that work."""
    with base.workplace("dovecot", parent) as folder:
        for name in ("run", "state", "mail"):
            (folder / name).mkdir()
        shutil.chown(folder / "mail", ACCOUNT, ACCOUNT)
        server = base.MailServer("dovecot", base.free_port(), folder / "log", certificates.ca_file, COMPLAINT)
        (folder / "users").write_text(f"{base.USER}:{stored(scheme)}\n")
        keys = folder / "keys" / "default" / "HS256"
        keys.mkdir(parents=True)
        (keys / "default").write_bytes(b64encode(KEY))
        (folder / "oauth2").write_text(OAUTH2.format(folder=folder))
        settings = folder / "settings"
        settings.write_text(
            SETTINGS.format(
                folder=folder,
                hostname=base.HOSTNAME,
                tls="required" if tls else "no\ndisable_plaintext_auth = no",
                chain=certificates.chain_file,
                key=certificates.key_file,
                ca=certificates.ca_file,
                mechanisms=mechanisms,
                relay=relay.port,
                account=ACCOUNT,
                port=server.port,
            )
        )
        with base.process(server, ["dovecot", "-F", "-c", str(settings)], folder / "output"):
            yield server


def stored(scheme: str) -> str:
    """The password as Dovecot keeps it."""
    if scheme == "PLAIN":
        return f"{{PLAIN}}{base.PASSWORD}"
    return base.run(["doveadm", "pw", "-s", scheme, "-p", base.PASSWORD]).strip()


def token(user: str, *, seconds: int = 600, scope: str = "submit") -> str:
    """A signed access token (JWT) that holds for so long."""
    now = int(time.time())
    claims = {"sub": user, "iat": now - 5, "exp": now + seconds, "scope": scope}
    parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
    signed = b".".join([urlsafe_b64encode(part).rstrip(b"=") for part in parts])
    signature = urlsafe_b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).rstrip(b"=")
    return (signed + b"." + signature).decode()
