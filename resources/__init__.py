"""Data files of the product: icons, themes, sounds, maps, catalogues, calendars, texts."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return where the data file or folder of that name lies, such as ``themes/night.toml``."""
    return _ROOT / name
