"""The processes and threads of a fire: who writes, who serves, who follows, who pulls; each can be killed."""

import json
import random
import socket
import subprocess
import threading
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import httpx

from tests.ledger.writers import Writer
from tests.record.histories import beside
from tests.support.paths import ROOT
from tests.support.terminal import MODULE, environment
from tests.support.world import World

PAUSE, PATIENCE = 0.02, 120.0
Change = dict[str, Any]


# --- writers ---------------------------------------------------------------------------------------------------------


def _write(world: World, number: int, acknowledged: str) -> None:
    """Write transactions until killed; each that was answered leaves a byte, and so cannot be lost."""
    mine = beside(world, world.url)
    mine._numbers = 10_000 * (number + 1) + world._numbers
    writer = Writer(mine)
    with Path(acknowledged).open("ab", buffering=0) as told:
        for turn in range(4_000):
            before = writer.told.commits
            writer.turn(turn)
            told.write(b"." * (writer.told.commits - before))


class Writers:
    """So many processes that write, each replaced when it dies."""

    def __init__(self, world: World, number: int, folder: Path) -> None:
        self._world = beside(world, world.url)
        del self._world.desk
        self._told = folder / "acknowledged"
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload([__name__])
        self._started = 0
        self._running = [self._start() for _ in range(number)]

    def _start(self) -> Any:
        self._started += 1
        process = self._context.Process(target=_write, args=(self._world, self._started, str(self._told)), daemon=True)
        process.start()
        return process

    @property
    def acknowledged(self) -> int:
        """Return how many commits were answered."""
        return self._told.stat().st_size if self._told.exists() else 0

    def kill(self, chance: random.Random) -> None:
        """Kill one in the middle of whatever it does, and begin another."""
        at = chance.randrange(len(self._running))
        self._running[at].kill()
        self._running[at].join(PATIENCE)
        self._running[at] = self._start()

    def stop(self) -> None:
        """Kill all."""
        for process in self._running:
            process.kill()
            process.join(PATIENCE)


# --- the server ------------------------------------------------------------------------------------------------------


class Server:
    """One server at one address, killed and begun again."""

    def __init__(self, url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._database = url
        self.url = f"http://127.0.0.1:{self._port}"
        self._process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [*MODULE, "serve", "--port", str(self._port)],
            cwd=ROOT,
            env=environment(self._database, log_level="error"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.url}/readyz", trust_env=False).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(PAUSE)
        raise TimeoutError("the server does not answer")

    def kill(self) -> None:
        """Kill it in the middle of whatever it answers, and begin it again."""
        self.stop()
        self._process = self._start()

    def stop(self) -> None:
        """Kill it."""
        self._process.kill()
        self._process.wait(PATIENCE)


# --- who follows -----------------------------------------------------------------------------------------------------


class Ending(threading.Thread):
    """Works until told that nobody writes any more; what it raised is kept for whoever joins it."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.last = threading.Event()
        self.error: Exception | None = None

    def run(self) -> None:
        """Work to the end."""
        try:
            self.work()
        except Exception as error:
            self.error = error

    def work(self) -> None:
        """Work; in each kind its own."""
        raise NotImplementedError


class Follower(Ending):
    """Follows the feed from page to page; a connection that breaks is tried again from the same place."""

    def __init__(self, url: str, path: str) -> None:
        super().__init__()
        self._url, self._path = url, path
        self.changes: list[Change] = []
        self.broken = 0

    def work(self) -> None:
        """Follow to the end of what was written."""
        with httpx.Client(base_url=self._url, trust_env=False, timeout=30) as client:
            while self._go_on(client):
                pass

    def _go_on(self, client: httpx.Client) -> bool:
        ending = self.last.is_set()
        try:
            answer = client.get(self._path)
        except httpx.TransportError:
            self.broken += 1
            time.sleep(PAUSE)
            return True
        if answer.status_code == 503:
            time.sleep(PAUSE)
            return True
        assert answer.status_code == 200, answer.text
        page = json.loads(answer.content)
        self.changes += page["data"]
        self._path = page["links"]["next"]
        return not (ending and page["meta"]["complete"])


class Puller(Ending):
    """Pulls a copy again and again as a program of its own, which is killed now and then."""

    def __init__(self, url: str, target: str, chance: random.Random) -> None:
        super().__init__()
        self._command = [*MODULE, "pull", url, "--to", target]
        self._chance = chance
        self.pulls = self.killed = 0

    def work(self) -> None:
        """Pull until told that nobody writes any more."""
        while not self.last.is_set():
            self._pull()

    def _pull(self) -> None:
        process = subprocess.Popen(
            self._command, cwd=ROOT, env=environment(None), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        try:
            _, told = process.communicate(timeout=self._chance.uniform(0.8, 4))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            self.killed += 1
            return
        # 1: the server was away for longer than it tries. Anything else would be a fault.
        assert process.returncode in (0, 1), told.decode()
        self.pulls += process.returncode == 0
