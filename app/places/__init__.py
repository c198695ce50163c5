"""Places: countries, administrative areas with P-codes, communities, and informal areas inside them."""
