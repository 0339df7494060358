"""Every Chinese text of the window as it stands in the code, with its context and its place."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
HANZI: Final = re.compile("[\u4e00-\u9fff“”、。：；，](?!.*\\\\[ds])")
WORDS: Final = "words"
NO_TEXT: Final = {
    "ui/files/guess.py": "headings that other people's files bear",
    "ui/look/type.py": "the glyphs that are measured",
    "ui/palette/grammar.py": "what people type for an act",
    "ui/tongue.py": "a language's own name",
    "ui/wording.py": "punctuation that the rule of spaces looks for",
}
"""Files whose Chinese is not shown, each with what it is."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text with the context that it is looked up in; None where nothing translates it."""

    text: str
    context: str | None
    path: str
    line: int


def found() -> Iterator[Found]:
    """Yield every text of `ui` that has Chinese in it and is no docstring."""
    for path in sorted((ROOT / "ui").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name not in NO_TEXT:
            tree = ast.parse(path.read_text("utf-8"))
            yield from _of_tree(tree, name)
            yield from _of_shared_tables(tree, name)


def _of_tree(tree: ast.Module, path: str) -> Iterator[Found]:
    known: dict[ast.AST, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            known |= {
                call.args[0]: node.name
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and _is_own(call.func) and call.args
            }
        elif isinstance(node, ast.Call):
            known |= _of_call(node)
    prose = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    # What a table is asked by is no text.
    prose |= {id(key) for each in ast.walk(tree) if isinstance(each, ast.Dict) for key in each.keys}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if not isinstance(text, str) or id(node) in prose:
            continue
        if node in known or HANZI.search(text):
            yield Found(text, known.get(node), path, getattr(node, "lineno", 0))


def _of_shared_tables(tree: ast.Module, path: str) -> Iterator[Found]:
    """Yield the words of tables that stand in a module of `dispatch`, where paper has them too."""
    homes = {
        each.name: f"{node.module}.{each.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id="tr_table"),
                args=[
                    ast.Constant(value=str(context)),
                    ast.Attribute(value=ast.Name(id=module), attr=table),
                ],
            ):
                words = getattr(importlib.import_module(homes[module]), table)
                for word in words.values():
                    yield Found(word, context, path, node.lineno)


def _is_own(call: ast.expr) -> bool:
    return isinstance(call, ast.Attribute) and call.attr == "tr"


def _of_call(call: ast.Call) -> dict[ast.AST, str]:
    """Return the texts of `tr`, `tr_table` and `QCoreApplication.translate` with their contexts."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else None
    name = call.func.id if isinstance(call.func, ast.Name) else name
    texts = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
    match name, len(call.args):
        case "tr", 1 if isinstance(call.func, ast.Name):
            return {call.args[0]: WORDS}
        case "tr", 2:
            return {call.args[0]: str(texts[1])}
        case "translate", 2:
            return {call.args[1]: str(texts[0])}
        case "tr_table", 2 if isinstance(call.args[1], ast.Dict):
            return dict.fromkeys(call.args[1].values, str(texts[0]))
    return {}
