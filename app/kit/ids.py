"""Why this file exists: every record has one opaque, URL-safe, stable id, made in one place.

An id is a TypeID: a three-letter prefix, an underscore, and the 128 bits of a UUID as 26 characters of
Crockford's base 32 in lower case, for example `clm_2x4y6z8a0b1c2d3e4f5g6h7j8k`. Seeded records take UUIDv5 of
their key, so that seeding twice anywhere gives the same ids; all others take UUIDv7, so that ids sort by time.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid5

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
# The namespace of all seeded ids; it may never change, or every seeded record would get a new id.
SEED_NAMESPACE = UUID("6f6e7265-636f-5264-8e65-73656564732e")

PREFIXES: dict[str, str] = {
    "vocabulary": "voc",
    "place": "plc",
    "actor": "act",
    "crisis": "crs",
    "report": "rep",
    "claim": "clm",
    "figure": "fig",
    "relation": "rel",
}
# How each noun is called in paths.
PLURALS: dict[str, str] = {
    "vocabulary": "vocabularies",
    "place": "places",
    "actor": "actors",
    "crisis": "crises",
    "report": "reports",
    "claim": "claims",
    "figure": "figures",
    "relation": "relations",
}
TYPES: dict[str, str] = {prefix: record_type for record_type, prefix in PREFIXES.items()}

ID_PATTERN = r"^[a-z]{3}_[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$"
_ID = re.compile(ID_PATTERN.removeprefix("^").removesuffix("$"), re.ASCII)


def encode(prefix: str, value: UUID) -> str:
    """Return the id of a UUID under a prefix."""
    number = value.int
    characters = []
    for _ in range(26):
        characters.append(ALPHABET[number & 31])
        number >>= 5
    return f"{prefix}_{''.join(reversed(characters))}"


def decode(record_id: str) -> UUID:
    """Return the UUID inside a well-formed id; raises ValueError for anything else."""
    if not _ID.fullmatch(record_id):
        raise ValueError("expected an id such as clm_ and 26 characters of base 32")
    number = 0
    for character in record_id[4:]:
        number = number * 32 + ALPHABET.index(character)
    return UUID(int=number)


def is_id(text: str, record_type: str | None = None) -> bool:
    """Whether a text is a well-formed id, of one record type when that is given."""
    if not _ID.fullmatch(text):
        return False
    return TYPES.get(text[:3]) == record_type if record_type else text[:3] in TYPES


def type_of(record_id: str) -> str:
    """Return the record type that an id's prefix names; raises KeyError for an unknown prefix."""
    return TYPES[record_id[:3]]


def seeded_id(record_type: str, key: str) -> str:
    """Return the id of a seeded record: UUIDv5 of its type and its never edited key."""
    return encode(PREFIXES[record_type], uuid5(SEED_NAMESPACE, f"{record_type}:{key}"))


def new_id(record_type: str, now: datetime, entropy: Callable[[int], bytes]) -> str:
    """Return a new UUIDv7 id (RFC 9562) from an injected instant and injected randomness."""
    milliseconds = int(now.astimezone(UTC).timestamp() * 1000)
    bits = bytearray(milliseconds.to_bytes(6, "big") + entropy(10))
    bits[6] = (bits[6] & 0x0F) | 0x70
    bits[8] = (bits[8] & 0x3F) | 0x80
    return encode(PREFIXES[record_type], UUID(bytes=bytes(bits)))
