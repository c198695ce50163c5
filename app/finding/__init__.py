"""What a list can be asked for, and the SQL that answers it: filters, sorts, counts and facets over the index."""
