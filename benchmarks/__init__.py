"""Measurements: always ratios of alternating runs on one machine, never a time that a test depends on."""
