"""The readers of lines, one file a format, and the order in which they are asked in order.py."""
