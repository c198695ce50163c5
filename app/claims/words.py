"""Why this file exists: the closed lists of this room; their labels and definitions are in the vocabularies."""

from enum import StrEnum


class ClaimKind(StrEnum):
    """What a claim does."""

    FACTUAL_REPORT = "factual_report"
    ALLEGATION = "allegation"
    ANALYSIS = "analysis"
    PREDICTION = "prediction"
    WARNING = "warning"
    APPEAL = "appeal"
    DEMAND = "demand"
    NORM = "norm"
    DENIAL = "denial"
    INTENTION = "intention"


class AttributionForm(StrEnum):
    """How the text gives the words: quoted, reported, or in the publisher's own voice."""

    DIRECT_QUOTE = "direct_quote"
    INDIRECT_QUOTE = "indirect_quote"
    MIXED_QUOTE = "mixed_quote"
    NARRATION = "narration"


class Identification(StrEnum):
    """How far the text says who the originator is."""

    NAMED = "named"
    DESCRIBED = "described"
    COLLECTIVE = "collective"
    UNNAMED = "unnamed"


class HopRole(StrEnum):
    """What a hop of the chain does, in the order of the chain."""

    ORIGINATOR = "originator"
    RELAY = "relay"
    PUBLISHER = "publisher"
    REPORTER = "reporter"


class Medium(StrEnum):
    """Through what a hop spoke."""

    INTERVIEW = "interview"
    PRESS_RELEASE = "press_release"
    SOCIAL_MEDIA_VIDEO = "social_media_video"
    SOCIAL_MEDIA_POST = "social_media_post"
    MESSAGE = "message"
    OFFICIAL_STATEMENT = "official_statement"
    NEWS_REPORT = "news_report"
    UNSPECIFIED = "unspecified"


class HedgeType(StrEnum):
    """How a claim is hedged by whoever made it."""

    POSSIBILITY = "possibility"
    WORRY = "worry"
    APPEARANCE = "appearance"
    HEARSAY = "hearsay"


class AboutRole(StrEnum):
    """What part somebody plays in what a claim says."""

    AGENT = "agent"
    AFFECTED = "affected"
    OTHER = "other"


class AppearancePart(StrEnum):
    """The part of a document that a locator points into."""

    MASTHEAD = "masthead"
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    OTHER = "other"


class LocatorKind(StrEnum):
    """How a locator points: at characters, or at a document that has none (a map, a table)."""

    TEXT = "text"
    DOCUMENT = "document"


class SourceReliability(StrEnum):
    """How far a source can be relied on, in the Admiralty code; F cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class InformationCredibility(StrEnum):
    """How credible a piece of information is, in the Admiralty code; 6 cannot be judged."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


# --- Words of figures, which a claim embeds ---------------------------------------------------------------------------


class Quantifier(StrEnum):
    """How the source qualified its number; `unqualified` is the absence of a word, not a claim of exactness."""

    UNQUALIFIED = "unqualified"
    APPROXIMATELY = "approximately"
    JUST_UNDER = "just_under"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    JUST_OVER = "just_over"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    BETWEEN = "between"
    ORDER_OF_MAGNITUDE = "order_of_magnitude"


class MeasureKind(StrEnum):
    """What kind of quantity a measure is: it decides which figures can be compared at all."""

    STOCK = "stock"
    FLOW = "flow"
    SHARE = "share"
    AREA = "area"
    DURATION = "duration"
    COUNT = "count"


class Basis(StrEnum):
    """Whether the source says it, or it was inferred here."""

    STATED = "stated"
    INFERRED = "inferred"
