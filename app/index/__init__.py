"""The narrow rows by which public records are found, kept with every write; derived, so all of it can be made again."""
