"""Seeding: the annotation in `seed/`, read as a person wrote it, and written through the desk like everything else."""
