"""What happens to records afterwards: relations between them, corrections and retractions, a few of each."""

from collections.abc import Iterator

from app.kit import ids
from app.ledger.words import Cause
from app.record.desk import note
from app.record.writing import Writing
from app.seeding.entries import DRAFTS
from benchmarks import chance as chances
from benchmarks import claims, land, people, reports
from benchmarks.chance import Record, bench_id, key
from benchmarks.quantities import FOCUS_EVERY, PERSON, unit_of_focus

RELATED_EVERY, RELATED_AT = 50, 30
_CLAIM_TYPES = chances.Skewed(("restates", "conflicts_with", "corroborates", "updates"))
_REASONS = {
    "restates": "The later words give the earlier ones again.",
    "conflicts_with": "Both cannot be true of the same day.",
    "corroborates": "The later source saw the same.",
    "updates": "The later words replace the earlier ones.",
    "same_quantity": "Both number the same people at the same time.",
}


def relations(first: int, last: int) -> Iterator[Record]:
    """Yield the relations of the claims from first to before last, each to an earlier one."""
    start = first + (RELATED_AT - first) % RELATED_EVERY
    for number in range(max(start, RELATED_AT + RELATED_EVERY), last, RELATED_EVERY):
        chance = chances.of("relation", number)
        record_type, other, kind = "claim", chance.randrange(number), _CLAIM_TYPES.one(chance)
        if number % FOCUS_EVERY == 0:
            other = number - FOCUS_EVERY * chance.randint(1, min(number // FOCUS_EVERY, 40))
            record_type, kind = "figure", chance.choice(("same_quantity", "restates", "conflicts_with"))
        elif number % 1000 == 980:
            other = number - 203  # It falls with the claim that is retracted at the end of the batch.
        if kind == "same_quantity" and {unit_of_focus(number), unit_of_focus(other)} != {PERSON}:
            kind = "updates"
        if _is_retracted(other) and other < first:
            other -= 1
        value = {
            "type": kind,
            "from": bench_id(record_type, number),
            "to": bench_id(record_type, other),
            "role": "seed",
            "reason": _REASONS[kind],
        }
        yield ("relation", key(number), value)


def _is_retracted(number: int) -> bool:
    return number % 1000 == 777


def revise(writing: Writing, number: int, report_number: int) -> None:
    """Correct or retract what is due at a claim's number."""
    if number % 500 == 250:
        _correct(writing, claims.records(number, report_number, remark="Corrected.")[0], Cause.OUR_ERROR)
    if number % 1500 == 750:
        record_type, one, value = claims.records(number, report_number)[1]
        corrected = {**value, "text": f"{value['text']}, as corrected"}
        _correct(writing, (record_type, one, corrected), Cause.ORIGINATOR_CORRECTION)
    if number % 5000 == 1000:
        title = f"Corrected report {report_number}"
        _correct(writing, reports.record(report_number, title), Cause.PUBLISHER_CORRECTION)
    if number % 10_000 == 1500:
        _correct(writing, people.renamed(number // 10_000), Cause.OUR_ERROR)
        _correct(writing, land.moved(number // 10_000), Cause.OUR_ERROR)
    if _is_retracted(number):
        writing.retract(bench_id("claim", number), Cause.PUBLISHER_CORRECTION, note("The report withdrew it."))
    if number % 3000 == 333:
        writing.retract(bench_id("figure", number), Cause.OUR_ERROR, note("It was misread."))


def _correct(writing: Writing, record: Record, cause: Cause) -> None:
    record_type, one, value = record
    draft = DRAFTS[record_type].parse(value)
    writing.correct(ids.seeded_id(record_type, one), draft, cause, note("Corrected after a second reading."))
