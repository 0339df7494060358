"""Small changes to a function's formula, one at a time, put in place of the original."""

from __future__ import annotations

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType

SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "sum": "len",
    "began": "stands",
    "stands": "began",
    "from_at": "cut",
    "cut": "from_at",
    "corrected_at": "at",
    "due": "amber",
    "before": "after",
    "after": "before",
    "num": "den",
    "den": "num",
    "known": "now",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed function: where, what was changed, and the code to run instead."""

    function: FunctionType
    what: str
    code: CodeType

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the changed code run instead of the original."""
        kept = self.function.__code__
        self.function.__code__ = self.code
        try:
            yield
        finally:
            self.function.__code__ = kept


def functions(module: ModuleType) -> Iterator[FunctionType]:
    """Yield a module's own functions, methods and property getters."""
    for value in vars(module).values():
        if isinstance(value, type) and value.__module__ == module.__name__:
            for inner in vars(value).values():
                found = inner.fget if isinstance(inner, property) else inner
                if isinstance(found, FunctionType) and _written(found, module):
                    yield found
        elif isinstance(value, FunctionType) and value.__module__ == module.__name__:
            yield value


def _written(function: FunctionType, module: ModuleType) -> bool:
    """Whether it stands in the module's file; dataclasses make some that do not."""
    return function.__code__.co_filename == module.__file__ and not hasattr(function, "__wrapped__")


def mutants(function: FunctionType) -> Iterator[Mutant]:
    """Yield every small change of a function."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    made = tree.body[0]
    assert isinstance(made, ast.FunctionDef)
    made.decorator_list = []
    made.returns = None
    for argument in made.args.args:
        argument.annotation = None
    if ast.get_docstring(made) is not None:
        made.body = made.body[1:]
    nodes = [node for body in made.body for node in ast.walk(body)]
    for index, node in enumerate(nodes):
        for change in _changes(node):
            other = copy.deepcopy(tree)
            target = [n for body in other.body[0].body for n in ast.walk(body)][index]  # type: ignore[attr-defined]
            change(target)
            line = function.__code__.co_firstlineno + getattr(node, "lineno", 1) - 1
            what = f"{function.__module__}.{function.__qualname__}: {ast.unparse(node)}"
            where = f"{what} -> {ast.unparse(target)} (line {line})"
            yield Mutant(function, where, _compiled(other, function))


def _compiled(tree: ast.Module, function: FunctionType) -> CodeType:
    names: dict[str, object] = {}
    code = compile(ast.fix_missing_locations(tree), "<mutant>", "exec", dont_inherit=True)
    exec(code, dict(function.__globals__), names)
    changed = names[function.__name__]
    assert isinstance(changed, FunctionType)
    return changed.__code__


def _changes(node: ast.AST) -> Iterator[Callable[[ast.AST], None]]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPPED:
            yield lambda n: setattr(n, "ops", [SWAPPED[type(op)]()])
        case ast.Compare(ops=[_, _]):
            yield lambda n: setattr(n, "ops", [SWAPPED[type(o)]() for o in n.ops[:1]] + n.ops[1:])  # type: ignore[attr-defined]
            yield lambda n: setattr(n, "ops", n.ops[:1] + [SWAPPED[type(o)]() for o in n.ops[1:]])  # type: ignore[attr-defined]
        case ast.BoolOp(op=ast.And()):
            yield lambda n: setattr(n, "op", ast.Or())
        case ast.BoolOp(op=ast.Or()):
            yield lambda n: setattr(n, "op", ast.And())
        case ast.UnaryOp(op=ast.Not()):
            yield lambda n: setattr(n, "op", ast.UAdd())
        case ast.BinOp(op=ast.Add()):
            yield lambda n: setattr(n, "op", ast.Sub())
        case ast.BinOp(op=ast.Sub()):
            yield lambda n: setattr(n, "op", ast.Add())
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int()):
            yield lambda n: setattr(n, "value", n.value + 1)  # type: ignore[attr-defined]
        case ast.Constant(value=str(text)) if text.isascii() and text.isidentifier():
            yield lambda n: setattr(n, "value", f"{n.value}x")  # type: ignore[attr-defined]
        case ast.Name(id=name) if name in NAMES and name in {"min", "max", "any", "all", "sum"}:
            yield lambda n: setattr(n, "id", NAMES[name])
        case ast.Attribute(attr=name) if name in NAMES:
            yield lambda n: setattr(n, "attr", NAMES[name])
