"""Why this file exists: what lists of claims can be asked; lists of figures can be asked most of it too."""

from app.claims.words import AttributionForm, ClaimKind, Identification, Medium
from app.finding.filters import Codes, Countries, Filter, Flags, Records, Voices
from app.finding.listing import WORDS, Listing, example_id
from app.finding.times import Periods

SAID: tuple[Filter, ...] = (
    Records("crisis", "Crises, by id or slug.", "syria-civil-war"),
    Records("report", "Reports, by id or slug.", "aleppo-2016-12"),
    Voices("voice", "Whose statement it is: actors, alone or jointly, or keys of voices.", "syria-civil-defence"),
    Records("originator", "Who said it.", "syria-civil-defence", of="actor"),
    Records("relay", "Who passed on what somebody else said.", "the-media-line", of="actor"),
    Records("publisher", "Who published the report.", "the-media-line", of="actor"),
    Records("reporter", "Who wrote the report, by id.", example_id("actor"), of="actor"),
    Records("affiliation", "To whom somebody of the chain belongs.", "chatham-house", of="actor"),
    Records("actor", "Anybody of the chain, or on whose behalf somebody of it speaks.", "the-media-line", of="actor"),
    Records("about", "Whom it concerns.", "syria-civil-defence", of="actor"),
    Codes(
        "form", "How the text gives the words.", "direct_quote", codes="attribution_form", among=tuple(AttributionForm)
    ),
    Codes("identification", "How far the text says who the originator is.", "named", among=tuple(Identification)),
    Codes("kind", "What the claim does.", "warning", codes="claim_kind", among=tuple(ClaimKind)),
    Codes("medium", "Through what anybody of the chain spoke.", "interview", among=tuple(Medium)),
    Codes("theme", "What it is about.", "protection_and_human_rights"),
    Records("place", "Places and everything inside them, by id, slug or P-code.", "aleppo"),
    Countries("country", "Countries, by ISO 3166-1 alpha-3 code.", "SYR"),
    Codes("measure", "What its figures count or gauge.", "people_besieged"),
    Periods("event", "What happened, or will,", "2016-12-13"),
    Periods("said", "Said", "2016-12-13"),
    Periods("published", "Published", "2016-12-14"),
)
CLAIMS = Listing(
    record_type="claim",
    filters=(*SAID, Flags("has_figures", "Whether it states figures:", "true"), WORDS),
    dates={"event": "claim.event", "said": "claim.said", "published": "claim.published"},
    within_report="report_order",
)
