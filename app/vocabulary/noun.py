"""Why this file exists: how a vocabulary is laid out, checked and rendered."""

from app.kit.canonical import JSON
from app.record.noun import Noun
from app.record.refs import Lifecycle, Refs
from app.record.shape import Shape
from app.store.base import table_of
from app.vocabulary.schemas import VocabularyDraft
from app.vocabulary.tables import Vocabulary, VocabularyCrosswalk, VocabularyTerm

_CROSSWALK = Shape(
    table_of(VocabularyCrosswalk),
    key=("vocabulary_id", "term"),
    at=("crosswalk",),
    columns={"system": ("system",), "value": ("value",)},
)
_TERMS = Shape(
    table_of(VocabularyTerm),
    key=("vocabulary_id",),
    at=("terms",),
    columns={name: (name,) for name in ("code", "label", "definition", "ours", "kind", "unit")},
    children=(_CROSSWALK,),
)


class VocabularyNoun(Noun):
    """Vocabularies come first: every other noun uses their codes."""

    type = "vocabulary"
    plural = "vocabularies"
    draft = VocabularyDraft
    shape = Shape(
        table_of(Vocabulary),
        key=("id",),
        columns={name: (name,) for name in ("name", "label", "lang", "definition", "source")},
        children=(_TERMS,),
    )

    def handles(self, body: JSON) -> tuple[str, ...]:
        """A vocabulary is found by its name."""
        return (body["name"],)

    def card(self, record_id: str, body: JSON, refs: Refs) -> JSON:
        """Return the labels, which other documents embed."""
        return {term["code"]: [term["label"], term["kind"], term["unit"]] for term in body["terms"]}

    def document(self, record_id: str, body: JSON, life: Lifecycle, refs: Refs) -> JSON:
        """Return the whole list."""
        terms = [
            {**term, "crosswalk": {one["system"]: one["value"] for one in term["crosswalk"]}}
            for term in body["terms"]
        ]
        return {"id": record_id, "type": self.type, **body, "terms": terms, **life.view()}
