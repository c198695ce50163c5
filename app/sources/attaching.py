"""Why this file exists: a report's text is taken in only when it is that text, and let go without a trace.

It is told by its digest which edition a file is, so a later edition never takes the place of an earlier one: each
locator goes on pointing into its own.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.claims.appearances import paragraphs
from app.kit import ids
from app.kit.canonical import JSON
from app.kit.errors import Fault, InvalidInput, NotRecorded
from app.ledger.words import WriterRole
from app.record import queries
from app.record.desk import Desk
from app.record.shelf import Shelf

# The longest text that is taken in, in bytes: a book of a thousand pages.
LARGEST = 5_000_000


@dataclass(frozen=True)
class Attached:
    """What was taken in: the report, and which of its editions."""

    report: str
    edition: int


@dataclass(frozen=True)
class Detached:
    """What was let go."""

    report: str
    editions: Sequence[int]


def report_id(connection: Connection, name: str) -> str:
    """Return the id of a report by its id or slug; raises NotRecorded."""
    entry = Shelf(connection).entry(name) if ids.is_id(name, "report") else None
    found = entry.id if entry else queries.holder(connection, "report", name)
    if found is None:
        raise NotRecorded(f"there is no report {name}")
    return found


def attach(desk: Desk, report: str, content: bytes) -> Attached:
    """Take in the text of a report, as received; raises NotRecorded, NotAllowed, or InvalidInput with every failure.

    `content` is UTF-8 and nothing of it is trimmed: its SHA-256 is that of one edition, every locator into it has the
    digests of the text, and the reported words of every figure stand where it is located.
    """
    with desk.engine.connect() as connection:
        found = report_id(connection, report)
        editions = Shelf(connection).body(found)["editions"]
    edition, text = _edition(editions, content)
    desk.write(WriterRole.EDITOR, lambda writing: writing.hold(found, edition, text))
    return Attached(found, edition)


def detach(desk: Desk, report: str) -> Detached:
    """Let go of all that is held of a report, and erase its bytes; raises NotRecorded or NotErased."""
    with desk.engine.connect() as connection:
        found = report_id(connection, report)
    return Detached(found, desk.write(WriterRole.EDITOR, lambda writing: writing.release(found)))


def _edition(editions: list[JSON], content: bytes) -> tuple[int, str]:
    """Return which edition a file is, and its text; raises InvalidInput."""
    if len(content) > LARGEST:
        raise InvalidInput(f"expected a text of at most {LARGEST} bytes")
    digest = hashlib.sha256(content).hexdigest()
    for one in editions:
        if one["sha256"] == digest:
            break
    else:
        raise InvalidInput("this is the text of no edition of the report: its SHA-256 is another, " + digest)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise InvalidInput("expected a text in UTF-8") from None
    measured = {"length": len(text), "paragraphs": len(paragraphs(text))}
    faults = [
        Fault(f"/editions/{one['n'] - 1}/{name}", f"expected {real}, as the text has it", "measure")
        for name, real in measured.items()
        if one[name] != real
    ]
    if faults:
        raise InvalidInput(f"edition {one['n']} is described otherwise than its text is", tuple(faults))
    return one["n"], text
