"""Search: what was found, and where in its text, shown in segments."""
