"""Keys: Ed25519 signatures of writers and hub, AES-GCM for what is sealed."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dispatch.domain.errors import BadInput


@dataclass(frozen=True, slots=True)
class Signer:
    """A writer's private key (32 raw bytes) and its public half."""

    private: bytes = field(repr=False)
    public: bytes

    @classmethod
    def new(cls) -> Signer:
        """Make a key from the system's random source."""
        return cls.of(Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def of(cls, private: bytes) -> Signer:
        """Read a key from its 32 raw bytes."""
        if len(private) != 32:
            raise BadInput("密钥", "长度不是 32 字节")
        key = Ed25519PrivateKey.from_private_bytes(private)
        return cls(private, key.public_key().public_bytes_raw())

    def sign(self, digest: bytes) -> bytes:
        """Return the 64-byte signature of a digest."""
        return _private(self.private).sign(digest)


@lru_cache(maxsize=64)
def _private(seed: bytes) -> Ed25519PrivateKey:
    """Setting up a key takes longer than signing with it."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def signed_by(public: bytes, digest: bytes, signature: bytes) -> bool:
    """Return whether the signature over the digest is this writer's."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, digest)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_secret() -> bytes:
    """Return a new 256-bit key for one subject's sealed fields."""
    return os.urandom(32)


def secret_id(secret: bytes) -> str:
    """Return the name by which sealed fields refer to their key."""
    return hashlib.sha256(b"zhiwang secret" + secret).hexdigest()[:16]


def seal(secret: bytes, event_id: str, subject: str, plain: bytes) -> bytes:
    """Encrypt under the subject's key. The nonce comes from the event's id, used only once."""
    return AESGCM(secret).encrypt(_nonce(event_id), plain, subject.encode())


def unseal(secret: bytes, event_id: str, subject: str, sealed: bytes) -> bytes:
    """Decrypt; a wrong key or altered text is a BadInput."""
    try:
        return AESGCM(secret).decrypt(_nonce(event_id), sealed, subject.encode())
    except InvalidTag:
        raise BadInput(f"事件 {event_id}", "加密内容与密钥不符") from None


def _nonce(event_id: str) -> bytes:
    return hashlib.sha256(event_id.encode()).digest()[:12]
