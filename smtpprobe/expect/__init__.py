"""What a user expects of a server: the file that says it, and whether a server does it. Pure."""
