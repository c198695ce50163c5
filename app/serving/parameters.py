"""Why this file exists: the path parameters that many routes share, declared once and described."""

from typing import Annotated

from fastapi import Path

Id = Annotated[str, Path(description="Id of the record.", examples=["clm_2x4y6z8a0b1c2d3e4f5g6h7j8k"])]
IdOrSlug = Annotated[str, Path(description="Id of the record, or its slug.", examples=["aleppo-2016-12"])]
IdOrCode = Annotated[str, Path(description="Id of the place, its slug, or its P-code.", examples=["C1007"])]
