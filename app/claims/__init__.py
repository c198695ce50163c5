"""Claims: one proposition each, with who said it, how it came to us, and where exactly it stands in the text."""
