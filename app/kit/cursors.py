"""Why this file exists: a cursor is the place of the last record read, opaque and bound to its list.

Shape: base64url of `{"v": 1, "b": binding, "k": [sort key, …]}`. The binding is a digest of the list's path, sort and
filters, so that a cursor of one list is refused by another instead of silently giving the wrong page.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping

from app.kit.canonical import canonical, compact, parse


class CursorError(ValueError):
    """The cursor is malformed or belongs to another list."""


def binding(path: str, parameters: Mapping[str, str]) -> str:
    """Return the digest that ties a cursor to one list: its path, sort and filters."""
    return hashlib.sha256(canonical({"path": path, "parameters": dict(parameters)})).hexdigest()[:12]


def encode(bound_to: str, key: tuple[int, ...]) -> str:
    """Return the opaque cursor after a sort key."""
    # Not canonical JSON, which ends at 2**53: the key of what is not known is greater.
    return base64.urlsafe_b64encode(compact({"b": bound_to, "k": list(key), "v": 1})).rstrip(b"=").decode()


def decode(cursor: str, bound_to: str, length: int) -> tuple[int, ...]:
    """Return the sort key inside a cursor; raises CursorError with a text for the caller."""
    if len(cursor) > 400 or not cursor.isascii():
        raise CursorError("expected the cursor of a links.next, unchanged")
    try:
        value = parse(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        version, bound, key = value["v"], value["b"], value["k"]
    except (binascii.Error, ValueError, TypeError, KeyError):
        raise CursorError("expected the cursor of a links.next, unchanged") from None
    if version != 1 or not isinstance(key, list):
        raise CursorError("expected the cursor of a links.next, unchanged")
    if not all(type(part) is int and 0 <= part < 2**63 for part in key):
        raise CursorError("expected the cursor of a links.next, unchanged")
    if bound != bound_to:
        raise CursorError("this cursor belongs to another list or to other parameters; start again without it")
    if len(key) != length:
        raise CursorError("expected the cursor of a links.next, unchanged")
    return tuple(key)
