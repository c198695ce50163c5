"""Actors: the persons, organisations, forces and communities that speak, carry, and are spoken about."""
