"""The house's own rules over one Python file: each yields a line number and what is wrong."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator

from tests.house.source import Source

Finding = tuple[int, str]
Rule = Callable[[Source], Iterator[Finding]]

FILE_LINES = 400
FILE_LINES_LISTED = 380
FUNCTION_LINES = 40
TEST_FUNCTION_LINES = 60
CONSTRUCTOR_ARGS = 5
BROAD_ALLOWED = ("ui/live.py", "dispatch/sync/loop.py", "console/crash.py")
BROAD = {"Exception", "BaseException"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _called(call: ast.Call) -> str:
    """Return the last part of the called name: ``connect`` of ``a.b.connect(...)``."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _calls(source: Source, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _called(node) in names:
            yield node


def function_size(function: Function) -> int:
    """Return a function's lines from ``def`` to its end, its docstring not counted."""
    size = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        size -= (first.end_lineno or first.lineno) - first.lineno + 1
    return size


def file_is_short(source: Source) -> Iterator[Finding]:
    """A file has at most 400 lines; from 380 on it is listed."""
    lines = source.text.count("\n")
    if lines > FILE_LINES:
        yield lines, f"{lines} lines; the limit is {FILE_LINES}"


def function_is_short(source: Source) -> Iterator[Finding]:
    """A function has at most 40 lines, a test 60."""
    limit = TEST_FUNCTION_LINES if source.within("tests") else FUNCTION_LINES
    for node in ast.walk(source.tree):
        if isinstance(node, Function) and (size := function_size(node)) > limit:
            yield node.lineno, f"{node.name} has {size} lines; the limit is {limit}"


def constructor_is_narrow(source: Source) -> Iterator[Finding]:
    """A written constructor takes at most five arguments."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            given = node.args
            count = len(given.posonlyargs + given.args + given.kwonlyargs) - 1
            if count > CONSTRUCTOR_ARGS:
                yield node.lineno, f"{count} constructor arguments; the limit is {CONSTRUCTOR_ARGS}"


def tr_takes_a_literal(source: Source) -> Iterator[Finding]:
    """Words to translate are a literal: filled in before tr() they are never found again."""
    for call in _calls(source, "tr", "translate"):
        if _called(call) == "translate" and not _is_text(call.args[0] if call.args else None):
            continue  # a painter's
        for given in call.args:
            filled = isinstance(given, ast.JoinedStr | ast.BinOp) or (
                isinstance(given, ast.Call) and _called(given) == "format"
            )
            if filled:
                yield call.lineno, "text is filled in before it is translated"


def _is_text(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def connect_takes_a_slot(source: Source) -> Iterator[Finding]:
    """A lambda that is connected runs in the wrong thread and keeps its widget alive."""
    for call in _calls(source, "connect"):
        if any(isinstance(given, ast.Lambda) for given in call.args):
            yield call.lineno, "connect(lambda ...); connect a @Slot method"


def window_never_waits(source: Source) -> Iterator[Finding]:
    """The GUI thread asks no Future for its result; ui.live brings it."""
    if source.within("ui") and not source.within("ui/live.py"):
        for call in _calls(source, "result"):
            if isinstance(call.func, ast.Attribute):
                yield call.lineno, ".result() blocks the window"


def receivers_are_slots(source: Source) -> Iterator[Finding]:
    """A receiver ``_on_...`` in the window is a @Slot, or the signal runs it in its own thread."""
    if not source.within("ui", "console/app.py"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and node.bases:
            for item in node.body:
                if isinstance(item, Function) and item.name.startswith("_on_"):
                    marks = {_called(d) for d in item.decorator_list if isinstance(d, ast.Call)}
                    if "Slot" not in marks:
                        yield item.lineno, f"{node.name}.{item.name} lacks @Slot(...)"


def threads_are_plain(source: Source) -> Iterator[Finding]:
    """Threads are Python's; QThread and moveToThread are not used."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                if name in {"QThread", "QThreadPool", "QRunnable", "moveToThread"}:
                    yield node.lineno, f"{name}; threads are plain Python"


def catches_are_narrow(source: Source) -> Iterator[Finding]:
    """Everything is caught at the three edges only."""
    if source.within(*BROAD_ALLOWED):
        return
    for node in ast.walk(source.tree):
        match node:
            case ast.ExceptHandler(type=None):
                yield node.lineno, "bare except"
            case ast.ExceptHandler(type=caught) if caught and _names(caught) & BROAD:
                yield node.lineno, "except Exception"
            case ast.Call() if _called(node) == "suppress" and any(
                _names(given) & BROAD for given in node.args
            ):
                yield node.lineno, "suppress(Exception)"


def _names(node: ast.expr) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def domain_needs_no_library(source: Source) -> Iterator[Finding]:
    """dispatch.domain imports the standard library and itself."""
    if not source.within("dispatch/domain"):
        return
    for node in ast.walk(source.tree):
        names = []
        if isinstance(node, ast.Import):
            names = [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [(node.lineno, node.module)]
        for line, name in names:
            at_home = f"{name}.".startswith("dispatch.domain.")
            if not at_home and name.split(".")[0] not in sys.stdlib_module_names:
                yield line, f"imports {name}"


def values_are_frozen(source: Source) -> Iterator[Finding]:
    """A dataclass of the domain is frozen and slotted."""
    if not source.within("dispatch/domain"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef):
            for mark in node.decorator_list:
                call = mark if isinstance(mark, ast.Call) else None
                name = _called(call) if call else getattr(mark, "id", getattr(mark, "attr", ""))
                said = {k.arg for k in call.keywords} if call else set()
                if name == "dataclass" and not {"frozen", "slots"} <= said:
                    yield node.lineno, f"{node.name} is not frozen and slotted"


def own_program_is_started_one_way(source: Source) -> Iterator[Finding]:
    """sys.executable runs Python in a checkout only: a frozen program is no Python."""
    allowed = source.within("console/own_process.py", "console/bench.py", "tests", "installer")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "executable" and not allowed:
            yield node.lineno, "sys.executable; console.own_process starts this program"


RULES: tuple[Rule, ...] = (
    file_is_short,
    function_is_short,
    constructor_is_narrow,
    tr_takes_a_literal,
    connect_takes_a_slot,
    window_never_waits,
    receivers_are_slots,
    threads_are_plain,
    catches_are_narrow,
    domain_needs_no_library,
    values_are_frozen,
    own_program_is_started_one_way,
)
