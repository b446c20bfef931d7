"""What an answer means: entries and pure look-ups, no I/O."""
