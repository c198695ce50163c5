"""Why this file exists: what lists of figures can be asked."""

from app.claims.listing import SAID
from app.claims.words import Quantifier
from app.figures.finding import Numbers
from app.finding.filters import Codes, Flags, Records
from app.finding.listing import WORDS, Listing, example_id
from app.finding.times import Periods

FIGURES = Listing(
    record_type="figure",
    filters=(
        *SAID,
        Records("claim", "The claims that state it, by id.", example_id("claim")),
        Codes("unit", "The unit (UCUM style).", "{person}"),
        Codes("population_group", "Of whom.", "civilians"),
        Codes("quantifier", "How the source qualified the number.", "at_least", among=tuple(Quantifier)),
        Numbers("value", "The number.", "100000"),
        Periods("reference", "The reference period is", "2016-12-13"),
        Flags("derived", "Whether it was computed here from others:", "false"),
        WORDS,
    ),
    dates={name: f"figure.{name}" for name in ("event", "said", "published", "reference")},
)
