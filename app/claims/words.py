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
