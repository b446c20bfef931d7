"""What the digits of a reply code mean (RFC 5321 4.2 and 4.2.1). Words only, no code's own story."""

CLASSES = {
    2: "2yz Positive Completion",
    3: "3yz Positive Intermediate",
    4: "4yz Transient Negative Completion",
    5: "5yz Permanent Negative Completion",
}

GROUPS = (
    "x0x syntax",
    "x1x information",
    "x2x connections",
    "x3x authentication (unspecified in RFC 5321)",
    "x4x unspecified",
    "x5x mail system",
    *(f"x{digit}x outside RFC 5321 (its second digits end at 5)" for digit in range(6, 10)),
)

OUTSIDE = "outside SMTP (reply codes begin with 2 to 5)"


def is_reply_code(code: int) -> bool:
    """Could an SMTP server send this number? The second digit is not held against it: 571 is seen on the wire."""
    return 200 <= code <= 599
