"""Servers held to expectations: from a file of them to a Checking."""
