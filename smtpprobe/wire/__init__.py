"""Talking: bytes, connections, TLS. The only importer of aiosmtplib; it does not know what a reply means."""
