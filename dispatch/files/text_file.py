"""A text file's bytes line by line: packed or plain, in what encoding, with what separator."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path
from typing import Final

from dispatch.domain.errors import BadInput
from dispatch.files.rows import Meter

LONGEST_LINE: Final = 1024 * 1024
"""Bytes; no line is longer, so that a file without an end of line fills no memory."""
MOST_PLAIN: Final = 8 * 1024**3
"""Bytes that a packed file may come to."""
MOST_RATIO: Final = 200
"""Times its packed size, beyond the first 64 MB: more is no table but a bomb."""
_FREE: Final = 64 * 1024**2

ENCODINGS: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
}
"""What people write, and how it is read; GB18030 holds its forerunners."""
SEPARATORS: Final = (",", ";", "\t", "|")
_BOM: Final = b"\xef\xbb\xbf"
_FOREIGN: Final = (
    (b"PK\x03\x04", "是压缩包或 XLSX，扩展名应为 .xlsx"),
    (b"\xd0\xcf\x11\xe0", "是旧版 XLS，请另存为 XLSX 或 CSV"),
    (b"\xff\xfe", "第 1 个字节起是 UTF-16，请另存为 UTF-8 或 GB18030"),
    (b"\xfe\xff", "第 1 个字节起是 UTF-16，请另存为 UTF-8 或 GB18030"),
)


def read_at_most(path: Path, most: int) -> bytes:
    """Return a file's bytes; more than `most`, a device's endless ones too, is a BadInput.

    Raises OSError for a file that cannot be read.
    """
    with path.open("rb") as file:
        raw = file.read(most + 1)
    if len(raw) > most:
        size = f"{most >> 20} MB" if most >> 20 else f"{most} 字节"
        raise BadInput(path.name, f"文件超过 {size}")
    return raw


@contextmanager
def lines(path: Path, meter: Meter) -> Iterator[Iterator[bytes]]:
    """Open a file, unpacked when its name ends in .gz, and give its lines without a BOM.

    Raises BadInput for one that cannot be read, is cut, is none of text or has no ends of line.
    """
    try:
        meter.total = path.stat().st_size
        with path.open("rb") as raw:
            packed = path.suffix.lower() == ".gz"
            yield _each(path, gzip.GzipFile(fileobj=raw) if packed else raw, raw, meter)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadInput(path.name, f"读不了文件：压缩包损坏（{error}）") from error
    except OSError as error:
        raise BadInput(str(path), f"读不了文件：{error.strerror or error}") from error


def _each(path: Path, plain: BufferedIOBase, raw: BufferedIOBase, meter: Meter) -> Iterator[bytes]:
    read, number = 0, 0
    while line := plain.readline(LONGEST_LINE):
        number += 1
        read += len(line)
        if number == 1:
            for mark, told in _FOREIGN:
                if line.startswith(mark):
                    raise BadInput(path.name, told)
            line = line.removeprefix(_BOM)
        if len(line) == LONGEST_LINE:
            raise BadInput(f"{path.name} 第 {number} 行", f"一行超过 {LONGEST_LINE} 个字节")
        if number % 256 == 0:
            meter.done = raw.tell()
            if read > min(MOST_PLAIN, _FREE + MOST_RATIO * meter.total) and plain is not raw:
                raise BadInput(path.name, f"解压后超过压缩包的 {MOST_RATIO} 倍")
        yield line
    meter.done = meter.total


def known_encoding(name: str, where: str) -> str:
    """Return the encoding behind a name that a person wrote."""
    found = ENCODINGS.get(name.lower())
    if found is None:
        raise BadInput(where, f"不认识的编码“{name[:40]}”，可用 utf-8、gb18030")
    return found


def detected(path: Path) -> str:
    """Return utf-8 or gb18030: what most of the lines that are not plain ASCII are written in.

    The whole file is read, for its first foreign character may be its last. Single lines that are
    neither are no matter here: they become rejected rows.
    """
    utf8 = other = at = 0
    broken = None
    with lines(path, Meter()) as found:
        for line in found:
            if not line.isascii():
                if _is(line, "utf-8"):
                    utf8 += 1
                elif _is(line, "gb18030"):
                    other += 1
                elif broken is None:
                    broken = at + _first_bad(line)
            at += len(line)
    if broken is not None and utf8 + other == 0:
        raise BadInput(path.name, f"第 {broken + 1} 个字节起不是 UTF-8 文本，也不是 GB18030")
    return "gb18030" if other > utf8 else "utf-8"


def _is(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _first_bad(line: bytes) -> int:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def separated(first: str) -> str:
    """Return the separator most used outside quotes in a first line; the comma at a tie."""
    outside = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=outside.count)
