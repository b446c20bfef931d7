"""All rows, in reading order."""

from __future__ import annotations

import rows_auth
import rows_certificate_contents
import rows_certificates
import rows_ehlo
import rows_endings
import rows_flood
import rows_greeting
import rows_handshake
import rows_pairing
import rows_replies
import rows_starttls
import rows_tls
from behaviour import Behaviour

BEHAVIOURS: tuple[Behaviour, ...] = (
    *rows_greeting.ROWS,
    *rows_ehlo.ROWS,
    *rows_replies.ROWS,
    *rows_pairing.ROWS,
    *rows_endings.ROWS,
    *rows_flood.ROWS,
    *rows_auth.ROWS,
    *rows_starttls.ROWS,
    *rows_handshake.ROWS,
    *rows_tls.ROWS,
    *rows_certificates.ROWS,
    *rows_certificate_contents.ROWS,
)
BY_NAME = {behaviour.name: behaviour for behaviour in BEHAVIOURS}
