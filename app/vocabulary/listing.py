"""Why this file exists: what the list of vocabularies can be asked."""

from app.finding.listing import Listing

VOCABULARIES = Listing(record_type="vocabulary", filters=())
