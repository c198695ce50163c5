"""Why this file exists: the nine tables of the exports on one page, those before others that others refer to; pure."""

from collections.abc import Mapping
from types import MappingProxyType

from app.exports.columns import EXPORT_SEQ, Cell, Column, Places, Table, Value
from app.exports.rows_claims import APPEARANCES, ATTRIBUTIONS, CLAIMS
from app.exports.rows_figures import FIGURES
from app.exports.rows_lists import PLACES, VOCABULARIES
from app.exports.rows_records import ACTORS, RELATIONS, REPORTS

__all__ = ["EXPORT_SEQ", "TABLES", "Cell", "Column", "Places", "Table", "Value"]
# In this order they load into a database whose foreign keys are on.
_ALL = (VOCABULARIES, PLACES, ACTORS, REPORTS, CLAIMS, FIGURES, ATTRIBUTIONS, APPEARANCES, RELATIONS)
TABLES: Mapping[str, Table] = MappingProxyType({one.name: one for one in _ALL})
