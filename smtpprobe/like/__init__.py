"""How this machine's own mail server would send, read from its configuration. Sends nothing and changes nothing."""
