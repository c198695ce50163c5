"""Who may do what: one table of permissions for every operation, one table of what each role holds."""
