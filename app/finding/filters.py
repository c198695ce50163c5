"""Why this file exists: the kinds of filters; a noun's list declares which it has, and everything else follows.

A filter says which parameters it has, how a value of it is written, and what of the index it asks. It raises
ValueError, with what was expected, for a value that is none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from app.finding.conditions import Condition, OneOf, Saying
from app.finding.parameters import BOOLEAN, Parameter, Schema, many, one_of, text
from app.kit import ids
from app.kit.words import LONGEST_QUERY, WordsError, parse_query

MOST_VALUES, LONGEST_CODE = 100, 80
_HANDLE = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9%{}+:_-]{1,80}", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{3}", re.ASCII)
_EXTERNAL = re.compile(r"[a-z][a-z0-9_]{1,30}:[A-Za-z0-9%{}+:_-]{1,80}", re.ASCII)
_VOICE_PART = r"(act_[0-7][0-9a-z]{25}|rep_[0-7][0-9a-z]{25}\.s[1-9][0-9]{0,3}|clm_[0-7][0-9a-z]{25}\.unknown)"
_VOICE = re.compile(rf"{_VOICE_PART}(\+{_VOICE_PART}){{0,49}}", re.ASCII)
QUERY: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_QUERY}
LISTED = "Several values, separated by commas, mean any of them."


class Value(NamedTuple):
    """One value of a filter by term: the term's own value, or a handle that finds the record whose id it is."""

    value: str
    handle_of: str | None = None


class Terms(NamedTuple):
    """What a filter by terms asks: any of these values of any of the fields; `vocabulary` lists its codes."""

    name: str
    fields: tuple[str, ...]
    values: tuple[Value, ...]
    vocabulary: str | None


def of_path(noun: str, field: str, record_id: str) -> Terms:
    """Return what a path asks of the list in it: one record. No facet has its name, so that none leaves it out."""
    return Terms(f"/{field}", (f"{noun}.{field}",), (Value(record_id),), None)


Asked = Terms | Condition
Texts = Mapping[str, str]


def listed(given: str) -> list[str]:
    """Return the values of a comma-separated list, each once; raises ValueError for an empty one or too many."""
    values = list(dict.fromkeys(given.split(",")))
    if "" in values:
        raise ValueError("expected values separated by commas, none of them empty")
    if len(values) > MOST_VALUES:
        raise ValueError(f"expected at most {MOST_VALUES} values")
    return values


@dataclass(frozen=True)
class Filter:
    """A filter of one parameter whose values are terms of a field."""

    name: str
    about: str
    example: str
    can_be_counted: ClassVar[bool] = True
    vocabulary: ClassVar[str | None] = None

    def parameters(self) -> tuple[Parameter, ...]:
        """Return the parameters of this filter."""
        return (Parameter(self.name, f"{self.about} {LISTED}", self.example, many(self.written(), MOST_VALUES)),)

    def written(self) -> Schema:
        """Return the schema of one value."""
        raise NotImplementedError

    def fields(self, record_type: str) -> tuple[str, ...]:
        """Return the fields that it asks."""
        return (f"{record_type}.{self.name}",)

    def counted(self, record_type: str) -> tuple[str, ...]:
        """Return the fields that its facet counts."""
        return self.fields(record_type)

    def value(self, given: str) -> Value:
        """Return one value; raises ValueError."""
        raise NotImplementedError

    def ask(self, record_type: str, given: Texts) -> Asked:
        """Return what the given texts of its parameters ask; raises ValueError."""
        values = tuple(self.value(one) for one in listed(given[self.name]))
        return Terms(self.name, self.fields(record_type), values, self.vocabulary)


@dataclass(frozen=True)
class Codes(Filter):
    """Codes of a vocabulary, open or closed; a code that is in none is refused, with the nearest that is.

    `among` are all codes of a closed one, for those who generate types; the vocabulary itself decides.
    """

    codes: str = ""
    among: tuple[str, ...] = ()

    @property
    def vocabulary(self) -> str:  # type: ignore[override]
        """Return the vocabulary that lists the codes."""
        return self.codes or self.name

    def written(self) -> Schema:
        """A code is written like this."""
        return one_of(self.among) if self.among else text(_CODE.pattern)

    def value(self, given: str) -> Value:
        """Return a code, or another system's word for one, which is looked up to name the code that is meant."""
        if not given.isprintable() or len(given) > LONGEST_CODE:
            raise ValueError(f"expected a code of the vocabulary {self.vocabulary}")
        return Value(given)


