"""The closed lists of codes: each with labels, definitions, and the words that other systems use for the same thing."""
