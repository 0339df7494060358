"""Write uv.lock and requirements.lock from one resolution, without any index's address."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ".wheels"
SDIST = re.compile(r"^sdist = .*\n", re.MULTILINE)
REGISTRY = re.compile(r'source = \{ registry = "https?://[^"]+" \}')
WHEEL = re.compile(
    r'\{ url = "https?://[^"]*/(?P<name>[^"/]+\.whl)",'
    r' hash = "(?P<hash>sha256:[0-9a-f]{64})"[^}]*\}'
)


def without_addresses(lock: str) -> str:
    """Return the text of a uv.lock whose wheels lie in FOLDER; ValueError names what is left over.

    Source archives are left out: a build from source would not be what the tests ran on.
    """
    lock = SDIST.sub("", lock)
    lock = REGISTRY.sub(f'source = {{ registry = "{FOLDER}" }}', lock)
    lock = WHEEL.sub(r'{ path = "\g<name>", hash = "\g<hash>" }', lock)
    if left := re.search(r"https?://\S+", lock):
        message = f"uv.lock still holds an address: {left.group()}"
        raise ValueError(message)
    return lock


def main() -> int:
    """Resolve in a folder of its own, where uv.toml does not hold; put both files in the root."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copy(ROOT / "pyproject.toml", place)
        subprocess.run(["uv", "lock"], cwd=place, check=True)
        export = ["uv", "export", "--frozen", "--extra", "hub", "--group", "dev"]
        shape = ["--no-emit-project", "--no-header", "--no-annotate", "--quiet"]
        subprocess.run([*export, *shape, "-o", "requirements.lock"], cwd=place, check=True)
        lock = without_addresses((place / "uv.lock").read_text(encoding="utf-8"))
        (ROOT / "uv.lock").write_text(lock, encoding="utf-8")
        shutil.copy(place / "requirements.lock", ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
