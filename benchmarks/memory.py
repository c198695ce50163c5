"""The memory that only one process has, and has written itself; shared and mapped files are not in it."""

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

# How often a process is looked at, in seconds.
EVERY = 0.05


def private_dirty(process_id: int) -> int | None:
    """Return the bytes that a process has written and shares with nobody; null where the system does not tell."""
    try:
        lines = Path(f"/proc/{process_id}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:"))


class Watch:
    """Looks at a process again and again for as long as the block lasts; `highest` is the most that it had."""

    def __init__(self, process_id: int) -> None:
        self.highest: int | None = None
        self._process_id = process_id
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        over = False
        while not over:
            over = self._over.wait(EVERY)
            # Of a process that has ended nothing can be told any more.
            if found := private_dirty(self._process_id):
                self.highest = max(self.highest or 0, found)
