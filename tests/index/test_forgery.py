"""The index promises: whatever somebody does to it behind the program is found by a check and mended by a rebuild."""

from string import Template

import pytest
from sqlalchemy import text

from app.record.rebuild import rebuild
from tests.index.looking import check_index, found, searched
from tests.record.readings import body_of, dump, found_by
from tests.support.world import World

# Of the rich world: any one posting of a claim's theme, any one date, any one row.
ROWS = {
    "THEME": "(SELECT id FROM index_term WHERE field = 'claim.theme' AND value = 'health')",
    "KIND": "(SELECT id FROM index_term WHERE field = 'place.kind' AND value = 'admin1')",
    "EVENT": "(SELECT \"no\" FROM index_field WHERE name = 'claim.event')",
    "CLAIM": "(SELECT min(recorded) FROM record WHERE type = 'claim')",
    "FIGURE": "(SELECT min(recorded) FROM record WHERE type = 'figure')",
    "LIST": "(SELECT min(recorded) FROM record WHERE type = 'vocabulary')",
}
POSTINGS = [
    "DELETE FROM index_posting WHERE term = $THEME",
    "DELETE FROM index_posting",
    "INSERT INTO index_posting (term, recorded) VALUES ($KIND, $CLAIM)",
    "INSERT INTO index_posting (term, recorded) VALUES ($KIND, $LIST)",
    "INSERT INTO index_posting (term, recorded) VALUES ($THEME, 99999)",
    "INSERT INTO index_posting (term, recorded) VALUES (17, $CLAIM)",
    "UPDATE index_posting SET term = $KIND WHERE term = $THEME",
]
TERMS = [
    "UPDATE index_term SET total = total + 1 WHERE id = $THEME",
    "UPDATE index_term SET total = 0",
    "UPDATE index_term SET value = 'no_theme' WHERE field = 'claim.theme' AND value = 'health'",
    "UPDATE index_term SET field = 'claim.kind' WHERE field = 'claim.theme' AND value = 'health'",
    "UPDATE index_term SET id = 17 WHERE field = 'claim.theme' AND value = 'health'",
    "DELETE FROM index_term WHERE field = 'claim.theme'",
    "DELETE FROM index_term",
    "UPDATE index_field SET name = 'claim.nothing' WHERE name = 'claim.theme'",
    "UPDATE index_field SET name = 'claim.naught' WHERE name = 'claim.event'",
    "UPDATE index_field SET \"no\" = 9999 WHERE name = 'claim.theme'",
    "DELETE FROM index_field WHERE name = 'claim.theme'",
    "DELETE FROM index_field WHERE name = 'claim.event'",
]
SPANS = [
    'UPDATE index_span SET "up" = "up" + 1 WHERE field = $EVENT',
    'UPDATE index_span SET "down" = 1 WHERE field = $EVENT',
    "UPDATE index_span SET latest = latest + 1 WHERE field = $EVENT",
    "UPDATE index_span SET node = NULL, earliest = NULL, latest = NULL WHERE field = $EVENT",
    "DELETE FROM index_span WHERE field = $EVENT",
    'INSERT INTO index_span (field, recorded, "up", "down") VALUES ($EVENT, $FIGURE, 1, 1)',
    'INSERT INTO index_span (field, recorded, "up", "down") VALUES ($EVENT, 99999, 1, 1)',
    'INSERT INTO index_span (field, recorded, "up", "down") VALUES (9999, $CLAIM, 1, 1)',
]
FIGURES = [
    "UPDATE figure_index SET value = value + 1 WHERE value IS NOT NULL",
    "UPDATE figure_index SET high = high + 1",
    "UPDATE figure_index SET voice = 'act_nobody'",
    "UPDATE figure_index SET earliest = NULL",
    "DELETE FROM figure_index",
    "UPDATE figure_index SET recorded = 99999 WHERE recorded = $FIGURE",
    "UPDATE figure_index SET recorded = $CLAIM WHERE recorded = $FIGURE",
]
WORDS = {
    "sqlite": [
        "UPDATE search_words SET head = 'lies' WHERE rowid = $CLAIM",
        "DELETE FROM search_words WHERE rowid = $CLAIM",
        "DELETE FROM search_words",
        "INSERT INTO search_words (rowid, head, body) VALUES ($LIST, 'lies', '')",
        "INSERT INTO search_words (rowid, head, body) VALUES (99999, 'lies', '')",
        "UPDATE search_words_content SET c0 = 'lies' WHERE id = $CLAIM",
        "DELETE FROM search_words_content WHERE id = $CLAIM",
        "DELETE FROM search_words_data WHERE id > 10",
    ],
    "postgresql": [
        "UPDATE search_words SET head = 'lies' WHERE recorded = $CLAIM",
        "UPDATE search_words SET lexemes = '''lies'':2A' WHERE recorded = $CLAIM",
        "UPDATE search_words SET lexemes = ''",
        "DELETE FROM search_words WHERE recorded = $CLAIM",
        "DELETE FROM search_words",
        "INSERT INTO search_words (recorded, head, body, lexemes) VALUES ($LIST, 'lies', '', '''lies'':2A')",
        "INSERT INTO search_words (recorded, head, body, lexemes) VALUES (99999, 'lies', '', '''lies'':2A')",
    ],
}


