"""Why this file exists: what lists of reports can be asked."""

from app.finding.filters import Codes, Countries, Records
from app.finding.listing import WORDS, Listing, example_id
from app.finding.times import Periods

REPORTS = Listing(
    record_type="report",
    filters=(
        Records("crisis", "Crises, by id or slug.", "syria-civil-war"),
        Records("publisher", "Who published it.", "the-media-line", of="actor"),
        Records("reporter", "Who wrote it, by id.", example_id("actor"), of="actor"),
        Codes("report_format", "What kind of document it is (ReliefWeb's list).", "news_and_press_release"),
        Codes("theme", "What it is about.", "protection_and_human_rights"),
        Records("place", "Places and everything inside them, by id, slug or P-code.", "aleppo"),
        Countries("country", "Countries, by ISO 3166-1 alpha-3 code.", "SYR"),
        Periods("published", "Published", "2016-12-14"),
        WORDS,
    ),
    dates={"published": "report.published"},
)
