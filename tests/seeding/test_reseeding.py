"""The promise: seeding again writes only what changed here and was touched by nobody else, and says what it did."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.catalogue import NOUNS
from app.kit import ids
from app.kit.canonical import parse
from app.ledger import queries as ledger_queries
from app.ledger.words import Cause
from app.record.desk import Desk
from app.seeding.seed import Done, Outcome, Reason, seed
from app.seeding.source import SeedFault
from app.store.engine import writer
from tests.seeding.folders import small, with_text, write
from tests.support.api import Api, serving
from tests.support.world import World

CLAIMS = "reports/one/claims/01.yaml"
CLAIM, FIGURE = ids.seeded_id("claim", "jjj"), ids.seeded_id("figure", "kkk")
REPORT, RELATION = ids.seeded_id("report", "hhh"), ids.seeded_id("relation", "mmm")
RECORDS = 14


class Seeding:
    """A database and a seed folder whose entries a test changes between seedings."""

    def __init__(self, url: str, folder: Path) -> None:
        self.editor = World(url)
        self.desk = Desk(writer(url), NOUNS)
        self.folder = folder
        self.files = small()

    def run(self, reason: Reason | None = None, **more: Any) -> Outcome:
        """Write the folder and seed it."""
        return seed(self.desk, write(self.folder / "seed", self.files), reason=reason, **more)

    def head(self) -> tuple[str, int, str]:
        with self.desk.engine.connect() as connection:
            return ledger_queries.head(connection)

    @property
    def claim(self) -> dict[str, Any]:
        """Return the entry of the claim."""
        found: dict[str, Any] = self.files[CLAIMS][0]
        return found

    def draft(self, record_id: str) -> dict[str, Any]:
        """Return a record's facts as an editor would send them."""
        with self.desk.engine.connect() as connection:
            query = "SELECT value FROM revision_content JOIN revision USING (seq) WHERE part = 'body' AND record_id = "
            rows = connection.exec_driver_sql(f"{query}'{record_id}' ORDER BY seq DESC LIMIT 1")
            found: dict[str, Any] = parse(rows.scalar_one())
            return found


@pytest.fixture
def seeding(layout_url: str, tmp_path: Path) -> Seeding:
    found = Seeding(layout_url, tmp_path)
    found.run()
    return found


@pytest.fixture
def reader(layout_url: str, seeding: Seeding) -> Iterator[Api]:
    with serving(layout_url) as api:
        yield api


def done(outcome: Outcome) -> dict[str, int]:
    return {one.value: outcome.count(one) for one in Done if outcome.count(one)}


def test_the_second_run_writes_nothing(seeding: Seeding) -> None:
    """Idempotent to the ledger's head: no revision, no new chain, whatever the second run is told to say."""
    before = seeding.head()
    assert before[1] == RECORDS
    outcome = seeding.run(Reason(Cause.SOURCE_TEXT, "Read again."))
    assert done(outcome) == {"unchanged": RECORDS}
    assert (outcome.conflicts, seeding.head()) == ([], before)


def test_progress_is_told_record_by_record(seeding: Seeding) -> None:
    """Whoever waits sees how far it is: each record once, in order, out of all."""
    steps: list[tuple[int, int]] = []
    seeding.run(step=lambda number, everything: steps.append((number, everything)))
    assert steps == [(number, RECORDS) for number in range(1, RECORDS + 1)]


def test_what_was_not_checked_is_said(seeding: Seeding, tmp_path: Path) -> None:
    """Without the text, the outcome names the edition; with it, nothing is left."""
    assert seeding.run().unread == ["a-report, edition 1"]
    outcome = seeding.run(texts=with_text(tmp_path))
    assert (outcome.unread, outcome.locators_checked) == ([], True)


@pytest.mark.parametrize("stage", ["read", "locate", "write"])
def test_nothing_is_written_when_anything_is_wrong(layout_url: str, tmp_path: Path, stage: str) -> None:
    """All of it or nothing, whether the fault shows in the file, in the text, or beside what is on record."""
    one = Seeding(layout_url, tmp_path)
    before = one.head()
    if stage == "read":
        one.claim["kind"] = "rumour"
    elif stage == "locate":
        one.claim["appearances"][0]["segments"][0]["sha256"] = "0" * 64
    else:
        one.files[CLAIMS][1]["themes"] = ["witchcraft"]
    with pytest.raises(SeedFault) as caught:
        one.run(texts=with_text(tmp_path))
    named = {"read": "jjj/kind: ", "locate": "jjj/appearances/0/segments/0: ", "write": "lll/themes/0: "}
    assert named[stage] in str(caught.value)
    assert str(caught.value).startswith(CLAIMS)
    assert one.head() == before


def test_a_changed_entry_is_corrected_with_its_cause_and_note(seeding: Seeding, reader: Api) -> None:
    """A correction by the seed is a revision like any other: why, in public."""
    before = seeding.head()[1]
    seeding.claim["statement"] = "About 40 people left."
    outcome = seeding.run(Reason(Cause.SOURCE_TEXT, "Read again."))
    assert done(outcome) == {"corrected": 1, "unchanged": RECORDS - 1}
    assert outcome.done["claim", Done.CORRECTED] == 1
    data = reader.data(f"/v1/claims/{CLAIM}")
    assert (data["statement"], data["version"]) == ("About 40 people left.", 2)
    assert (data["corrections"]["last_cause"], data["corrections"]["note"]) == ("source_text", "Read again.")
    assert seeding.head()[1] == before + 1
    assert done(seeding.run()) == {"unchanged": RECORDS}


