"""A partner's copy: `onrecord pull` as it is run every night, in a process of its own, into an SQLite file."""

import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.memory import Watch
from benchmarks.paths import ROOT


class Pulled(NamedTuple):
    """What a pull took, from the start of the program to its end, its highest private memory, and the copy's size."""

    seconds: float
    memory: int | None
    bytes: int


def pull(port: int, copy: Path) -> Pulled:
    """Bring a copy in a file to where the server stands."""
    command = [sys.executable, "-m", "app", "pull", f"http://127.0.0.1:{port}", "--to", f"sqlite:///{copy}"]
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        with Watch(process.pid) as watch:
            process.wait()
        seconds = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError("the pull has failed")
    size = sum(path.stat().st_size for path in copy.parent.glob(f"{copy.name}*"))
    return Pulled(seconds, watch.highest, size)
