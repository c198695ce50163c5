"""The texts of reports: taken in and let go, held against any copy, and the places in them found."""
