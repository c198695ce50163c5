"""The feed under fire: writers, the server and a puller are killed again and again while others follow.

`python -m tests.journeys.fire [--commits 3000] [--writers 8] [--database sqlite|postgresql]` is the long form; the
suite plays a short one. Everything is chosen from one seed but the moments at which processes die.
"""

import argparse
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from app.ledger.append import HEAD, REVISION, WRITE
from app.store.engine import snapshot
from tests.changes.following import ENVELOPE, verify
from tests.journeys.burning import PATIENCE, Change, Ending, Follower, Puller, Server, Writers
from tests.support import postgres
from tests.support.databases import Databases
from tests.support.paths import ROOT
from tests.support.terminal import MODULE, environment
from tests.support.world import World

FOLLOWED = {
    "all": "/v1/changes?include=body&limit=1000",
    "few at a time": "/v1/changes?limit=17&wait=1",
    "claims": "/v1/changes?types=claim&limit=31",
    "proven": "/v1/changes?types=figure&proof=full&include=body&limit=200",
}


@dataclass
class Fire:
    """What happened."""

    commits: int = 0
    killed_writers: int = 0
    killed_servers: int = 0
    killed_pulls: int = 0
    pulls: int = 0
    refused_connections: int = 0
    seen: dict[str, list[Change]] = field(default_factory=dict)


# --- the whole -------------------------------------------------------------------------------------------------------


def burn(world: World, folder: Path, *, writers: int, commits: int, seed: int = 1) -> Fire:
    """Play until so many commits were answered; raises AssertionError for whatever was promised and not kept."""
    chance, fire = random.Random(seed), Fire()
    target = f"sqlite:///{folder / 'copy.db'}"
    server = Server(world.url)
    with ExitStack() as ending:
        ending.callback(server.stop)
        server.wait()
        followers = {name: Follower(server.url, path) for name, path in FOLLOWED.items()}
        puller = Puller(server.url, target, random.Random(seed + 1))
        for one in (*followers.values(), puller):
            one.start()
        working = Writers(world, writers, folder)
        ending.callback(working.stop)
        turn = 0
        while working.acknowledged < commits:
            turn += 1
            time.sleep(chance.uniform(0.1, 0.5))
            working.kill(chance)
            fire.killed_writers += 1
            if turn % 6 == 0:
                server.kill()
                fire.killed_servers += 1
        working.stop()
        fire.commits = working.acknowledged
        _finish(server, fire, followers, puller)
        _check(world, fire)
        _check_copy(server.url, target)
    return fire


def _finish(server: Server, fire: Fire, followers: dict[str, Follower], puller: Puller) -> None:
    """Let everybody come to the end of what was written."""
    server.wait()
    everybody: list[Ending] = [*followers.values(), puller]
    for one in everybody:
        one.last.set()
    for one in everybody:
        one.join(PATIENCE)
        assert not one.is_alive(), "somebody does not come to an end"
        if one.error is not None:
            raise one.error
    fire.seen = {name: one.changes for name, one in followers.items()}
    fire.refused_connections = sum(one.broken for one in followers.values())
    fire.pulls, fire.killed_pulls = puller.pulls, puller.killed


def _check(world: World, fire: Fire) -> None:
    """Hold what every follower saw against the ledger itself."""
    with snapshot(world.desk.engine) as connection:
        head = connection.execute(select(HEAD)).one()
        rows = {row.seq: row for row in connection.execute(select(REVISION))}
        writes = connection.execute(select(func.count()).select_from(WRITE)).scalar_one()
    assert writes >= fire.commits, "a commit that was answered is not there"
    everything = fire.seen["all"]
    assert [one["seq"] for one in everything] == sorted(rows) == list(range(1, head.seq + 1))
    assert all(one["chain"] == rows[one["seq"]].chain for one in everything)
    assert verify(everything) == verify(fire.seen["proven"]) == head.chain
    assert [one["seq"] for one in fire.seen["few at a time"]] == list(range(1, head.seq + 1))
    for name, kind in (("claims", "claim"), ("proven", "figure")):
        delivered = [one for one in fire.seen[name] if not one["bare"]]
        assert [one["seq"] for one in delivered] == [seq for seq in sorted(rows) if rows[seq].record_type == kind]
    by_seq = {one["seq"]: {part: one[part] for part in ENVELOPE} for one in everything}
    assert all({part: one[part] for part in ENVELOPE} == by_seq[one["seq"]] for one in fire.seen["proven"])


def _check_copy(url: str, target: str) -> None:
    """Bring the copy to the end, and hold it against the server: chain, contents, documents, tables."""
    for arguments in (["pull", url, "--to", target], ["verify", "--copy", target, "--server", url]):
        done = subprocess.run(
            [*MODULE, *arguments], cwd=ROOT, env=environment(None), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def _furnished(engine: str, folder: Path) -> Iterator[World]:
    """Give a furnished world on a database of its own."""
    with ExitStack() as ending:
        server = ending.enter_context(postgres.server()) if engine == "postgresql" else None
        yield World(Databases(engine, folder, server).migrated("fire")).furnish()


def main() -> None:
    """Play the long form, and say what happened."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--commits", type=int, default=3000)
    options.add_argument("--writers", type=int, default=8)
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, _furnished(chosen.database, Path(name)) as world:
        fire = burn(world, Path(name), writers=chosen.writers, commits=chosen.commits, seed=chosen.seed)
        revisions = len(fire.seen["all"])
    print(  # noqa: T201
        f"{chosen.database}: {fire.commits} commits answered, {revisions} revisions, each seen once and in order by "
        f"{len(FOLLOWED)} followers; {fire.killed_writers} writers, {fire.killed_servers} servers and "
        f"{fire.killed_pulls} of {fire.killed_pulls + fire.pulls} pulls killed; {fire.refused_connections} connections "
        f"broken; {time.monotonic() - begun:.0f} s"
    )


if __name__ == "__main__":
    main()
