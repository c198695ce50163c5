"""Why this file exists: what every name in the JSON-LD means, as the one context that the service hands out.

Names of PROV-O, schema.org, Web Annotation, Dublin Core, SKOS and DCAT mean what they mean there. The others are the
API's own fields under their own names; their IRIs are names and no addresses, the same on every installation.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import orjson

from app.kit.canonical import JSON

PATH = "/v1/context.jsonld"
MEDIA_TYPE = "application/ld+json"
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "oa": "http://www.w3.org/ns/oa#",
        "onrecord": "urn:onrecord:ns:",
        "prov": "http://www.w3.org/ns/prov#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "dcat": "Catalog DataService Dataset Distribution",
        "oa": "Annotation SpecificResource TextPositionSelector TextQuoteSelector",
        "onrecord": "Crisis Edition Mention Relation UncertainDate Voice",
        "prov": "Agent Attribution Entity",
        "schema": "Claim GeoCoordinates Observation Organization Person Place Quotation Report",
        "skos": "Concept ConceptScheme",
    }
)
# A name, what it means when that is another word, and what its values are; `*` marks names that take several.
# Values: link (a thing, by its IRI or as it stands inside), day, instant, decimal; without a word a plain value.
TERMS = """
dcat      accessURL                  link
dcat      dataset                    link *
dcat      distribution               link *
dcat      downloadURL                link
dcat      endpointDescription        link
dcat      endpointURL                link
dcat      keyword                    plain *
dcat      landingPage                link
dcat      mediaType                  link
dcat      servesDataset              link *
dcat      service                    link *
dcterms   conformsTo                 link *
dcterms   description                plain
dcterms   identifier                 plain
dcterms   issued                     instant
dcterms   license                    link
dcterms   modified                   instant
dcterms   publisher                  link
dcterms   rights                     plain
dcterms   subject=theme              link *
dcterms   source=vocabulary_source   plain
dcterms   spatial                    link *
dcterms   title                      plain
oa        end                        plain
oa        exact                      plain
oa        hasSelector=selector       link *
oa        hasSource=source           link
oa        hasTarget=target           link *
oa        prefix                     plain
oa        start                      plain
oa        suffix                     plain
onrecord  about                      link *
onrecord  actor                      link
onrecord  actor_kind                 plain
onrecord  actors                     link *
onrecord  addressee                  link
onrecord  admin1_code                plain
onrecord  admin1_name                plain
onrecord  admin2_code                plain
onrecord  admin2_name                plain
onrecord  admin3_code                plain
onrecord  admin3_name                plain
onrecord  affiliation                link
onrecord  ancestors                  link *
onrecord  appearance                 plain
onrecord  attribution                plain
onrecord  attribution_short          plain
onrecord  basis                      plain
onrecord  byline                     link *
onrecord  capacity                   plain
onrecord  citation                   plain
onrecord  claim                      link
onrecord  claim_count                plain
onrecord  cod_version                plain
onrecord  corrected_at               instant
onrecord  corrected_cause            plain
onrecord  correction_note            plain
onrecord  corrections                plain
onrecord  country                    plain
onrecord  crisis                     link
onrecord  crisis_slug                plain
onrecord  crosswalk                  link *
onrecord  cue                        link *
onrecord  denominator                plain
onrecord  derived                    plain
onrecord  derived_formula            plain
onrecord  earliest                   day
onrecord  edition                    plain
onrecord  editions                   link *
onrecord  edtf                       plain
onrecord  event                      link
onrecord  export_seq                 plain
onrecord  figure_count               plain
onrecord  figures                    link *
onrecord  form                       plain
onrecord  from                       link
onrecord  graded_at                  instant
onrecord  graded_by                  plain
onrecord  grading                    link
onrecord  hedge                      plain
onrecord  held                       plain
onrecord  identification             plain
onrecord  informal                   plain
onrecord  information_credibility    plain
onrecord  kind                       plain
onrecord  known                      plain
onrecord  latest                     day
onrecord  length                     plain
onrecord  locator                    plain
onrecord  lower                      decimal
onrecord  lower_exclusive            plain
onrecord  measure_basis              plain
onrecord  measure_kind               plain
onrecord  medium                     plain
onrecord  named                      plain
onrecord  normalised                 link
onrecord  numerator                  plain
onrecord  on_behalf_of               link
onrecord  organisation_type          plain
onrecord  originator_count           plain
onrecord  ours                       plain
onrecord  p_code                     plain
onrecord  paragraph                  plain
onrecord  paragraphs                 plain
onrecord  part                       plain
onrecord  permalink                  link
onrecord  place_basis                plain
onrecord  place_kind                 plain
onrecord  population_group           plain
onrecord  position                   plain
onrecord  published                  link
onrecord  publisher_count            plain
onrecord  publisher_name             plain
onrecord  quantifier                 plain
onrecord  ratio                      link
onrecord  reason                     plain
onrecord  reasoning                  plain
onrecord  recorded_at                instant
onrecord  reference_period           link
onrecord  relation                   plain
onrecord  relay_count                plain
onrecord  report                     link
onrecord  report_format              link
onrecord  reported                   plain
onrecord  reporter_count             plain
onrecord  retracted_cause            plain
onrecord  retrieved_at               instant
onrecord  role                       plain
onrecord  said_in                    link
onrecord  said_on                    link
onrecord  segment                    plain
onrecord  sensitivity                plain
onrecord  sha256                     plain
onrecord  short_label                plain
onrecord  short_name                 plain
onrecord  slug                       plain
onrecord  source_ref                 plain
onrecord  source_reliability         plain
onrecord  status                     plain
onrecord  system                     plain
onrecord  term                       plain
onrecord  to                         link
onrecord  upper                      decimal
onrecord  upper_exclusive            plain
onrecord  verb                       plain
onrecord  version                    plain
onrecord  voice                      link
onrecord  voice_key                  plain
onrecord  withheld                   plain
prov      agent                      link
prov      generatedAtTime            instant
prov      hadPrimarySource           link
prov      hadRole                    link
prov      invalidatedAtTime          instant
prov      qualifiedAttribution       link *
prov      wasAttributedTo            link *
prov      wasDerivedFrom             link *
prov      wasQuotedFrom              link
prov      wasRevisionOf              link
rdfs      label                      plain
schema    abstract                   plain
schema    alternateName              plain *
schema    author                     link *
schema    containedInPlace           link
schema    creator                    link *
schema    geo                        link
schema    isPartOf                   link
schema    latitude                   decimal
schema    longitude                  decimal
schema    measuredProperty           link
schema    name                       plain
schema    observationDate            day
schema    parentOrganization         link
schema    text                       plain
schema    unitText                   plain
schema    url                        link
schema    value                      decimal
skos      definition                 plain
skos      hasTopConcept              link *
skos      inScheme                   link
skos      notation                   plain
skos      prefLabel                  plain
"""
_VALUES = {"link": "@id", "day": "xsd:date", "instant": "xsd:dateTime", "decimal": "xsd:decimal"}


def _terms() -> Iterator[tuple[str, JSON]]:
    for line in TERMS.split("\n"):
        if not line:
            continue
        prefix, names, kind, *several = line.split()
        meant, _, name = names.partition("=")
        term: JSON = {"@id": f"{prefix}:{meant}"}
        if kind in _VALUES:
            term["@type"] = _VALUES[kind]
        if several:
            term["@container"] = "@set"
        yield name or meant, term


def _made() -> JSON:
    classes = {name: f"{prefix}:{name}" for prefix, names in CLASSES.items() for name in names.split()}
    keywords = {"@version": 1.1, "id": "@id", "type": "@type"}
    return {"@context": {**keywords, **PREFIXES, **classes, **dict(_terms())}}


CONTEXT: JSON = _made()
CONTENT = orjson.dumps(CONTEXT, option=orjson.OPT_INDENT_2)
