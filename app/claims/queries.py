"""Why this file exists: the SELECTs that only claims need."""

from sqlalchemy import String, bindparam, select

from app.claims.tables import ClaimActor
from app.record.queries import list_by
from app.store.base import table_of

_ACTOR = table_of(ClaimActor)

# The public claims in whose chain an actor stands in a role, newest recorded first; the index rows hold the order.
CLAIMS_OF_ACTOR = list_by(
    select(_ACTOR.c.recorded).where(
        _ACTOR.c.actor_id == bindparam("actor", type_=String()),
        _ACTOR.c.role == bindparam("role", type_=String()),
    )
)
