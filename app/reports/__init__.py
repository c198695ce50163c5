"""Reports: the published documents that claims stand in, in all their editions."""
