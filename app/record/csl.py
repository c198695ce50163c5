"""Why this file exists: the CSL-JSON item inside every citation, as far as we fill it in, for generated types.

The format is not ours (the input schema of the Citation Style Language), so it keeps its own manners: names with
hyphens, and what is not known is left out, where everything else of ours says null.
"""

from typing import Annotated, NotRequired

from pydantic import ConfigDict, Field, with_config

# Python's own cannot be asked before 3.12 which of its keys may be left out.
from typing_extensions import TypedDict

_STRICT = ConfigDict(extra="forbid")


@with_config(_STRICT)
class CslNameView(TypedDict):
    """A name in a citation."""

    literal: Annotated[str, Field(description="As the text gives it, never taken apart.", examples=["White Helmets"])]


_DateParts = TypedDict(
    "_DateParts",
    {
        "date-parts": NotRequired[
            Annotated[
                list[list[int]],
                Field(description="Year, month and day, as far as certain; two are an interval.", examples=[[[2016]]]),
            ]
        ]
    },
)


@with_config(_STRICT)
class CslDateView(_DateParts):
    """A date in a citation: parts, or words when no part is certain."""

    circa: NotRequired[Annotated[bool, Field(description="true when it is known less exactly than the parts look.")]]
    literal: NotRequired[
        Annotated[str, Field(description="In words, when no part is certain.", examples=["2010 to 2019"])]
    ]


_Container = TypedDict(
    "_Container",
    {
        "container-title": NotRequired[
            Annotated[str, Field(description="Title of the report that it stands in, or Onrecord.")]
        ],
        "container-author": NotRequired[
            Annotated[list[CslNameView], Field(description="Who wrote that report, as its byline names them.")]
        ],
    },
)


@with_config(_STRICT)
class CslItemView(_Container):
    """One item of CSL-JSON, as Zotero, Pandoc and other programs for citations read it; unknown fields are left out."""

    id: Annotated[str, Field(description="Names this revision among the items of a list.")]
    type: Annotated[str, Field(description="The kind of item, by CSL's own list.", examples=["entry"])]
    title: Annotated[str, Field(description="What is cited: statement, figure, title or name.")]
    author: NotRequired[Annotated[list[CslNameView], Field(description="Who said or wrote it, as named.")]]
    publisher: Annotated[str, Field(description="Who published it.")]
    issued: Annotated[CslDateView, Field(description="When that was published, or when our own record was made.")]
    language: NotRequired[Annotated[str, Field(description="Language of the title (BCP 47).", examples=["en"])]]
    note: NotRequired[Annotated[str, Field(description="Who said it and how, on whose account, or where it stands.")]]
    archive: Annotated[str, Field(description="Always Onrecord: where it was consulted.", examples=["Onrecord"])]
    version: Annotated[str, Field(description="The record's version that is cited.", examples=["1"])]
    URL: Annotated[str, Field(description="The permalink; put the server that you asked before it.")]
