"""Why this file exists: what a search can be asked: words, and filters that several nouns share."""

from app.finding.filters import Codes, Countries, Filter, Records, Value, Voices, across
from app.finding.listing import CREATED, RELEVANCE, WORDS, Listing
from app.finding.parameters import Schema, one_of

NOUNS = ("claim", "figure", "report", "actor", "place", "crisis")


class Types(Filter):
    """The nouns that are searched."""

    def fields(self, record_type: str) -> tuple[str, ...]:
        """Every public record says of itself what it is."""
        return tuple(f"{noun}.type" for noun in NOUNS)

    def written(self) -> Schema:
        """A noun is one of these."""
        return one_of(NOUNS)

    def value(self, given: str) -> Value:
        """Return a noun."""
        if given not in NOUNS:
            raise ValueError(f"expected any of {', '.join(NOUNS)}")
        return Value(given)


SEARCH = Listing(
    record_type="",
    filters=(
        WORDS,
        Types("type", "Nouns to search.", "claim"),
        across(Records("crisis", "Crises, by id or slug.", "syria-civil-war"), "claim", "figure", "report"),
        across(Records("report", "Reports, by id or slug.", "aleppo-2016-12"), "claim", "figure"),
        across(
            Voices("voice", "Whose statement it is: actors, or keys of voices.", "syria-civil-defence"),
            "claim",
            "figure",
        ),
        across(
            Records("actor", "Anybody of the chain, or spoken for.", "the-media-line", of="actor"), "claim", "figure"
        ),
        across(Records("publisher", "Who published it.", "the-media-line", of="actor"), "claim", "figure", "report"),
        across(Codes("theme", "What it is about.", "health"), "claim", "figure", "report"),
        across(
            Records("place", "Places and everything inside them, by id, slug or P-code.", "aleppo"),
            "claim",
            "figure",
            "report",
            "place",
            "crisis",
        ),
        across(Countries("country", "Countries, by ISO 3166-1 alpha-3 code.", "SYR"), *NOUNS),
        CREATED,
    ),
    required=("q",),
    usual=RELEVANCE,
)
