"""A comparison of two codes in the form that was asked for, one file a format. What it says is not decided here."""
