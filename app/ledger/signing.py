"""Why this file exists: the head of the ledger, signed, so that who keeps it can show whose it is (Ed25519, RFC 8032).

The signed bytes are "onrecord-head-v1" and the RFC 8785 bytes of the head without its `type` and `signature`. Keys and
signatures are written in base64url without padding (RFC 4648, 5).
"""

import base64
import os
import stat
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.kit.canonical import canonical
from app.kit.errors import OnrecordError

DOMAIN = b"onrecord-head-v1"
ALGORITHM = "Ed25519"
UNSIGNED = ("type", "signature")
# Nobody but the owner may read the key, or change it.
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class UnusableKey(OnrecordError):
    """The key to sign the head with cannot be used."""


def signed_bytes(head: dict[str, Any]) -> bytes:
    """Return what is signed of a head."""
    return DOMAIN + canonical({name: value for name, value in head.items() if name not in UNSIGNED})


def text_of(data: bytes) -> str:
    """Return bytes in base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """Read what `text_of` wrote; raises ValueError for any other form."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if text_of(data) != text:
        raise ValueError("expected base64url without padding")
    return data


class Signer:
    """Signs heads with one key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = text_of(key.public_key().public_bytes_raw())

    def sign(self, head: dict[str, Any]) -> dict[str, str]:
        """Return the signature of a head, as it stands in the answer."""
        value = text_of(self._key.sign(signed_bytes(head)))
        return {"algorithm": ALGORITHM, "key": self.public, "value": value}


def is_signed(head: dict[str, Any], key: str) -> bool:
    """Whether a head carries a signature of this public key (base64url) that holds."""
    signature = head.get("signature")
    if not isinstance(signature, dict) or signature.get("algorithm") != ALGORITHM or signature.get("key") != key:
        return False
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes_of(key))
        public.verify(bytes_of(str(signature.get("value"))), signed_bytes(head))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def load(path: Path) -> Signer:
    """Return the signer of a key file (PEM, PKCS #8); raises UnusableKey, which never repeats what is in it."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            pem = file.read(10_000)
    except OSError as error:
        raise UnusableKey(f"the ledger's key {path} cannot be read: {error.strerror}") from None
    if os.name == "posix" and mode & OTHERS:
        raise UnusableKey(f"the ledger's key {path} is open to others: `chmod 600` it, or make a new one")
    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise UnusableKey(f"the ledger's key {path} is no private key in PEM without a passphrase") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey(f"the ledger's key {path} is not of Ed25519")
    return Signer(key)


def generate(path: Path) -> str:
    """Write a new key to a new file that only its owner can read; return the public key. Raises UnusableKey."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise UnusableKey(f"{path} is there already; no key is written over") from None
    except OSError as error:
        raise UnusableKey(f"{path} cannot be written: {error.strerror}") from None
    return Signer(key).public
