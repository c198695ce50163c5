"""Why this file exists: what lists of crises can be asked."""

from app.crises.words import CrisisStatus, CrisisType
from app.finding.filters import Codes, Countries, ExternalIds, Records
from app.finding.listing import WORDS, Listing
from app.finding.times import Periods

CRISES = Listing(
    record_type="crisis",
    filters=(
        Codes("crisis_type", "What kind of emergency it is.", "conflict", among=tuple(CrisisType)),
        Codes("crisis_status", "alert, ongoing or past.", "ongoing", among=tuple(CrisisStatus)),
        Records("place", "Places and everything inside them, by id, slug or P-code.", "aleppo"),
        Countries("country", "Countries, by ISO 3166-1 alpha-3 code.", "SYR"),
        ExternalIds("external_id", "Ids in other systems, as scheme:value.", "glide:CE-2011-000012-SYR"),
        Periods("dates", "Going on", "2016-12-13"),
        WORDS,
    ),
    dates={"dates": "crisis.dates"},
)
