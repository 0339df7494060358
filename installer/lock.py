"""Write uv.lock and the two lists made of it from one resolution, without an index's address.

requirements.lock is for work in a checkout; installer/package.lock for what a package is made of.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ".wheels"
LISTS = {
    "requirements.lock": ["--extra", "hub", "--group", "dev"],
    "installer/package.lock": ["--extra", "hub", "--extra", "package", "--no-dev"],
}
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
    """Resolve in a folder of its own, where uv.toml does not hold; put each file in its place."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copy(ROOT / "pyproject.toml", place)
        subprocess.run(["uv", "lock"], cwd=place, check=True)
        for target, chosen in LISTS.items():
            export = ["uv", "export", "--frozen", *chosen, "-o", Path(target).name]
            shape = ["--no-emit-project", "--no-header", "--no-annotate", "--quiet"]
            subprocess.run([*export, *shape], cwd=place, check=True)
        lock = without_addresses((place / "uv.lock").read_text(encoding="utf-8"))
        (ROOT / "uv.lock").write_text(lock, encoding="utf-8")
        for target in LISTS:
            shutil.copy(place / Path(target).name, ROOT / target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
