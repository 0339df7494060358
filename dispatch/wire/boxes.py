"""A key in a box that one receiver alone opens: X25519, HKDF-SHA256, AES-256-GCM, as `age` does it.

Sites and hub have Ed25519 keys and nothing else, and a site without a line can be given no other
one. Both curves are one curve in two shapes, so a signing key has its X25519 twin.
"""

from __future__ import annotations

import hashlib
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dispatch.domain.errors import BadInput

_P: Final = (1 << 255) - 19
_INFO: Final = b"zhiwang box 1"
_NONCE: Final = bytes(12)
"""Each box has a key of its own, used once."""
_PUBLIC: Final = 32


def twin_of(public: bytes) -> X25519PublicKey:
    """Return the X25519 twin of an Ed25519 public key (RFC 7748, section 4.1)."""
    if len(public) != _PUBLIC:
        raise BadInput("公钥", "长度不是 32 字节")
    y = int.from_bytes(public, "little") & ((1 << 255) - 1)
    if y % _P == 1:
        raise BadInput("公钥", "不是一把公钥")
    u = (1 + y) * pow(1 - y, -1, _P) % _P
    return X25519PublicKey.from_public_bytes(u.to_bytes(_PUBLIC, "little"))


def private_twin(private: bytes) -> X25519PrivateKey:
    """Return the X25519 twin of an Ed25519 private key of 32 raw bytes."""
    return X25519PrivateKey.from_private_bytes(hashlib.sha512(private).digest()[:32])


def shut(public: bytes, key: bytes) -> bytes:
    """Return a box with the key in it, for whoever has the private half of `public` (Ed25519)."""
    once = X25519PrivateKey.generate()
    twin = twin_of(public)
    mine = once.public_key().public_bytes_raw()
    try:
        shared = once.exchange(twin)
    except ValueError:
        raise BadInput("公钥", "不是一把公钥") from None
    wrap = _derived(shared, mine + twin.public_bytes_raw())
    return mine + AESGCM(wrap).encrypt(_NONCE, key, None)


def unshut(private: bytes, box: bytes) -> bytes:
    """Return the key in a box; one that is not for us, or was altered, is a BadInput."""
    twin = private_twin(private)
    theirs, sealed = box[:_PUBLIC], box[_PUBLIC:]
    try:
        shared = twin.exchange(X25519PublicKey.from_public_bytes(theirs))
        wrap = _derived(shared, theirs + twin.public_key().public_bytes_raw())
        return AESGCM(wrap).decrypt(_NONCE, sealed, None)
    except (InvalidTag, ValueError):
        raise BadInput("密钥盒", "打不开：不是给本机的，或内容已改动") from None


def _derived(shared: bytes, salt: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, _INFO).derive(shared)
