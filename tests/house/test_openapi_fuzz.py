"""The document promises: whatever it allows is answered as it says, and whatever it forbids is refused as it says."""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import openapi
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance, response_schema_conformance

from tests.support.api import Api
from tests.support.documents import DOCUMENT

SCHEMA = openapi.from_dict(DOCUMENT)
OPERATIONS = {
    found.ok().definition.raw["operationId"]: found.ok()
    for found in SCHEMA.get_all_operations()
    if isinstance(found, Ok)
}
# A few of each in the default suite; FUZZ_EXAMPLES=500 in an hour of its own.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "12"))
# Codes are listed in vocabularies, which are data, and a period must not end before it begins: no schema can say so,
# and these are refused with 400.
UNSAYABLE = [positive_data_acceptance]


def test_every_operation_is_fuzzed() -> None:
    """One that could not be read would be left out in silence."""
    assert len(OPERATIONS) == sum(map(len, DOCUMENT["paths"].values()))


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_an_operation_answers_as_the_document_says(seeded_api: Api, name: str) -> None:
    """No 5xx, no undocumented status, header, content type or field, and nothing forbidden is accepted."""
    operation: Any = OPERATIONS[name]
    # Nobody waits here for changes that nobody makes.
    seeded_api.app.state.waiters.longest = 0

    @seed(20161213)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def answered(case: schemathesis.Case[Any]) -> None:
        sent = case.as_transport_kwargs(base_url="http://test")
        answer = seeded_api.send(**{part: sent.get(part) for part in ("method", "url", "params", "headers")})
        # A sparse record leaves fields out, for which there is no schema but "some of these".
        sparse = [response_schema_conformance] if "fields" in case.query else []
        case.validate_response(answer, excluded_checks=[*UNSAYABLE, *sparse])

    answered()
