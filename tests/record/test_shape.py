"""A shape promises: a body and its rows say the same, so the ledger can be held against the tables."""

from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.catalogue import NOUNS
from app.figures.schemas import FigureDraft
from app.kit.canonical import canonical, parse
from app.kit.schema import UncertainDate
from app.places.schemas import PointDraft
from app.record.noun import Noun
from app.record.shape import to_body, to_rows

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
DECIMALS = st.decimals(0, 10**6, places=3).map(lambda one: format(one.normalize(), "f"))
DATES = st.sampled_from(["2016", "2016-12", "2016-12-13?", "201X", "../2016-12-14", "[2016-12-13..2016-12-15]"])
# What the shapes compute with, or spell otherwise; everything else is any value of its kind.
SPECIAL: dict[tuple[type, str], st.SearchStrategy[Any]] = {
    (UncertainDate, "edtf"): DATES,
    (PointDraft, "latitude"): DECIMALS,
    (PointDraft, "longitude"): DECIMALS.map(lambda one: "-" + one if one != "0" else one),
    **{(FigureDraft, name): st.none() | DECIMALS for name in ("value", "lower", "upper")},
}


def json_of(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Return the JSON that a draft may be dumped to: every field, its kind right, the rules between fields ignored."""
    fields = {field.alias or name: _field(model, name, field) for name, field in model.model_fields.items()}
    return st.fixed_dictionaries(fields)


def _field(model: type[BaseModel], name: str, field: FieldInfo) -> st.SearchStrategy[Any]:
    return SPECIAL[model, name] if (model, name) in SPECIAL else _kind(field.annotation)


def _kind(kind: Any) -> st.SearchStrategy[Any]:
    """Return the JSON values of an annotation."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Annotated, Union, UnionType):
        return st.one_of([_kind(one) for one in (inside[:1] if origin is Annotated else inside)])
    if origin is Literal:
        return st.sampled_from(inside)
    if origin is tuple:
        return st.lists(_kind(inside[0]), max_size=3)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return json_of(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from([one.value for one in kind])
    return {NoneType: st.none(), str: WORDS, int: st.integers(0, 10**6), bool: st.booleans()}[kind]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.type)
def test_a_body_comes_back_from_its_rows(noun: Noun) -> None:
    """Whatever a body holds, its rows hold it all, and nothing else."""

    @given(json_of(noun.draft))
    def prove(value: dict[str, Any]) -> None:
        body = parse(canonical(value))
        rows = to_rows(noun.shape, "id_1", body)
        back = to_body(noun.shape, rows)
        assert back == body
        shuffled = {name: some[::-1] for name, some in rows.items()}
        assert to_body(noun.shape, shuffled) == body

    prove()


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.type)
def test_every_column_of_every_table_is_filled(noun: Noun) -> None:
    """Rows name every column of their table, and no other: none is left to a default."""

    @given(json_of(noun.draft))
    def prove(value: dict[str, Any]) -> None:
        for shape in noun.shape.all():
            for row in to_rows(noun.shape, "id_1", parse(canonical(value))).get(shape.table.name, []):
                assert set(row) == {column.name for column in shape.table.columns}

    prove()
