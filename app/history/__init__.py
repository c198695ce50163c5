"""What was on record before: every revision with its differences, and any of them read again."""
