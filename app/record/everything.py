"""Why this file exists: the few verbs that look at every public record walk through them in one way, batch by batch."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from app.record import queries
from app.record.noun import Noun
from app.record.shelf import Shelf

BATCH = 500


def all_public(connection: Connection, nouns: Mapping[str, Noun]) -> Iterator[tuple[str, list[str]]]:
    """Yield (type, some ids) of every public record, in the nouns' order of citation, first recorded first."""
    for record_type in nouns:
        after = -1
        while page := queries.public_ids(connection, record_type, after, BATCH):
            after = page[-1][1]
            yield record_type, [record_id for record_id, _ in page]


def uses(connection: Connection, nouns: Mapping[str, Noun], vocabulary: str) -> bool:
    """Whether any public record names a code of a vocabulary."""
    for record_type, batch in all_public(connection, nouns):
        shelf, noun = Shelf(connection), nouns[record_type]
        shelf.load_bodies(batch)
        if any(name == vocabulary for one in batch for _, name, _ in noun.codes(shelf.body(one))):
            return True
    return False
