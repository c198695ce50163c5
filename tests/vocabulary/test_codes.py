"""The promise: a closed list is closed in one way: the codes that the code knows are those that readers can look up."""

from enum import StrEnum
from typing import Any, Literal, get_args

import pytest

from app.actors.words import ActorKind
from app.claims.schemas import GradingDraft
from app.claims.words import (
    AboutRole,
    AppearancePart,
    AttributionForm,
    ClaimKind,
    HedgeType,
    HopRole,
    Identification,
    Medium,
    Quantifier,
)
from app.crises.words import CrisisStatus, CrisisType
from app.figures.schemas import FigureDraft
from app.kit.schema import UncertainDate
from app.ledger.words import Cause, Operation, WriterRole
from app.places.words import PlaceKind
from app.record.lifecycle import Status
from app.relations.words import RelationType
from app.reports.words import Sensitivity
from app.vocabulary.schemas import TermDraft
from tests.support.api import Api

ENUMS: dict[str, type[StrEnum]] = {
    "about_role": AboutRole,
    "actor_kind": ActorKind,
    "appearance_part": AppearancePart,
    "attribution_form": AttributionForm,
    "cause": Cause,
    "claim_kind": ClaimKind,
    "crisis_status": CrisisStatus,
    "crisis_type": CrisisType,
    "hedge_type": HedgeType,
    "hop_role": HopRole,
    "identification": Identification,
    "medium": Medium,
    "operation": Operation,
    "place_kind": PlaceKind,
    "quantifier": Quantifier,
    "relation_type": RelationType,
    "sensitivity": Sensitivity,
    "status": Status,
    "writer_role": WriterRole,
}


def choices(annotation: Any) -> list[str]:
    """Return the codes of a Literal, also of one that may be null."""
    found = [annotation, *get_args(annotation)]
    return next(list(get_args(one)) for one in found if str(one).startswith("typing.Literal"))


LITERALS: dict[str, list[str]] = {
    "basis": choices(FigureDraft.model_fields["place_basis"].annotation),
    "date_basis": choices(UncertainDate.model_fields["basis"].annotation),
    "information_credibility": choices(GradingDraft.model_fields["information_credibility"].annotation),
    "measure_kind": choices(TermDraft.model_fields["kind"].annotation),
    "source_reliability": choices(GradingDraft.model_fields["source_reliability"].annotation),
}
# Lists that only the vocabularies know: records name their codes freely, and the desk looks them up.
OPEN = {"measure", "organisation_type", "population_group", "report_format", "sector", "theme", "tlp", "unit"}


def codes(api: Api, name: str) -> list[str]:
    return [term["code"] for term in api.data(f"/v1/vocabularies/{name}")["terms"]]


def test_every_vocabulary_is_held_against_the_code_or_is_an_open_list(seeded_api: Api) -> None:
    """A new vocabulary is given its place here, so that none is forgotten."""
    names = [one["name"] for one in seeded_api.walk("/v1/vocabularies?limit=1000")]
    assert sorted(names) == sorted([*ENUMS, *LITERALS, *OPEN])


@pytest.mark.parametrize("name", sorted([*ENUMS, *LITERALS]))
def test_the_codes_of_a_closed_list_are_those_of_the_code(seeded_api: Api, name: str) -> None:
    """No code without a definition for readers, and none that no record could have."""
    known = [one.value for one in ENUMS[name]] if name in ENUMS else LITERALS[name]
    found = codes(seeded_api, name)
    assert sorted(found) == sorted(known)
    assert len(set(found)) == len(found)


def test_choices_reads_a_literal() -> None:
    """The test's own tool finds the codes, with null or without."""
    assert choices(Literal["a", "b"]) == choices(Literal["a", "b"] | None) == ["a", "b"]


def test_every_code_that_the_seed_uses_has_a_label(seeded_api: Api) -> None:
    """Measures say their kind; themes and formats have a label in every document."""
    measures = {term["code"]: term for term in seeded_api.data("/v1/vocabularies/measure")["terms"]}
    units = set(codes(seeded_api, "unit"))
    groups = set(codes(seeded_api, "population_group"))
    for figure in seeded_api.walk("/v1/figures"):
        term = measures[figure["measure"]["code"]]
        assert (figure["measure"]["label"], figure["measure"]["kind"]) == (term["label"], term["kind"])
        assert figure["unit"] in units
        assert figure["population_group"] is None or figure["population_group"] in groups
    labels = {term["code"]: term["label"] for term in seeded_api.data("/v1/vocabularies/theme")["terms"]}
    for claim in seeded_api.walk("/v1/claims?limit=1000"):
        assert all(theme["label"] == labels[theme["code"]] for theme in claim["themes"])
