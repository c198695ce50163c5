"""A bad row for every CHECK: which row of the rich world to copy, and what to make of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

# The column by which a row is chosen, and what it must be there; a callable is asked.
Chosen = dict[str, Any]
THEN, LONG_AGO = datetime(2090, 1, 1, tzinfo=UTC), datetime(1990, 1, 1, tzinfo=UTC)
LATER, DIGEST = date(2090, 1, 1), "ab"


class Some:
    """Any value but null."""


@dataclass(frozen=True)
class Bad:
    """A change that one CHECK refuses, made to a copy of a row that is chosen by its columns."""

    name: str
    changes: dict[str, Any]
    chosen: Chosen = field(default_factory=dict)


def _dated(table: str, prefix: str, *, whole: bool = True) -> list[Bad]:
    """Return the bad uncertain dates: without its reasoning, without its basis, its end before its start."""
    inferred = {f"{prefix}_basis": "inferred"}
    bad = [
        Bad(f"ck_{table}_{prefix}_reasoned", {f"{prefix}_reasoning": None}, inferred),
        Bad(f"ck_{table}_{prefix}_in_order", {f"{prefix}_earliest": LATER}, inferred),
    ]
    return [*bad, Bad(f"ck_{table}_{prefix}_whole", {f"{prefix}_basis": None}, inferred)] if whole else bad


def _segments(table: str) -> list[Bad]:
    """Return the bad segments."""
    return [
        Bad(f"ck_{table}_bounds_in_order", {"start_at": -1}),
        Bad(f"ck_{table}_bounds_in_order", {"end_at": 0, "start_at": 0}),
        Bad(f"ck_{table}_bounds_in_order", {"end_at": 3, "start_at": 4}),
        Bad(f"ck_{table}_sha256_shape", {"sha256": DIGEST}),
        Bad(f"ck_{table}_normalised_shape", {"normalised_sha256": DIGEST}),
        Bad(f"ck_{table}_normalised_shape", {"normalised_length": 0}),
    ]


def _inexact(rule: str, *numbers: str) -> list[Bad]:
    """Return figures whose value, lower or upper bound has a digit too many."""
    about = {"quantifier": "approximately", "lower": None, "upper": None}
    between = {"quantifier": "between"}
    bad = []
    for number in map(Decimal, numbers):
        bad += [
            Bad(f"ck_figure_value_{rule}", {**about, "value": number}, {"reported": Some, "value": Some}),
            Bad(f"ck_figure_lower_{rule}", {"lower": number, "upper": 10**15 - 1}, between),
            Bad(f"ck_figure_upper_{rule}", {"lower": 0, "upper": number}, between),
        ]
    return bad


# A row of the ledger is a new one, or the triggers would refuse it first.
NEW: dict[str, Any] = {"seq": 10**6, "record_id": "another"}
FIRST: dict[str, Any] = {**NEW, "version": 1, "operation": "create", "cause": None}
SECOND: dict[str, Any] = {**NEW, "version": 2, "operation": "correct", "cause": "our_error"}
GONE: dict[str, Any] = {"public": False, "status": "retracted", "retracted_at": THEN, "retracted_cause": "parent"}
BETWEEN, RATIO, STATED = {"quantifier": "between"}, {"ratio_numerator": Some}, {"reported": Some}
SPEAKER, RELAY = {"role": "originator", "actor_id": Some, "cue_edition": Some}, {"role": "relay", "known": False}

BAD: list[Bad] = [
    Bad("ck_ledger_head_single", {"id": 2}),
    Bad("ck_ledger_head_seq_positive", {"seq": -1}),
    Bad("ck_revision_seq_positive", {**FIRST, "seq": 0}),
    Bad("ck_revision_version_positive", {**SECOND, "version": 0}),
    Bad("ck_revision_first_creates", {**FIRST, "operation": "correct"}),
    Bad("ck_revision_first_creates", {**SECOND, "operation": "create"}),
    Bad("ck_revision_later_has_cause", {**FIRST, "cause": "our_error"}),
    Bad("ck_revision_later_has_cause", {**SECOND, "cause": None}),
    Bad("ck_revision_operation_known", {**SECOND, "operation": "nonsense"}),
    Bad("ck_revision_cause_known", {**SECOND, "cause": "nonsense"}),
    Bad("ck_revision_role_known", {**SECOND, "role": "nonsense"}),
    Bad("ck_revision_content_part_known", {"seq": 10**6, "part": "nonsense"}),
    Bad("ck_revision_redaction_part_known", {"part": "nonsense"}),
    Bad("ck_revision_redaction_later", {"seq": 10**6, "redacted_by": 10**6}),
    Bad("ck_record_status_known", {**GONE, "status": "nonsense"}),
    Bad("ck_record_public_is_published", {"status": "retracted"}),
    Bad("ck_record_corrected_cause_known", {"corrections": 1, "corrected_at": THEN, "corrected_cause": "nonsense"}),
    Bad("ck_record_retracted_cause_known", {**GONE, "retracted_cause": "nonsense"}),
    Bad("ck_record_version_positive", {"version": 0}),
    Bad("ck_record_recorded_first", {"recorded": 10**6}),
    Bad("ck_record_changed_after_recorded", {"changed_at": LONG_AGO}),
    Bad("ck_record_corrections_dated", {"corrections": 1}, {"corrections": 0}),
    Bad("ck_record_corrections_dated", {"corrections": 0}, {"corrections": 1}),
    Bad("ck_record_corrections_caused", {"corrected_cause": None}, {"corrections": 1}),
    Bad("ck_record_retraction_dated", {**GONE, "retracted_cause": None}),
    Bad("ck_record_not_public_is_retracted", {"public": False}),
    Bad("ck_record_not_public_is_retracted", {"retracted_at": THEN, "retracted_cause": "parent"}),
    Bad("ck_lineage_not_itself", {"record_id": "same", "ancestor_id": "same"}),
    Bad("ck_ledger_fork_seq_not_negative", {"seq": -1}),
    Bad("ck_ledger_fork_another", {"ledger": "same", "parent": "same"}),
    Bad("ck_tally_not_negative", {"total": -1}),
    Bad("ck_tally_past_not_negative", {"total": -1}),
    Bad("ck_document_state_single", {"id": 2}),
    Bad("ck_held_text_edition_positive", {"edition": 0}),
    Bad("ck_place_country_code", {"country": "SY"}),
    Bad("ck_place_country_has_code", {"country": None}, {"kind": "country"}),
    Bad("ck_place_country_is_top", {"kind": "country"}, {"kind": "area"}),
    Bad("ck_place_only_country_is_top", {"parent_id": None}, {"kind": "area"}),
    Bad("ck_place_informal_without_p_code", {"informal": True}, {"p_code": Some}),
    Bad("ck_place_not_in_itself", {"id": "same", "parent_id": "same"}, {"kind": "area"}),
    Bad("ck_place_point_whole", {"latitude": None}, {"longitude": Some}),
    Bad("ck_place_latitude_bounds", {"latitude": 90.000001}, {"latitude": Some}),
    Bad("ck_place_longitude_bounds", {"longitude": -180.000001}, {"latitude": Some}),
    Bad("ck_actor_person_without_slug", {"slug": None}, {"kind": "media"}),
    Bad("ck_actor_person_without_slug", {"slug": "a-person"}, {"kind": "person"}),
    Bad("ck_actor_person_without_type", {"organisation_type": "media"}, {"kind": "person"}),
    Bad("ck_actor_country_code", {"country": "SYRIA"}),
    Bad("ck_actor_not_in_itself", {"id": "same", "parent_id": "same"}),
    *_dated("crisis", "dates", whole=False),
    *_dated("report", "published", whole=False),
    Bad("ck_edition_n_positive", {"n": 0, "ordinal": 0}),
    Bad("ck_edition_n_in_order", {"n": 7}),
    Bad("ck_edition_length_positive", {"length": 0}),
    Bad("ck_edition_paragraphs_positive", {"paragraphs": 0}),
    Bad("ck_edition_sha256_shape", {"sha256": DIGEST}),
    *_dated("claim", "event"),
    *_dated("claim", "said"),
    Bad("ck_claim_hop_position_positive", {"position": 0}, {"role": "publisher"}),
    Bad("ck_claim_hop_originators_first", {"position": 2}, SPEAKER),
    Bad("ck_claim_hop_originators_first", {"position": 1}, RELAY),
    Bad("ck_claim_hop_unknown_has_nobody", {"label": "somebody"}, RELAY),
    Bad("ck_claim_hop_unknown_has_nobody", {"source_ref": "s1"}, RELAY),
    Bad("ck_claim_hop_unknown_has_nobody", {"actor_id": "somebody"}, RELAY),
    Bad("ck_claim_hop_unknown_has_nobody", {"short_label": "somebody"}, RELAY),
    Bad("ck_claim_hop_unknown_has_nobody", {"capacity": "doctor"}, RELAY),
    Bad("ck_claim_hop_unknown_has_nobody", {"affiliation_label": "A House"}, RELAY),
    Bad("ck_claim_hop_unknown_has_nobody", {"on_behalf_of_label": "A House", "on_behalf_of_id": "act_1"}, RELAY),
    Bad("ck_claim_hop_known_has_label", {"label": None}, SPEAKER),
    Bad("ck_claim_hop_known_is_actor_or_source", {"source_ref": "s1"}, SPEAKER),
    Bad("ck_claim_hop_known_is_actor_or_source", {"actor_id": None}, SPEAKER),
    Bad("ck_claim_hop_carriers_are_actors", {"actor_id": None, "source_ref": "s1"}, {"role": "publisher"}),
    Bad("ck_claim_hop_carriers_are_actors", {"actor_id": None, "source_ref": "s1"}, {"role": "reporter"}),
    Bad("ck_claim_hop_medium_but_reporters", {"medium": None}, SPEAKER),
    Bad("ck_claim_hop_medium_but_reporters", {"medium": "message"}, {"role": "reporter"}),
    Bad("ck_claim_hop_affiliation_labelled", {"affiliation_label": None}, {"affiliation_id": Some}),
    Bad("ck_claim_hop_behalf_whole", {"on_behalf_of_label": None}, {"on_behalf_of_id": Some}),
    Bad("ck_claim_hop_behalf_whole", {"on_behalf_of_id": None}, {"on_behalf_of_id": Some}),
    Bad("ck_claim_hop_addressee_labelled", {"addressee_label": None}, {"addressee_id": Some}),
    Bad("ck_claim_hop_cue_whole", {"cue_part": None}, SPEAKER),
    *_segments("claim_hop_segment"),
    *_segments("claim_segment"),
    *_segments("figure_segment"),
    Bad("ck_claim_appearance_edition_positive", {"edition": 0}),
    Bad("ck_claim_appearance_paragraph_positive", {"paragraph": 0}),
    Bad("ck_figure_between_differs", {"lower": 2, "upper": 2}, BETWEEN),
    Bad("ck_figure_value_exact", {"quantifier": "approximately", "value": -1, "lower": None, "upper": None}, STATED),
    Bad("ck_figure_lower_exact", {"lower": -1}, BETWEEN),
    *_inexact("digits", "1234567890.123456", "12345678901.23456", "12345678901234.56", "123456789012345.6"),
    Bad("ck_figure_ratio_whole", {"ratio_denominator": None}, RATIO),
    Bad("ck_figure_ratio_positive", {"ratio_denominator": 0}, RATIO),
    Bad("ck_figure_ratio_positive", {"ratio_numerator": -1}, RATIO),
    Bad("ck_figure_ratio_has_value", {"ratio_numerator": 1, "ratio_denominator": 2}, BETWEEN),
    Bad("ck_figure_derived_or_reported", {"derived_formula": "one more"}, STATED),
    Bad("ck_figure_reported_is_located", {"appearance_edition": None, "appearance_part": None}, STATED),
    Bad("ck_figure_appearance_whole", {"appearance_part": None}, STATED),
    *_dated("figure", "reference"),
    Bad("ck_figure_input_not_itself", {"figure_id": "same", "input_id": "same"}),
    Bad("ck_relation_one_kind", {"to_id": "fig_1"}),
    Bad("ck_relation_one_kind", {"from_id": "rep_1", "to_id": "rep_2"}),
    Bad("ck_relation_not_itself", {"from_id": "clm_1", "to_id": "clm_1"}),
    Bad("ck_relation_quantities_are_figures", {"type": "same_quantity"}),
    Bad("ck_index_field_no_positive", {"no": 0}),
    Bad("ck_index_term_total_not_negative", {"total": -1}),
    Bad("ck_index_span_interval_whole", {"node": None}, {"node": Some}),
    Bad("ck_index_span_interval_whole", {"earliest": None}, {"node": Some}),
    Bad("ck_index_span_interval_whole", {"latest": 7}, {"node": None}),
    Bad("ck_index_span_interval_in_order", {"earliest": 4_000_000}, {"node": Some}),
    Bad("ck_index_span_interval_in_order", {"latest": 0}, {"node": Some}),
    Bad("ck_figure_index_extent_in_order", {"low": 2, "high": 1}),
    Bad("ck_figure_index_extent_in_order", {"floor": 2, "ceiling": 1}),
]
# Closed lists whose bad code would break a second rule on just any row.
CODED: dict[str, Chosen] = {
    "ck_claim_hop_role_known": RELAY,
    "ck_claim_hop_medium_known": SPEAKER,
    "ck_claim_hop_cue_part_known": SPEAKER,
    "ck_claim_hop_cue_locator_known": SPEAKER,
    "ck_claim_event_basis_known": {"event_basis": "inferred"},
    "ck_claim_said_basis_known": {"said_basis": "inferred"},
    "ck_claim_hedge_known": {"hedge_type": Some},
    "ck_crisis_dates_basis_known": {"dates_basis": "inferred"},
    "ck_report_published_basis_known": {"published_basis": "inferred"},
    "ck_figure_reference_basis_known": {"reference_basis": "inferred"},
    "ck_figure_part_known": STATED,
    "ck_figure_locator_known": STATED,
    "ck_place_kind_known": {"kind": "area"},
    "ck_actor_kind_known": {"kind": "media"},
}
# What no row can break alone, because a stricter rule is broken with it; that rule may be the one that is named.
SHADOWED: dict[str, tuple[Bad, str]] = {
    "ck_figure_bounds_in_order": (Bad("", {"lower": 3, "upper": 2}, BETWEEN), "ck_figure_between_differs"),
    "ck_figure_value_in_bounds": (Bad("", {"lower": 1, "upper": 2}, RATIO), "ck_figure_quantity_as_quantified"),
    "ck_figure_upper_exact": (Bad("", {"lower": -2, "upper": -1}, BETWEEN), "ck_figure_lower_exact"),
}
# What PostgreSQL, whose column has six places, rounds before any rule sees it; SQLite refuses it by the rule.
ROUNDED = _inexact("places", "0.1234567", "1.0000001", "12345678.1234561")
