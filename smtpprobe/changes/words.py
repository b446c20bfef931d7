"""The closed lists of a difference: what may change, and what is folded away unless asked for. No look-ups."""

from __future__ import annotations

from smtpprobe.outcome import Word


class What(Word):
    """What of a server changed. The order is the one in which changes are told."""

    CONVERSATION = "conversation", "whether a conversation can be held, and if not, how it ends"
    SERVER = "server", "whether the server is there at all: only one side tells of it"
    SOFTWARE = "software", "the server software as recognised, with its version"
    GREETING = "greeting", "the code and the text of the greeting"
    EXTENSION = "extension", "an EHLO keyword and its arguments"
    MECHANISM = "mechanism", "a mechanism of AUTH"
    ORDER = "order", "the order of EHLO's keywords or of AUTH's mechanisms"
    TLS = "tls", "the version of TLS, or whether TLS comes about at all"
    CIPHER = "cipher", "the cipher of TLS"
    CERTIFICATE = "certificate", "a property of the certificate: issuer, subject, names, trust, dates"
    VERDICT = "verdict", "how far a promise is kept, or what a question showed"
    ANSWER = "answer", "the code or the enhanced code that a command gets"
    WORDING = "wording", "the text of an answer whose codes are the same"
    FINDING = "finding", "a finding that is new, gone, or graver or milder than before"
    TIMING = "timing", "how long a stage takes"


class Also(Word):
    """What is folded away unless somebody asks for it."""

    ORDER = "order", "the order of EHLO's keywords and of AUTH's mechanisms"
    DATES = "dates", "dates and times of day in replies, and those of the certificate"
    IDS = "ids", "ids of sessions and queues, addresses, ports, process numbers, names that were made up"
    TIMINGS = "timings", "how long each stage took"
