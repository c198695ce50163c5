"""Crises: what reports are about, with the ids that other systems give them."""
