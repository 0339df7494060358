"""`make words`: brings the translations up to the code and compiles them for the window.

A text that is new stands unfinished in the .ts, one that is gone is taken out; lrelease makes the
.qm, which is committed, so that neither a checkout nor a package needs a build step.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Final

import PySide6

from installer.source_strings import ROOT, found

FOLDER: Final = ROOT / "resources" / "i18n"
LANGUAGES: Final = ("en",)

Words = dict[tuple[str, str], str]
"""Context and Chinese text to its translation; "" is not translated yet."""


def wanted() -> Words:
    """Return every text of the code, untranslated, in the order of contexts and texts."""
    keys = {(each.context, each.text) for each in found() if each.context is not None}
    return dict.fromkeys(sorted(keys), "")


def read(path: Path) -> Words:
    """Return what a .ts holds; nothing for a file that is not there."""
    if not path.exists():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext(
            "translation", ""
        )
        for context in ET.parse(path).getroot().iter("context")  # noqa: S314 - a file of ours
        for message in context.iter("message")
    }


def write(path: Path, language: str, words: Words) -> None:
    """Write a .ts as Qt's own tools read it."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="zh_CN")
    contexts: dict[str, ET.Element] = {}
    for (name, text), translation in words.items():
        if name not in contexts:
            contexts[name] = ET.SubElement(root, "context")
            ET.SubElement(contexts[name], "name").text = name
        message = ET.SubElement(contexts[name], "message")
        ET.SubElement(message, "source").text = text
        element = ET.SubElement(message, "translation")
        element.text = translation
        if not translation:
            element.set("type", "unfinished")
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")


def compile_to(path: Path, out: Path) -> None:
    """Compile a .ts into a .qm by Qt's lrelease, which comes with PySide6."""
    tool = Path(PySide6.__file__).parent / (
        "lrelease.exe" if sys.platform == "win32" else "lrelease"
    )
    subprocess.run([tool, "-silent", path, "-qm", out], check=True)


def main() -> int:
    """Refresh every language; return how many texts are left to translate, at most 1."""
    left = 0
    for language in LANGUAGES:
        path = FOLDER / f"{language}.ts"
        known = read(path)
        words = {key: known.get(key, "") for key in wanted()}
        write(path, language, words)
        compile_to(path, path.with_suffix(".qm"))
        missing = [key for key, translation in words.items() if not translation]
        for context, text in missing:
            print(f"{path.name}: {context}: {text}")
        left += len(missing)
    return min(left, 1)


if __name__ == "__main__":
    sys.exit(main())
