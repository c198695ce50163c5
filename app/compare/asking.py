"""Why this file exists: what a comparison is asked for, read strictly from the query string."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from app.finding.filters import MOST_VALUES, Asked, Codes, Filter, Records, Terms, Value, listed
from app.finding.found import Question
from app.finding.parameters import Parameter, many, text, whole
from app.serving import travel
from app.serving.problems import ParameterFault, Problem
from app.serving.questions import CURSOR_PATTERN, texts_of, whole_number

MEASURE = Codes("measure", "What is compared.", "people_besieged")
UNIT = Codes("unit", "The unit to compare in.", "{person}")
GROUP = Codes("population_group", "Of whom to compare.", "civilians")
PLACE = Records("place", "Where, exactly; what lies inside is shown beside. By id, slug or P-code.", "east-aleppo")
WITHIN: tuple[Filter, ...] = (
    Records("crisis", "Crises whose figures are compared, by id or slug.", "syria-civil-war"),
    Records("report", "Reports whose figures are compared, by id or slug.", "aleppo-2016-12"),
)
WINDOW, ROWS, FIGURES, LIMIT, CURSOR = "window", "rows", "figures", "limit", "cursor"
# The most figures that one comparison shows, and one answer but for the first of its comparisons.
MOST_SHOWN = 1000
# Parameter, what it says, its bounds, and what holds without it.
NUMBERS = {
    WINDOW: ("How many days apart two figures of a state may be", 0, 3650, 7),
    ROWS: ("How many voices of a comparison are shown, counted ones first", 1, 1000, 50),
    FIGURES: ("How many figures of each voice are shown, newest first", 1, 100, 3),
    LIMIT: ("How many comparisons a page holds", 1, 100, 20),
}
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "measure",
        f"{MEASURE.about} Several values mean one comparison each.",
        MEASURE.example,
        many(MEASURE.written(), MOST_VALUES),
    ),
    Parameter("place", PLACE.about, PLACE.example, PLACE.written()),
    *(one for within in WITHIN for one in within.parameters()),
    Parameter(
        "unit", f"{UNIT.about} Without it the one in which most independent voices speak.", UNIT.example, UNIT.written()
    ),
    Parameter(
        "population_group", f"{GROUP.about} Without it the one of which most do.", GROUP.example, GROUP.written()
    ),
    *(
        Parameter(name, f"{says}, {least} to {most}; {usual} when not given.", usual, whole(least, most, usual))
        for name, (says, least, most, usual) in NUMBERS.items()
    ),
    travel.AS_OF,
    Parameter(
        CURSOR, "The cursor of a links.next, unchanged; opaque, bound to this comparison.", "eyJi", text(CURSOR_PATTERN)
    ),
)


@dataclass(frozen=True)
class Comparing:
    """What one request asks to be compared."""

    question: Question
    place: Value | None
    unit: str | None
    population_group: str | None
    numbers: tuple[tuple[str, int], ...]
    as_of: int | datetime | None
    chosen: tuple[tuple[str, str], ...]
    cursor: str | None

    @property
    def basis(self) -> tuple[Asked, ...]:
        """Return unit and population group as filters, so that their codes can be held against the vocabularies."""
        given = ((UNIT, self.unit), (GROUP, self.population_group))
        return tuple(one.ask("figure", {one.name: code}) for one, code in given if code)

    @property
    def compared(self) -> tuple[Any, ...]:
        """Return what decides the comparisons, whatever is shown of them."""
        return (self.question, self.place, self.unit, self.population_group, self.number(WINDOW))

    def number(self, name: str) -> int:
        """Return one of the numbers."""
        return dict(self.numbers)[name]


@lru_cache(maxsize=512)
def read(query: bytes) -> Comparing:
    """Return what a query string asks; raises Problem with every fault."""
    given = dict(texts_of(query))
    faults: list[ParameterFault] = []
    asked: list[Asked] = []
    for one in (MEASURE, *WITHIN):
        if one.name in given:
            try:
                asked.append(one.ask("figure", given))
            except ValueError as error:
                faults.append(ParameterFault(one.name, str(error), "invalid"))
    single = {one.name: _single(one, given, faults) for one in (PLACE, UNIT, GROUP)}
    numbers = {name: whole_number(given, name, NUMBERS[name][1:], faults) for name in NUMBERS}
    # What is not given makes room for what is.
    for usual, asked_for in ((ROWS, FIGURES), (FIGURES, ROWS)):
        if usual not in given:
            numbers[usual] = min(numbers[usual], MOST_SHOWN // numbers[asked_for])
    if numbers[ROWS] * numbers[FIGURES] > MOST_SHOWN:
        faults.append(ParameterFault(FIGURES, f"expected rows × figures of at most {MOST_SHOWN}", "out_of_range"))
    if not {"place", "crisis", "report"} & given.keys():
        faults.append(ParameterFault("place", "expected a place with a measure, or a crisis, or a report", "missing"))
    then = travel.asked_of(given, faults)
    if faults:
        raise Problem("invalid_parameter", "; ".join(f"{one.parameter}: {one.detail}" for one in faults), faults)
    place = single["place"]
    if place:
        asked.append(Terms("place", ("figure.place",), (place,), None))
    return Comparing(
        question=Question("figure", tuple(asked)),
        place=place,
        unit=single["unit"].value if single["unit"] else None,
        population_group=single["population_group"].value if single["population_group"] else None,
        numbers=tuple(numbers.items()),
        as_of=then,
        chosen=tuple((name, text) for name, text in given.items() if name != CURSOR),
        cursor=given.get(CURSOR),
    )


def _single(one: Filter, given: dict[str, str], faults: list[ParameterFault]) -> Value | None:
    """Return the one value of a parameter, or null."""
    if one.name not in given:
        return None
    try:
        values = listed(given[one.name])
        if len(values) > 1:
            raise ValueError("expected one value")
        return one.value(values[0])
    except ValueError as error:
        faults.append(ParameterFault(one.name, str(error), "invalid"))
        return None
