"""Ids promise: opaque, URL-safe, one spelling each, and the same on every machine for a seeded record."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import ids
from app.kit.ids import ALPHABET, PLURALS, PREFIXES, SEED_NAMESPACE

TYPES = st.sampled_from(sorted(PREFIXES))
UUIDS = st.uuids(allow_nil=True)
INSTANTS = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(TYPES, UUIDS)
def test_every_uuid_has_one_id_and_comes_back(record_type: str, value: UUID) -> None:
    """Nothing is lost between the 128 bits and the 26 characters, and no escaping is needed in a URL."""
    made = ids.encode(PREFIXES[record_type], value)
    assert ids.decode(made) == value
    assert len(made) == 30
    assert quote(made, safe="") == made
    assert ids.is_id(made, record_type)
    assert ids.type_of(made) == record_type


@given(st.text(ALPHABET + "ilouILOU-", min_size=26, max_size=26), TYPES)
def test_an_id_has_no_second_spelling(characters: str, record_type: str) -> None:
    """What is read as an id is spelt exactly as it is written: no look-alikes, no capitals, no overflow."""
    text = f"{PREFIXES[record_type]}_{characters}"
    if ids.is_id(text):
        assert ids.encode(PREFIXES[record_type], ids.decode(text)) == text
    else:
        with pytest.raises(ValueError, match="expected an id"):
            ids.decode(text)


GOOD = ids.seeded_id("claim", "bcdf")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "clm",
        "clm_",
        GOOD.upper(),
        GOOD + "\n",
        GOOD[:-1],
        GOOD + "0",
        " " + GOOD,
        GOOD.replace("_", "-"),
        "clm_8" + GOOD[5:],
        "xyz" + GOOD[3:],
        GOOD[:-1] + "\u0661",
        GOOD[:-1] + "\uff11",
        GOOD[:-1] + "u",
    ],
)
def test_what_only_looks_like_an_id_is_none(text: str) -> None:
    """A near miss is never taken for an id of a record."""
    assert not ids.is_id(text)
    assert not ids.is_id(text, "claim")


def test_an_id_of_one_noun_is_none_of_another() -> None:
    """The prefix decides the noun."""
    assert not ids.is_id(GOOD, "figure")
    assert ids.is_id(GOOD)


@given(TYPES, st.text(min_size=1, max_size=20))
def test_a_seeded_id_is_made_of_type_and_key_alone(record_type: str, key: str) -> None:
    """Seeding anywhere, at any time, gives a record the same id: UUIDv5 under our namespace."""
    assert ids.decode(ids.seeded_id(record_type, key)) == uuid5(SEED_NAMESPACE, f"{record_type}:{key}")


def test_the_seeds_ids_never_change() -> None:
    """Published ids are in other people's files; this one is written down here."""
    assert ids.seeded_id("claim", "bcdf") == "clm_3dp20er8xebxr8st7r7m0knnzt"


@given(TYPES, INSTANTS, st.binary(min_size=10, max_size=10))
def test_other_ids_are_uuids_of_version_seven(record_type: str, now: datetime, noise: bytes) -> None:
    """RFC 9562: 48 bits of milliseconds, version 7, variant 10, the rest random."""
    value = ids.decode(ids.new_id(record_type, now, lambda length: noise[:length]))
    since = now - datetime(1970, 1, 1, tzinfo=UTC)
    assert value.int >> 80 == since // timedelta(milliseconds=1)
    assert (value.version, value.variant) == (7, "specified in RFC 4122")
    assert value.int & (2**62 - 1) == int.from_bytes(noise[2:], "big") & (2**62 - 1)


@given(INSTANTS, st.integers(1, 10**9), st.binary(min_size=10, max_size=10))
def test_other_ids_sort_by_time(now: datetime, later: int, noise: bytes) -> None:
    """A later millisecond gives a greater id, whatever the randomness."""
    one = ids.new_id("claim", now, lambda _: b"\xff" * 10)
    other = ids.new_id("claim", now + timedelta(milliseconds=later), lambda _: noise)
    assert one < other


def test_every_noun_has_a_prefix_and_a_plural() -> None:
    """No two nouns share a prefix or a path."""
    assert set(PREFIXES) == set(PLURALS)
    assert len(set(PREFIXES.values())) == len(PREFIXES) == len(set(PLURALS.values()))
