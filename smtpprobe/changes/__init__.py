"""What changed between two reports, folded to what matters. Pure."""
