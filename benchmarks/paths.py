"""Where the project's folders are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "seed"
LANGUAGE = Path(__file__).with_name("language.yaml")
