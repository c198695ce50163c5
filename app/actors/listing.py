"""Why this file exists: what lists of actors can be asked."""

from app.actors.words import ActorKind
from app.finding.filters import Codes, Countries, Records
from app.finding.listing import WORDS, Listing

ACTORS = Listing(
    record_type="actor",
    filters=(
        Codes("kind", "What it is.", "organization", codes="actor_kind", among=tuple(ActorKind)),
        Codes("organisation_type", "What kind of organisation it is.", "media"),
        Countries("country", "Countries, by ISO 3166-1 alpha-3 code.", "SYR"),
        Records("parent", "What it is a part of.", "chatham-house", of="actor"),
        Codes("role", "In what role it stands in public claims.", "originator", codes="hop_role"),
        WORDS,
    ),
)
