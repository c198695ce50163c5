"""Signing promises: a head can be shown to others as the operator's, by anybody's Ed25519."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from app.ledger import signing
from app.ledger.signing import Signer, UnusableKey
from tests.support.api import Api, serving
from tests.support.world import World

OPENSSL = shutil.which("openssl")
# The first three test vectors of RFC 8032, 7.1: seed, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe"
        "24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302a"
        "eeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed2"
        "8dc027beceea1ec40a",
    ),
]
HEAD: dict[str, Any] = {"type": "ledger_head", "ledger": "l", "seq": 3, "chain": "0" * 64, "recorded_at": None}
HEAD |= {"forks": [], "signature": None}


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A new key."""
    path = tmp_path / "ledger.pem"
    signing.generate(path)
    return path


def test_the_anonymous_caller_gets_a_head_that_is_signed(world: World, key: Path) -> None:
    """With the public key beside it, over exactly what the answer says; another head has another signature."""
    with serving(world.url, ledger_key=key) as api:
        head = api.data("/v1/ledger/head")
        world.create("claim", world.claim())
        later = api.data("/v1/ledger/head")
    public = signing.load(key).public
    assert head["signature"]["key"] == public
    assert signing.is_signed(head, public)
    assert signing.is_signed(later, public)
    assert head["signature"]["value"] != later["signature"]["value"]
    assert not signing.is_signed({**later, "signature": head["signature"]}, public)


def test_without_a_key_the_head_is_not_signed(api: Api) -> None:
    """Null says so; an unchanged head is not sent again."""
    answer = api.get("/v1/ledger/head")
    assert answer.json()["data"]["signature"] is None
    assert api.get("/v1/ledger/head", if_none_match=answer.headers["etag"]).status_code == 304


@pytest.mark.parametrize(("seed", "public", "message", "signature"), VECTORS)
def test_the_signatures_are_those_of_the_standard(seed: str, public: str, message: str, signature: str) -> None:
    """The library that we use gives what RFC 8032 gives."""
    made = ed25519.Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    assert made.sign(bytes.fromhex(message)).hex() == signature
    assert signing.bytes_of(Signer(made).public).hex() == public


@pytest.mark.skipif(OPENSSL is None, reason="NOT CHECKED: there is no openssl here")
def test_another_program_verifies_a_head_by_the_published_rule(tmp_path: Path, key: Path) -> None:
    """openssl, with the public key and the bytes that the documentation describes, made by another library."""
    signed = {**HEAD, "signature": signing.load(key).sign(HEAD)}
    plain = {name: value for name, value in signed.items() if name not in ("type", "signature")}
    files = {name: tmp_path / name for name in ("message", "signature", "public.der")}
    files["message"].write_bytes(b"onrecord-head-v1" + rfc8785.dumps(plain))
    files["signature"].write_bytes(signing.bytes_of(signed["signature"]["value"]))
    prefix = bytes.fromhex("302a300506032b6570032100")
    files["public.der"].write_bytes(prefix + signing.bytes_of(signed["signature"]["key"]))
    command = [str(OPENSSL), "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", str(files["public.der"])]
    command += ["-in", str(files["message"]), "-sigfile", str(files["signature"])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert "Verified Successfully" in done.stdout, done


@pytest.mark.parametrize("name", ["ledger", "seq", "chain", "recorded_at", "forks"])
def test_every_word_of_a_head_is_signed(key: Path, name: str) -> None:
    """Nothing of it can be altered, added or left out."""
    signer = signing.load(key)
    signed = {**HEAD, "signature": signer.sign(HEAD)}
    assert signing.is_signed(signed, signer.public)
    assert not signing.is_signed({**signed, name: "x"}, signer.public)
    assert not signing.is_signed({**signed, "other": 1}, signer.public)
    assert not signing.is_signed({one: value for one, value in signed.items() if one != name}, signer.public)


def test_a_signature_of_somebody_else_is_none(key: Path, tmp_path: Path) -> None:
    """Only the key that the partner was given counts, and no malformed signature is an error."""
    signer = signing.load(key)
    other = signing.generate(tmp_path / "other.pem")
    signed = {**HEAD, "signature": signer.sign(HEAD)}
    assert not signing.is_signed(signed, other)
    value = signed["signature"]["value"]
    for wrong in (None, "x", {}, {**signed["signature"], "key": other}, {**signed["signature"], "algorithm": "none"}):
        assert not signing.is_signed({**HEAD, "signature": wrong}, signer.public)
    for text in ("", "!", value[:-4], value + "AAAA", value.upper(), value + "="):
        assert not signing.is_signed({**HEAD, "signature": {**signed["signature"], "value": text}}, signer.public)
    assert not signing.is_signed({**HEAD, "signature": {**signed["signature"], "key": "x"}}, "x")


def test_a_new_key_is_the_owners_alone_and_written_over_by_nobody(tmp_path: Path) -> None:
    """Its file is made with the rights that it needs, not given them later."""
    path = tmp_path / "ledger.pem"
    before = os.umask(0)
    try:
        public = signing.generate(path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", public)
    assert signing.load(path).public == public
    content = path.read_bytes()
    with pytest.raises(UnusableKey, match="written over"):
        signing.generate(path)
    assert path.read_bytes() == content


def test_a_key_that_cannot_be_used_is_refused_without_repeating_it(tmp_path: Path) -> None:
    """Missing, open to others, no key, of another kind, or with a passphrase: one clear line each."""
    own = ed25519.Ed25519PrivateKey.generate()
    other = rsa.generate_private_key(65537, 2048)
    pem, form = Encoding.PEM, PrivateFormat.PKCS8
    files = {
        "open.pem": (own.private_bytes(pem, form, NoEncryption()), "open to others"),
        "rsa.pem": (other.private_bytes(pem, form, NoEncryption()), "not of Ed25519"),
        "locked.pem": (own.private_bytes(pem, form, BestAvailableEncryption(b"hunter2")), "passphrase"),
        "junk.pem": (b"hunter2", "no private key"),
    }
    for name, (content, why) in files.items():
        path = tmp_path / name
        path.write_bytes(content)
        path.chmod(0o640 if name == "open.pem" else 0o600)
        with pytest.raises(UnusableKey, match=why) as raised:
            signing.load(path)
        assert "hunter2" not in str(raised.value)
    with pytest.raises(UnusableKey, match="cannot be read"):
        signing.load(tmp_path / "missing.pem")
    with pytest.raises(UnusableKey, match="cannot be read"):
        signing.load(tmp_path)
    with pytest.raises(UnusableKey, match="cannot be written"):
        signing.generate(tmp_path / "no" / "folder.pem")
