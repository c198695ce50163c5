"""What the tests of held texts share: a small annotated report in a fresh world."""

import pytest

from tests.support.articles import Annotated, Article, annotated
from tests.support.world import World


@pytest.fixture
def one(world: World) -> Annotated:
    """A report of three paragraphs, with six claims and three figures, whose text is not held."""
    return annotated(world, Article(1, 3))
