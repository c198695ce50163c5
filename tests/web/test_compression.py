"""Compression promises: the same bytes, fewer of them, in a coding that the client accepts."""

import gzip
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from tests.support.api import Api
from tests.support.routes import NAMES, STREAMED, path_of
from tests.support.wire import wire

DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
    "br": lambda data: bytes(brotli.decompress(data)),
    "gzip": gzip.decompress,
}
# Answers shorter than this are sent as they are: coding would make them longer.
SHORT = 500


@pytest.mark.parametrize("name", [name for name in NAMES if name != "get_metrics"])
def test_a_coded_body_is_the_plain_body(seeded_api: Api, name: str) -> None:
    """Whoever decodes has what others read; Content-Length, where it is known beforehand, is of what is sent."""
    target = path_of(seeded_api, name).encode()
    plain = wire(seeded_api, target)
    for coding, decode in DECODERS.items():
        coded = wire(seeded_api, target, [(b"accept-encoding", coding.encode())])
        if len(plain.body) < SHORT:
            assert coded.body == plain.body
            assert coded.all("content-encoding") == []
        else:
            assert coded.one("content-encoding") == coding
            assert decode(coded.body) == plain.body
            assert len(coded.body) < len(plain.body)
        lengths = [] if name in STREAMED else [str(len(coded.body))]
        assert coded.all("content-length") == lengths


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("zstd;q=0, br;q=0, gzip", "gzip"),
        ("*", "zstd"),
        ("*;q=0", None),
        ("identity", None),
        ("deflate", None),
        ("", None),
        ("gzip;q=0", None),
    ],
)
def test_the_best_coding_that_the_client_accepts_is_chosen(seeded_api: Api, header: str, expected: str | None) -> None:
    """A coding that was refused is never sent."""
    answer = wire(seeded_api, b"/v1/claims", [(b"accept-encoding", header.encode())])
    assert answer.all("content-encoding") == ([expected] if expected else [])


@pytest.mark.parametrize("coding", sorted(DECODERS))
def test_a_long_problem_can_be_read_in_any_coding(seeded_api: Api, coding: str) -> None:
    """Problems too are what their headers say."""
    target = b"/v1/claims?" + b"%20" * 400
    answer = wire(seeded_api, target, [(b"accept-encoding", coding.encode())])
    body = DECODERS[coding](answer.body) if answer.all("content-encoding") else answer.body
    assert answer.status == 400
    assert b'"code":"unknown_parameter"' in body
