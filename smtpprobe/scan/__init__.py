"""Many servers: each asked once, politely, and none lost."""
