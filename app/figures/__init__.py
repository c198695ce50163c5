"""Figures: the quantities that claims state, each kept with its qualifier and beside its rivals, never summed."""
