"""Why this file exists: a pull: from where the copy stands to where the server's ledger does, a page at a time.

The next page is asked for while the last one is applied. A page is applied whole or not at all, and where the copy
stands is part of it: whatever ends a pull, the next one goes on from there, and nothing is taken twice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from app.client.applying import Applying, Told
from app.client.clients import Onrecord
from app.client.copy import Copy, State
from app.client.errors import Gone, LedgerForked, NotFound, NotProven, NotUnderstood
from app.client.exchange import Filter, query
from app.client.operations import documents as page_of
from app.client.proof import Place, check_head, check_page
from app.kit.canonical import JSON, parse
from app.kit.ids import PLURALS, type_of

# How many revisions a page has, and how many records a list finds by their ids at once.
PAGE, IDS = 1000, 100
Step = Callable[[int, int], None]


class Server:
    """What a pull asks of a server beside the feed."""

    def __init__(self, client: Onrecord, filters: Mapping[str, str]) -> None:
        self._client = client
        self._filters = filters

    def head(self) -> JSON:
        """Return the head of the ledger, as it was sent."""
        found = self._asked("/v1/ledger/head")["data"]
        if not isinstance(found, dict) or not {"ledger", "seq", "chain", "forks", "signature"} <= found.keys():
            raise NotUnderstood("the server shows no head of a ledger; is it Onrecord, and new enough?")
        return found

    def page(self, place: Place, until: int) -> JSON:
        """Return the page of the feed after a place, which does not go beyond a revision."""
        most = min(PAGE, until - place.seq)
        asked: dict[str, Filter] = {"after": place.after, "limit": most, "include": "body,document", "proof": "full"}
        return self._asked(query("/v1/changes", {**asked, **self._filters}))

    def envelopes(self, place: Place) -> JSON:
        """Return the page of the feed after a place, of everything, without documents."""
        return self._asked(
            query("/v1/changes", {"after": place.after, "limit": PAGE, "include": "body", "proof": "full"})
        )

    def revision(self, seq: int) -> JSON | None:
        """Return one revision as the feed gives it now."""
        rows = self._asked(query("/v1/changes", {"after": seq - 1, "limit": 1, "include": "body"}))["data"]
        return rows[0] if rows and rows[0]["seq"] == seq else None

    def documents(self, record_ids: Iterable[str]) -> tuple[dict[str, JSON], int]:
        """Return those documents that are public, and the newest revision when the first of them were read."""
        by_type: dict[str, list[str]] = {}
        for one in record_ids:
            by_type.setdefault(type_of(one), []).append(one)
        found: dict[str, JSON] = {}
        seqs = []
        for record_type, mine in by_type.items():
            for at in range(0, len(mine), IDS):
                path = query(f"/v1/{PLURALS[record_type]}", {"id": mine[at : at + IDS], "limit": IDS})
                page = self._client.run(page_of(self._client.manners, path))
                found.update((one["id"], one) for one in page.data)
                seqs.append(page.meta["seq"])
        return found, min(seqs, default=0)

    def listed(self, noun: str, asked: Mapping[str, Filter]) -> tuple[dict[str, JSON], int]:
        """Return every document of a list, and the newest revision when its first page was read."""
        found: dict[str, JSON] = {}
        seqs = []
        path: str | None = query(f"/v1/{PLURALS[noun]}", {**asked, "limit": PAGE})
        while path is not None:
            page = self._client.run(page_of(self._client.manners, path))
            found.update((one["id"], one) for one in page.data)
            seqs.append(page.meta["seq"])
            path = page.next
        return found, min(seqs)

    def one(self, noun: str, name: str) -> str | None:
        """Return the id of a record by its id or slug; null when it is not there."""
        try:
            return str(self._asked(f"/v1/{PLURALS[noun]}/{name}")["data"]["id"])
        except (NotFound, Gone):
            return None

    def past(self, asked: Mapping[str, Filter], through: int) -> Iterator[JSON]:
        """Yield the revisions with their contents of what some filters choose."""
        path = query("/v1/changes", {**asked, "after": 0, "limit": PAGE, "include": "body"})
        while True:
            page = self._asked(path)
            yield from (row for row in page["data"] if row["seq"] <= through)
            if page["meta"]["complete"] or page["meta"]["through"] >= through:
                return
            path = page["links"]["next"]

    def _asked(self, path: str) -> JSON:
        reply = self._client.run(self._client.manners.ask(path))
        try:
            answer: JSON = parse(reply.content)
        except ValueError:
            raise NotUnderstood(f"{self._client.url}: the answer is no JSON") from None
        return answer


def pull(client: Onrecord, copy: Copy, step: Step = lambda _done, _whole: None) -> Told:
    """Bring a copy to where the server's ledger stands; raises NotProven when that does not follow."""
    state = copy.state
    server = Server(client, state.filters)
    told = Told()
    try:
        # What an earlier pull was kept from does not wait for a server that answers.
        _purge(copy)
        head = server.head()
        check_head(head, state.pinned)
        if state.pinned is None and head["signature"] is not None:
            # The key that the first signed head shows is the one that all later heads are held to.
            check_head(head, head["signature"]["key"])
            copy.pin(head["signature"]["key"])
        _not_shorter(state.place, head)
        applying = Applying(copy, server, told)
        applying.settle(state.tables)
        _follow(server, applying, state, head, step)
        copy.see(head)
    except LedgerForked as error:
        raise NotProven(_forked(error, state.place)) from error
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise NotUnderstood(f"{client.url}: the answer is not as the contract says: {error!r}") from error
    finally:
        _purge(copy)
    return told


