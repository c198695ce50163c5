"""The record in formats that people open: one table, one walk over the documents, one presenter a format."""
