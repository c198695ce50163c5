"""NDJSON promises: a document a line, byte for byte as the API has it, with the state that the file shows."""

import json

import pytest

from app.exports.ndjson import Ndjson
from app.exports.tables import TABLES
from tests.support.api import Api
from tests.support.exports import about_of, csv_rows, file_of, table_of

WHOLE = sorted(name for name, table in TABLES.items() if table.whole)


def test_the_nouns_have_tables_of_their_own() -> None:
    """The others are parts of claims."""
    assert set(TABLES) - set(WHOLE) == {"attributions", "appearances"}


@pytest.mark.parametrize("name", WHOLE)
def test_an_anonymous_caller_reads_the_documents_of_the_list(seeded_api: Api, name: str) -> None:
    """Each line is the record as the list has it, and says of which state it is."""
    answer = seeded_api.get(f"/v1/exports/{name}.ndjson")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-ndjson")
    seq = int(answer.headers["onrecord-seq"])
    lines = [json.loads(line) for line in answer.content.splitlines()]
    assert [line.pop("export_seq") for line in lines] == [seq] * len(lines)
    assert lines == seeded_api.walk(f"/v1/{name}?limit=1000")


@pytest.mark.parametrize("name", ["attributions", "appearances"])
def test_parts_of_claims_are_flat_rows(seeded_api: Api, name: str) -> None:
    """With the columns of the table as names, null where a cell is empty; the same rows as CSV."""
    lines = [json.loads(line) for line in seeded_api.get(f"/v1/exports/{name}.ndjson").content.splitlines()]
    rows = csv_rows(seeded_api.get(f"/v1/exports/{name}.csv").content)
    assert [list(line) for line in lines] == [list(rows[0])] * len(rows)
    spelled = [
        {
            key: "" if one is None else str(one).lower() if isinstance(one, bool) else str(one)
            for key, one in line.items()
        }
        for line in lines
    ]
    assert spelled == [{key: one.removeprefix("'") for key, one in row.items()} for row in rows]


def test_what_was_retracted_is_a_line_without_facts() -> None:
    """Id, status, when and why, and nothing else."""
    about = about_of(TABLES["claims"], retracted=[TABLES["claims"].tombstone({"id": "clm_x", "status": "gone"})])
    assert file_of(Ndjson(), about, [b'{"id":"clm_y"}']) == (
        b'{"export_seq":214,"id":"clm_y"}\n{"export_seq":214,"type":"claim","id":"clm_x","status":"gone"}\n'
    )


def test_a_file_comes_in_pieces() -> None:
    """One piece is in memory, however many lines there are; none at all is an empty file."""
    documents = (b'{"id":"%d","x":"%s"}' % (at, b"x" * 1000) for at in range(1000))
    pieces = list(Ndjson().present(about_of(TABLES["claims"]), documents, lambda _: None))
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 100_000
    assert [json.loads(line)["id"] for line in b"".join(pieces).splitlines()] == [str(at) for at in range(1000)]
    assert file_of(Ndjson(), about_of(table_of("text"))) == b""
