"""Why this file exists: what is hashed must have exactly one spelling in bytes (RFC 8785, JCS).

The values that we hash hold strings, whole numbers within 2**53, booleans, null, lists, and objects with ASCII
keys; decimals are strings. Within these bounds orjson with sorted keys writes the same bytes as RFC 8785, about
eighty times faster than the pure Python library; a property test holds the two against each other.
"""

from typing import Any

import orjson

JSON = dict[str, Any]


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 bytes of a JSON value; raises TypeError for what JSON or our bounds do not hold."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)


def compact(value: Any) -> bytes:
    """Return the bytes of a JSON document in the order its fields were given, without white space."""
    return orjson.dumps(value)


def parse(data: bytes | str) -> Any:
    """Read JSON; raises ValueError for malformed input."""
    return orjson.loads(data)
