"""Why this file exists: what lists of places can be asked."""

from app.finding.filters import Codes, Countries, Flags, Records
from app.finding.listing import WORDS, Listing
from app.places.words import PlaceKind

PLACES = Listing(
    record_type="place",
    filters=(
        Codes("kind", "What it is.", "community", codes="place_kind", among=tuple(PlaceKind)),
        Countries("country", "Countries, by ISO 3166-1 alpha-3 code.", "SYR"),
        Records("parent", "What it lies in directly.", "aleppo", of="place"),
        Records("place", "Places and everything inside them, by id, slug or P-code.", "aleppo"),
        Flags("informal", "Whether it has no official boundary:", "true"),
        WORDS,
    ),
)
