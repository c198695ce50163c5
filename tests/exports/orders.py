"""The order of the columns, as files in other people's hands have it: a new one is only ever appended."""

COLUMNS: dict[str, str] = {
    "vocabularies": """
        export_seq vocabulary code position label definition lang ours kind unit crosswalk vocabulary_label
        source vocabulary_id version changed_at
    """,
    "places": """
        export_seq id slug name lang kind p_code location_code admin1_code admin1_name admin2_code admin2_name
        admin_level admin3_code admin3_name names parent_id parent ancestor_ids latitude longitude informal
        cod_version cite cite_url status version recorded_at changed_at corrections corrected_at corrected_cause
        correction_note retracted_at retracted_cause
    """,
    "actors": """
        export_seq id slug kind organisation_type name short_name lang country aliases parent_id parent
        claims_as_originator claims_as_relay claims_as_publisher claims_as_reporter cite cite_url status version
        recorded_at changed_at corrections corrected_at corrected_cause correction_note retracted_at
        retracted_cause
    """,
    "reports": """
        export_seq id slug title summary lang url report_format report_format_label publisher_id publisher
        reporters reporter_ids published published_start published_end crisis_id crisis crisis_name themes
        theme_labels places place_ids location_code admin1_code admin1_name admin2_code admin2_name admin_level
        editions sha256 length held claims figures sensitivity licence cite cite_url status version recorded_at
        changed_at corrections corrected_at corrected_cause correction_note retracted_at retracted_cause
    """,
    "claims": """
        export_seq id statement lang kind hedge event event_start event_end themes theme_labels about about_ids
        attribution attribution_short form identification voice_key voice voice_named originators originator_ids
        medium relays publisher publisher_id reporters reporter_ids said_on said_on_start said_on_end said_in_id
        said_in report_id report_title report_url crisis published published_start published_end places
        place_ids location_code admin1_code admin1_name admin2_code admin2_name admin_level appearances
        locator_edition locator_part locator_paragraph locator_start locator_end locator_sha256 figures
        figure_ids source_reliability information_credibility sensitivity licence cite cite_url status version
        recorded_at changed_at corrections corrected_at corrected_cause correction_note retracted_at
        retracted_cause
    """,
    "figures": """
        export_seq id text value lower upper lower_exclusive upper_exclusive quantifier unit derived
        derived_formula derived_from reported term ratio_numerator ratio_denominator measure measure_label
        measure_kind measure_basis population_group reference_period reference_period_start reference_period_end
        place_id place place_basis location_code admin1_code admin1_name admin2_code admin2_name admin_level
        latitude longitude attribution attribution_short form identification voice_key voice voice_named
        originators originator_ids medium relays publisher publisher_id reporters reporter_ids said_on
        said_on_start said_on_end said_in_id said_in claim_id claim_statement report_id report_title report_url
        crisis published published_start published_end locator_edition locator_part locator_paragraph
        locator_start locator_end locator_sha256 sensitivity licence cite cite_url status version recorded_at
        changed_at corrections corrected_at corrected_cause correction_note retracted_at retracted_cause
    """,
    "attributions": """
        export_seq claim_id hop position role label short_label known withheld source_ref capacity verb medium
        actor_id actor_name actor_kind affiliation affiliation_id on_behalf_of on_behalf_of_id addressee
        addressee_id cue_edition cue_part cue_paragraph cue_start cue_end cue_sha256 report_id claim_version
        claim_changed_at
    """,
    "appearances": """
        export_seq claim_id appearance segment edition locator part paragraph segment_start segment_end sha256
        normalised_sha256 normalised_length quote_exact quote_prefix quote_suffix attribution report_id
        report_url claim_version claim_changed_at
    """,
    "relations": """
        export_seq id relation from_claim_id from_figure_id from_text from_attribution from_voice_key
        to_claim_id to_figure_id to_text to_attribution to_voice_key reason lang role cite cite_url status
        version recorded_at changed_at corrections corrected_at corrected_cause correction_note retracted_at
        retracted_cause
    """,
}