@dataclass(frozen=True)
class Records(Filter):
    """Records of one noun, by id or by slug (places also by P-code); one that is not there finds nothing."""

    of: str = ""

    def written(self) -> Schema:
        """An id, a slug or a P-code is written like this."""
        return text(_HANDLE.pattern)

    def value(self, given: str) -> Value:
        """Return an id, or a handle."""
        of = self.of or self.name
        if ids.is_id(given, of):
            return Value(given)
        if not _HANDLE.fullmatch(given) or ids.is_id(given):
            raise ValueError(f"expected the id or slug of a {of}")
        return Value(given, of)


@dataclass(frozen=True)
class Voices(Records):
    """Voices: an actor, by id or slug, alone or with others; or the key of a voice, which is that one alone."""

    of: str = "actor"

    def counted(self, record_type: str) -> tuple[str, ...]:
        """Count by key, so that every record counts once, also one of several actors."""
        return tuple(f"{field}_key" for field in self.fields(record_type))

    def written(self) -> Schema:
        """An id, a slug or a key is written like this."""
        return text(r"[A-Za-z0-9_.+-]{1,2000}")

    def value(self, given: str) -> Value:
        """Return an actor's id or slug, or a key."""
        # A plus sign that was not written as %2B has become a space.
        key = given.replace(" ", "+")
        return Value(key) if _VOICE.fullmatch(key) else super().value(given)


@dataclass(frozen=True)
class Countries(Filter):
    """Countries by their ISO 3166-1 alpha-3 codes."""

    def written(self) -> Schema:
        """A country is written like this."""
        return text(_COUNTRY.pattern)

    def value(self, given: str) -> Value:
        """Return a country's code."""
        if not _COUNTRY.fullmatch(given):
            raise ValueError("expected ISO 3166-1 alpha-3 codes, in capitals, such as SYR")
        return Value(given)


@dataclass(frozen=True)
class ExternalIds(Filter):
    """Ids in other systems, as `scheme:value`."""

    can_be_counted: ClassVar[bool] = False

    def written(self) -> Schema:
        """An id is written like this."""
        return text(_EXTERNAL.pattern)

    def value(self, given: str) -> Value:
        """Return an id with its scheme."""
        if not _EXTERNAL.fullmatch(given):
            raise ValueError("expected scheme:value, such as glide:CE-2011-000012-SYR")
        return Value(given)


@dataclass(frozen=True)
class Flags(Filter):
    """Whether something is so: true or false."""

    def parameters(self) -> tuple[Parameter, ...]:
        """Return the one parameter."""
        return (Parameter(self.name, f"{self.about} true or false.", self.example == "true", BOOLEAN),)

    def value(self, given: str) -> Value:
        """Return true or false."""
        if given not in ("true", "false"):
            raise ValueError("expected true or false")
        return Value(given)


@dataclass(frozen=True)
class Ids(Filter):
    """The records themselves, by id."""

    can_be_counted: ClassVar[bool] = False

    def written(self) -> Schema:
        """An id is written like this."""
        return text(ids.ID_PATTERN[1:-1])

    def ask(self, record_type: str, given: Texts) -> Asked:
        """Return the ids; a well-formed one that is not there finds nothing."""
        values = listed(given[self.name])
        if not all(ids.is_id(one, record_type) for one in values):
            raise ValueError(
                f"expected ids of {ids.PLURALS[record_type]}, which begin with {ids.PREFIXES[record_type]}_"
            )
        return OneOf(record_type, tuple(values))


@dataclass(frozen=True)
class Across(Filter):
    """A filter asked of several nouns at once."""

    of: Filter
    nouns: tuple[str, ...]

    @property
    def vocabulary(self) -> str | None:  # type: ignore[override]
        """Return the vocabulary that lists its codes."""
        return self.of.vocabulary

    def fields(self, record_type: str) -> tuple[str, ...]:
        """Return the field of each noun."""
        return tuple(field for noun in self.nouns for field in self.of.fields(noun))

    def counted(self, record_type: str) -> tuple[str, ...]:
        """Return what is counted of each noun."""
        return tuple(field for noun in self.nouns for field in self.of.counted(noun))

    def written(self) -> Schema:
        """A value is written as the filter writes it."""
        return self.of.written()

    def value(self, given: str) -> Value:
        """Return one value, as the filter reads it."""
        return self.of.value(given)


def across(of: Filter, *nouns: str) -> Across:
    """Return a filter asked of several nouns at once."""
    return Across(of.name, of.about, of.example, of, nouns)


@dataclass(frozen=True)
class Words(Filter):
    """Words of the texts that search covers."""

    can_be_counted: ClassVar[bool] = False

    def parameters(self) -> tuple[Parameter, ...]:
        """Return the one parameter."""
        return (Parameter(self.name, self.about, self.example, QUERY),)

    def ask(self, record_type: str, given: Texts) -> Asked:
        """Return the words."""
        try:
            return Saying(parse_query(given[self.name]), record_type)
        except WordsError as error:
            raise ValueError(str(error)) from None
