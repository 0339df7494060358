"""Made-up photos: small PNG files of muted bands, no two alike, marked 演示数据 inside."""

from __future__ import annotations

import random
import struct
import zlib
from typing import Final

import numpy as np

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_MARK: Final = "Comment\0\0\0\0\0演示数据"
WIDTH, HEIGHT = 160, 120
_BANDS: Final = 6


def made_picture(seed: str) -> bytes:
    """Return a PNG, the same for the same seed."""
    rng = random.Random(f"picture:{seed}")
    down, right = np.mgrid[0:HEIGHT, 0:WIDTH]
    image = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    image[:] = _muted(rng, 120, 190)
    for _ in range(_BANDS):
        slope, level = rng.uniform(-0.4, 0.4), rng.uniform(0.2, 0.9)
        below = down / HEIGHT > level + slope * (right / WIDTH - 0.5)
        image[below] = _muted(rng, 40, 150)
    rows = b"".join(b"\0" + row.tobytes() for row in image)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)),
            _chunk(b"iTXt", _MARK.encode()),
            _chunk(b"IDAT", zlib.compress(rows, 6)),
            _chunk(b"IEND", b""),
        )
    )


def _muted(rng: random.Random, darkest: int, lightest: int) -> list[int]:
    """Return a grey with a breath of colour: a made-up photo must not outshine the lights."""
    grey = rng.randrange(darkest, lightest)
    return [grey + rng.randrange(-12, 13) for _ in range(3)]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
