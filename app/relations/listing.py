"""Why this file exists: what lists of relations can be asked."""

from app.finding.filters import Codes, Records
from app.finding.listing import Listing, example_id
from app.ledger.words import WriterRole
from app.relations.words import RelationType

RELATIONS = Listing(
    record_type="relation",
    filters=(
        Codes(
            "relation",
            "How the two stand to each other.",
            "conflicts_with",
            codes="relation_type",
            among=tuple(RelationType),
        ),
        Codes("role", "In what role it was judged.", "editor", codes="writer_role", among=tuple(WriterRole)),
        Records("claim", "Claims at either end, also through their figures.", example_id("claim")),
        Records("figure", "Figures at either end.", example_id("figure")),
        Records("report", "Reports of either end, by id or slug.", "aleppo-2016-12"),
        Records("crisis", "Crises of either end, by id or slug.", "syria-civil-war"),
    ),
)
