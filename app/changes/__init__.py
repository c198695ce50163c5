"""The feed that partners follow: every change in the order of the ledger, and the head that proves it."""
