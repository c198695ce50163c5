"""A retraction promises: whoever asks is told when and why, in UTC, wherever the database's clock hangs."""

from sqlalchemy import text

from app.kit.clock import instant_text
from tests.support.api import serving
from tests.support.world import World


def test_the_instant_of_a_retraction_is_in_utc_whatever_the_database_thinks(world: World) -> None:
    """A server in another zone tells the same instant as one in UTC."""
    claim = world.create("claim", world.claim())
    done = world.retract(claim)
    with world.desk.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            name = connection.execute(text("SELECT current_database()")).scalar_one()
            connection.execute(text(f"ALTER DATABASE {name} SET timezone TO 'Asia/Kolkata'"))
    with serving(world.url) as api:
        problem = api.get(f"/v1/claims/{claim}").json()
    assert problem["retracted"] == {
        "at": instant_text(done.recorded_at),
        "cause": "publisher_correction",
        "note": "Withdrawn by its publisher.",
        "seq": done.seq,
    }
