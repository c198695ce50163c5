"""Why this file exists: what a client accepts and what it already has, read from its headers (RFC 9110)."""

from functools import lru_cache

CODINGS = ("zstd", "br", "gzip")


@lru_cache(maxsize=512)
def accepts(header: str, media_type: str = "application/json") -> bool:
    """Whether an Accept header admits a media type; an empty one admits everything.

    The most specific range that fits decides, and `q=0` refuses.
    """
    if not header.strip():
        return True
    kind = media_type.partition("/")[0]
    best, quality = -1, 0.0
    for one in header.split(","):
        media_range, *parameters = [part.strip().lower() for part in one.split(";")]
        if media_range in (ranges := ("*/*", f"{kind}/*", media_type)):
            specificity = ranges.index(media_range)
            if specificity > best or (specificity == best and _quality(parameters) > quality):
                best, quality = specificity, _quality(parameters)
    return quality > 0


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


@lru_cache(maxsize=512)
def codings(header: str) -> frozenset[str]:
    """Return the content codings that an Accept-Encoding header admits, of those that we know."""
    named = {}
    for one in header.split(","):
        coding, *parameters = [part.strip().lower() for part in one.split(";")]
        named[coding] = _quality(parameters) > 0
    return frozenset(coding for coding in CODINGS if named.get(coding, named.get("*", False)))


def known_tag(if_none_match: str, etag: str, accept_encoding: str) -> str | None:
    """Return the entity tag by which a client has the current representation, or null.

    A tag belongs to one content coding (`"abc"`, `"abc-zstd"`); one counts only while the client accepts its coding.
    The comparison is weak, as If-None-Match asks.
    """
    if if_none_match.strip() == "*":
        return f'"{etag}"'
    allowed = {f'"{etag}"', *(f'"{etag}-{coding}"' for coding in codings(accept_encoding))}
    for one in if_none_match.split(","):
        tag = one.strip().removeprefix("W/")
        if tag in allowed:
            return tag
    return None
