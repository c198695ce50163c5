"""Overview: a crisis on one page, made of stored documents."""