def forge(world: World, statement: str) -> None:
    """Change the index as somebody with the database's password would."""
    with world.desk.engine.begin() as connection:
        assert connection.exec_driver_sql(Template(statement).substitute(ROWS)).rowcount != 0, statement


def hold(world: World, forgeries: list[str]) -> None:
    """Forge one after the other: a rebuild finds each, and mends it."""
    before = found_by(world.desk.engine)
    for statement in forgeries:
        forge(world, statement)
        assert rebuild(world.desk) > 0, statement
        assert found_by(world.desk.engine) == before, statement
    check_index(world)


def test_a_check_finds_what_a_rebuild_mends_and_changes_nothing(rich_world: World) -> None:
    """The command that only looks finds what is wrong in each table of the index, and leaves it as it is."""
    for statement in (POSTINGS[0], TERMS[0], SPANS[0], FIGURES[0], WORDS[rich_world.desk.engine.dialect.name][0]):
        forge(rich_world, statement)
        forged = dump(rich_world.desk.engine)
        assert rebuild(rich_world.desk, keep=False) > 0, statement
        assert dump(rich_world.desk.engine) == forged, statement
        rebuild(rich_world.desk)
    check_index(rich_world)


def test_a_forged_posting_is_found_and_mended(rich_world: World) -> None:
    """Of a record that is public or of none, of a value that there is or of none."""
    hold(rich_world, POSTINGS)


def test_a_forged_value_or_property_is_found_and_mended(rich_world: World) -> None:
    """Its name, its number, how many have it, and that it is there at all."""
    hold(rich_world, TERMS)


def test_a_forged_date_is_found_and_mended(rich_world: World) -> None:
    """By what it sorts, and which days it meets."""
    hold(rich_world, SPANS)


def test_a_forged_number_is_found_and_mended(rich_world: World) -> None:
    """What comparisons are made of says what the figure says."""
    hold(rich_world, FIGURES)


def test_forged_words_are_found_and_mended(rich_world: World) -> None:
    """Those that are kept, and those by which they are found; afterwards a search finds what it found before."""
    searches = ("happened", "people", "speaker", "nom", '"a report"', "lies", "town", "organ*")
    types = ("claim", "figure", "actor", "place", "report")
    before = [searched(rich_world, noun, query) for noun in types for query in searches]
    assert sum(map(len, before)) > 10
    for statement in WORDS[rich_world.desk.engine.dialect.name]:
        hold(rich_world, [statement])
        assert [searched(rich_world, noun, query) for noun in types for query in searches] == before, statement


def test_all_at_once_is_mended(rich_world: World) -> None:
    """Totals of nothing and postings too many: mending one never trips over the other."""
    before = found_by(rich_world.desk.engine)
    for statement in (POSTINGS[2], POSTINGS[4], TERMS[1], SPANS[5], FIGURES[0], TERMS[7]):
        forge(rich_world, statement)
    assert rebuild(rich_world.desk) > 0
    assert found_by(rich_world.desk.engine) == before
    check_index(rich_world)


@pytest.mark.parametrize("lost", ["DELETE FROM index_posting", "DELETE FROM index_span", "DELETE FROM figure_index"])
def test_numbers_of_fields_and_values_outlive_a_rebuild(rich_world: World, lost: str) -> None:
    """A number once given is that value's for as long as it is kept, whatever had to be made again."""
    before = dump(rich_world.desk.engine)
    forge(rich_world, lost)
    assert rebuild(rich_world.desk) > 0
    after = dump(rich_world.desk.engine)
    for table in ("index_field", "index_term", "index_posting"):
        assert after[table] == before[table], table


def test_a_value_that_nothing_has_keeps_its_number(world: World) -> None:
    """Also through a rebuild, so what has it next is found by the same."""
    claim = world.create("claim", world.claim(themes=["education"]))
    number = "SELECT id FROM index_term WHERE field = 'claim.theme' AND value = 'education'"
    with world.desk.engine.connect() as connection:
        before = connection.execute(text(number)).scalar_one()
    world.correct(claim, {**body_of(world.desk.engine, claim), "themes": ["health"]})
    assert rebuild(world.desk) == 0
    world.correct(claim, {**body_of(world.desk.engine, claim), "themes": ["education"]})
    assert found(world, "claim.theme", "education") == {claim}
    with world.desk.engine.connect() as connection:
        assert connection.execute(text(number)).scalar_one() == before
