"""Where the project's folders are, and where the reports' own texts may be."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seed"
# The texts are not part of the project; beside a checkout they may lie in this folder.
TEXTS = ROOT.parent / "shared" / "source"
