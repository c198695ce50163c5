"""Append-only truth: every public change as one chained revision, and the proof that none was altered or lost."""
