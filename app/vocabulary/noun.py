"""Why this file exists: how a vocabulary is laid out, checked and rendered."""

from collections.abc import Iterable

from app.kit.canonical import JSON
from app.kit.errors import Fault
from app.record import citing
from app.record.noun import Noun
from app.record.refs import Lifecycle, Refs
from app.record.shape import Shape
from app.store.base import table_of
from app.vocabulary.schemas import VocabularyDraft
from app.vocabulary.tables import Vocabulary, VocabularyCrosswalk, VocabularyTerm

_PLAIN = ("name", "label", "lang", "definition", "source")
_TERM_PLAIN = ("code", "label", "definition", "ours", "kind", "unit")
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
    columns={name: (name,) for name in _TERM_PLAIN},
    children=(_CROSSWALK,),
)


class VocabularyNoun(Noun):
    """Vocabularies come first: every other noun uses their codes."""

    type = "vocabulary"
    draft = VocabularyDraft
    shape = Shape(
        table_of(Vocabulary),
        key=("id",),
        columns={name: (name,) for name in _PLAIN},
        children=(_TERMS,),
    )

    def handles(self, body: JSON) -> tuple[str, ...]:
        """A vocabulary is found by its name."""
        return (body["name"],)

    def change_faults(self, before: JSON, body: JSON) -> Iterable[Fault]:
        """A list keeps its name and every code, with its kind and unit: records, also retracted ones, name them."""
        if before["name"] != body["name"]:
            yield Fault("/name", f"expected {before['name']!r}: a vocabulary keeps its name", "name_differs")
        kept = {term["code"]: term for term in body["terms"]}
        for term in before["terms"]:
            now = kept.get(term["code"])
            if now is None:
                detail = f"expected the code {term['code']!r} to stay: records may name it"
                yield Fault("/terms", detail, "code_dropped")
            elif (now["kind"], now["unit"]) != (term["kind"], term["unit"]):
                detail = f"expected the code {term['code']!r} to keep its kind and unit: figures were checked by them"
                yield Fault("/terms", detail, "term_differs")

    def card(self, record_id: str, body: JSON, refs: Refs) -> JSON:
        """Return the labels, which other documents embed."""
        return {term["code"]: [term["label"], term["kind"], term["unit"]] for term in body["terms"]}

    def document(self, record_id: str, body: JSON, life: Lifecycle, refs: Refs) -> JSON:
        """Return the whole list."""
        lived = life.view()
        return {
            "id": record_id,
            "type": self.type,
            **{name: body[name] for name in _PLAIN},
            "terms": [
                {
                    **{name: term[name] for name in _TERM_PLAIN},
                    "crosswalk": {one["system"]: one["value"] for one in term["crosswalk"]},
                }
                for term in body["terms"]
            ],
            **lived,
            "cite": citing.cite_ours(
                record_id, lived, body["label"], f"{body['label']}.", body["lang"], type="dataset", note=body["source"]
            ),
        }