def test_comments_and_order_change_nothing(seeding: Seeding) -> None:
    """What is no fact is no change: comments, the order of fields and of entries, stated defaults."""
    before = seeding.head()
    seeding.files[CLAIMS] = [dict(reversed(entry.items())) for entry in reversed(seeding.files[CLAIMS])]
    seeding.claim.update(hedge=None, about=[])
    seeding.files["crises.yaml"][0]["external_ids"] = []
    assert done(seeding.run()) == {"unchanged": RECORDS}
    assert seeding.head() == before


def test_a_new_entry_is_created(seeding: Seeding, reader: Api) -> None:
    """The seed grows: what is new is written, and nothing else."""
    seeding.files["actors.yaml"].append({"key": "nnn", "kind": "person", "name": "Another", "lang": "en"})
    assert done(seeding.run()) == {"created": 1, "unchanged": RECORDS}
    assert reader.data(f"/v1/actors/{ids.seeded_id('actor', 'nnn')}")["name"] == "Another"


def test_an_entry_that_is_gone_is_reported_and_stays_on_record(seeding: Seeding, reader: Api) -> None:
    """Nothing disappears because a line was deleted; whoever deleted it is told, and what an editor added is not."""
    seeding.editor.create("actor", seeding.editor.person())
    (seeding.folder / "seed" / "reports/one/relations.yaml").unlink()
    del seeding.files["reports/one/relations.yaml"]
    relation = ids.seeded_id("relation", "mmm")
    assert seeding.run().gone == [relation]
    assert reader.data(f"/v1/relations/{relation}")["status"] == "published"


def test_a_renamed_publisher_rewrites_no_claim(seeding: Seeding, reader: Api) -> None:
    """A chain says what the report says; a name in the list of actors is not the report's."""
    seeding.files["actors.yaml"][0]["name"] = "The Paper of Today"
    assert done(seeding.run()) == {"corrected": 1, "unchanged": RECORDS - 1}
    hops = reader.data(f"/v1/claims/{CLAIM}")["attribution"]["chain"]
    assert [(hop["label"], hop["actor"]["name"]) for hop in hops if hop["role"] == "publisher"] == [
        ("A Paper", "The Paper of Today")
    ]


def test_what_an_editor_changed_is_left_and_reported(seeding: Seeding, reader: Api) -> None:
    """An entry that changed while an editor changed the record is a conflict, with file, line and id."""
    seeding.editor.correct(CLAIM, {**seeding.draft(CLAIM), "statement": "The editor's words."})
    before = seeding.head()
    assert done(seeding.run()) == {"unchanged": RECORDS}
    seeding.claim["statement"] = "The seed's new words."
    outcome = seeding.run()
    assert done(outcome) == {"left, changed by an editor": 1, "unchanged": RECORDS - 1}
    assert outcome.conflicts == [f"{CLAIMS}:1: {CLAIM}"]
    assert seeding.head() == before
    assert reader.data(f"/v1/claims/{CLAIM}")["statement"] == "The editor's words."


def test_a_retracted_record_is_never_touched(seeding: Seeding, reader: Api) -> None:
    """Neither it nor what fell with it comes back or changes by seeding, whether entries changed or not."""
    seeding.editor.retract(CLAIM)
    before = seeding.head()
    assert done(seeding.run()) == {"unchanged": RECORDS}
    seeding.claim["statement"] = "Other words."
    seeding.claim["figures"][0]["text"] = "some 40 people"
    seeding.files["reports/one/relations.yaml"][0]["reason"] = "Another reason."
    outcome = seeding.run()
    assert done(outcome) == {"left, retracted": 3, "unchanged": RECORDS - 3}
    assert {kind for kind, what in outcome.done if what is Done.LEFT_RETRACTED} == {"claim", "figure", "relation"}
    assert seeding.head() == before
    for path in (f"claims/{CLAIM}", f"figures/{FIGURE}", f"relations/{RELATION}"):
        assert reader.get(f"/v1/{path}").status_code == 410


def test_what_is_new_under_a_retracted_record_waits(seeding: Seeding, reader: Api) -> None:
    """The rest of the seed is written all the same; after the restoration, so is what waited."""
    seeding.editor.retract(REPORT)
    figure = {**seeding.claim["figures"][0], "key": "ppp"}
    seeding.files[CLAIMS].append({**seeding.claim, "key": "nnn", "figures": [figure]})
    seeding.files["actors.yaml"].append({"key": "qqq", "kind": "person", "name": "Another", "lang": "en"})
    outcome = seeding.run()
    assert done(outcome) == {"created": 1, "left, retracted": 2, "unchanged": RECORDS}
    seeding.editor.restore(REPORT)
    assert done(seeding.run()) == {"created": 2, "unchanged": RECORDS + 1}
    assert reader.get(f"/v1/claims/{ids.seeded_id('claim', 'nnn')}").status_code == 200


def test_a_retraction_and_return_of_the_report_leaves_its_claims_the_seeds(seeding: Seeding, reader: Api) -> None:
    """What fell and rose with its report was changed by nobody; its entry can still be mended."""
    report = ids.seeded_id("report", "hhh")
    seeding.editor.retract(report)
    seeding.editor.restore(report)
    seeding.claim["statement"] = "The seed's new words."
    assert done(seeding.run()) == {"corrected": 1, "unchanged": RECORDS - 1}
    assert reader.data(f"/v1/claims/{CLAIM}")["statement"] == "The seed's new words."


def test_an_entry_that_says_what_the_editor_said_is_no_conflict(seeding: Seeding) -> None:
    """Seed and record agree; there is nothing to report."""
    seeding.editor.correct(CLAIM, {**seeding.draft(CLAIM), "statement": "The editor's words."})
    seeding.claim["statement"] = "The editor's words."
    assert done(seeding.run()) == {"unchanged": RECORDS}
