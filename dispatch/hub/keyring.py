"""The hub's key file: one seed, from which its signing key and its writers' keys come."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dispatch.domain.errors import StoreError
from dispatch.wire.keys import Signer

_SIZE = 32


class Keyring:
    """Keys of one hub. The seed never leaves the file, which only its owner may read."""

    def __init__(self, path: Path) -> None:
        seed = path.read_bytes() if path.exists() else None
        if seed is None:
            raise StoreError(f"没有密钥文件 {path}，先运行 zhiwang hub init")
        if len(seed) != _SIZE:
            raise StoreError(f"密钥文件 {path} 不是 {_SIZE} 字节")
        if path.stat().st_mode & 0o077:
            raise StoreError(f"密钥文件 {path} 对他人可读，权限应为 0600")
        self._seed = seed
        self.signer = self._derived("hub")

    @classmethod
    def made(cls, path: Path) -> Keyring:
        """Return the key file's keys, with a new file where there is none."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(os.urandom(_SIZE))
                file.flush()
                os.fsync(file.fileno())
        return cls(path)

    def writer(self, town: str, inc: str) -> Signer:
        """Return the key of the hub's writer of a town in this incarnation."""
        return self._derived(f"writer {town} {inc}")

    def _derived(self, name: str) -> Signer:
        derive = HKDF(SHA256(), _SIZE, salt=None, info=f"zhiwang {name}".encode())
        return Signer.of(derive.derive(self._seed))
