"""Compare: who gives which number for one measure and place, side by side; never added, never merged."""
