"""What the tests of search share: a small world of names that are hard to find, and the seed with its oracle."""

from collections.abc import Iterator

import pytest

from tests.search.oracle import Known, known
from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.world import World


class Named:
    """A service on the small world; `ids` are its records by the names that the tests give them."""

    def __init__(self, api: Api, ids: dict[str, str]) -> None:
        self.api = api
        self.ids = ids
        self.names = {record_id: name for name, record_id in ids.items()}


def furnish(world: World) -> dict[str, str]:
    """Record the small world, and return its ids by name."""
    made = {
        "old city": world.create("place", world.place(name="حَلَب القَدِيمة", lang="ar")),
        "deir": world.create("place", world.place(name="Deir-ez-Zor", names=[{"lang": "ar", "name": "دير الزور"}])),
        "bab": world.create("place", world.place(name="Al-Bāb")),
        "doctors": world.create(
            "actor",
            world.actor(name="Médecins Sans Frontières", short_name="MSF", aliases=["Doctors Without Borders"]),
        ),
        "baath": world.create("actor", world.actor(name="Ba'ath Relief")),
        "person": world.create("actor", world.person(name="Đorđe Östlund")),
        "quake": world.create("crisis", world.crisis_draft(name="Türkiye: earthquake")),
    }
    for name, statement in (
        ("fled", "1,250,000 people fled Deir-ez-Zor."),
        ("hit", "The field hospital was hit."),
        ("stood", "A hospital stood in a field."),
        ("closed", "Hospices and clinics closed."),
        ("returned", "عادت العائلات إلى حلب القديمة."),
        ("m2", "Each family has 3½ m² of №5."),
        ("long", "Before the rains came " + "and went " * 30 + "the culvert broke at Tall Abyad."),
    ):
        made[name] = world.create("claim", world.claim(statement=statement))
    number = {"text": "1,250,000 people fled", "reported": "1,250,000", "value": "1250000"}
    made["number"] = world.create("figure", world.figure(made["fled"], **number))
    return made


@pytest.fixture(scope="session")
def named(databases: Databases, furnished_template: World) -> Iterator[Named]:
    """The small world, for tests that only read."""
    with databases.copy("furnished") as url:
        world = World(url)
        vars(world).update({name: one for name, one in vars(furnished_template).items() if name not in ("url", "desk")})
        made = furnish(world)
        with serving(url) as api:
            yield Named(api, made)


@pytest.fixture(scope="session")
def seeded(seeded_api: Api) -> Known:
    """Every record of the seed, as the API hands it out."""
    return known(seeded_api)
