"""The desk: the one write transaction that all nouns share, and the register and documents that it keeps for them."""