def _purge(copy: Copy) -> None:
    """Have what was erased leave the files, also when a later page cannot be taken."""
    if copy.state.must_purge:
        copy.purge()


def refresh(client: Onrecord, copy: Copy) -> None:
    """Read everything that the copy's filters choose again, whatever the feed says; raises ClientError."""
    state = copy.state
    moving = Applying(copy, Server(client, state.filters), Told()).moving
    with copy.db.transaction():
        moving.refresh(state.place.seq)


def _follow(server: Server, applying: Applying, state: State, head: JSON, step: Step) -> None:
    """Take page after page, to the head that was shown and not beyond it: that is as far as it vouches for them."""
    place, begun, whole = state.place, state.place.seq, head["seq"]
    with ThreadPoolExecutor(1) as ahead:
        following = None if place.seq == whole else ahead.submit(server.page, place, whole)
        while following is not None:
            page = following.result()
            now = check_page(place, page, head["forks"])
            _through(head, page, now)
            if not state.filters and any(row["bare"] for row in page["data"]):
                raise NotProven(f"after seq {place.seq}: contents are left out, although everything was asked for")
            ended = now == place or now.seq == whole or page["meta"]["complete"]
            if ended and now.seq < whole and state.pinned is not None:
                raise NotProven(f"the feed ends at seq {now.seq}, before the signed head, seq {whole}")
            following = None if ended else ahead.submit(server.page, now, whole)
            if now != place:
                applying.apply(place, now, page)
            place = now
            step(now.seq - begun, whole - begun)


def _not_shorter(place: Place, head: JSON) -> None:
    if head["seq"] < place.seq:
        raise NotProven(
            f"the server's ledger ends at seq {head['seq']}, before seq {place.seq}, which this copy has: "
            "it is a replica that lags behind, or revisions that were published are lost"
        )
    if head["seq"] == place.seq and place.seq and head["chain"] != place.chain:
        raise NotProven(f"seq {place.seq}: the server's chain is not the one that this copy has: history was rewritten")


def _through(head: JSON, page: JSON, now: Place) -> None:
    if now.seq > head["seq"]:
        raise NotProven(f"seq {now.seq}: it is beyond the head that the server showed, and was not asked for")
    for row in page["data"]:
        if row["seq"] == head["seq"] and row["chain"] != head["chain"]:
            raise NotProven(f"seq {row['seq']}: the chain is not the one of the head that the server showed")


def _forked(error: LedgerForked, place: Place) -> str:
    forked = error.forked
    told = f"the server's ledger is not the one that this copy follows (to seq {place.seq})"
    if forked:
        told += (
            f": they are the same up to seq {forked['last_common_seq']}, and ledger {forked['ledger']} goes on there"
        )
    return f"{told}. {error.detail}"
