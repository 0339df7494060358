"""Check the files given: toml reads, text ends with one newline, nothing is over a megabyte."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

LARGE = 1 << 20


def faults(path: Path) -> list[str]:
    """Return what is wrong with one file, a line each."""
    content = path.read_bytes()
    found = []
    if len(content) > LARGE:
        found.append(f"{path}: {len(content)} bytes; the limit is {LARGE}")
    if b"\0" in content or not content:
        return found
    if not content.endswith(b"\n") or content.endswith(b"\n\n"):
        found.append(f"{path}: does not end with one newline")
    if path.suffix == ".toml":
        try:
            tomllib.loads(content.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            found.append(f"{path}: {error}")
    return found


def main() -> int:
    """Print every fault; 1 when there is one."""
    found = [line for name in sys.argv[1:] for line in faults(Path(name))]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
