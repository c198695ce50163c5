"""Onrecord: humanitarian situation reports whose every claim keeps its source on the record."""
