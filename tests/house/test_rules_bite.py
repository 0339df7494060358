"""Each rule finds what it is for in a planted snippet, and leaves its right form alone."""

from __future__ import annotations

import pytest

from tests.house import contents, rules
from tests.house.rules import Rule
from tests.house.source import Source

LONG = "\n".join(f"    x{i} = {i}" for i in range(45))
SEVEN = "a, b, c, d, e, f, g"

PLANTED: list[tuple[Rule, str, str, str]] = [
    # rule, place, what breaks it, what keeps it
    (rules.file_is_short, "ui/a.py", "x = 1\n" * 401, "x = 1\n" * 400),
    (
        rules.function_is_short,
        "ui/a.py",
        f"def f():\n{LONG}\n",
        'def f():\n    """' + LONG + '"""\n',
    ),
    (rules.function_is_short, "tests/a.py", f"def f():\n{LONG}\n{LONG}\n", f"def f():\n{LONG}\n"),
    (
        rules.constructor_is_narrow,
        "ui/a.py",
        f"class A:\n    def __init__(self, {SEVEN}): ...",
        f"class A:\n    def act(self, {SEVEN}): ...",
    ),
    (
        rules.constructor_is_narrow,
        "ui/a.py",
        "class A:\n    def __init__(self, a, b, *, c, d, e, f): ...",
        "class A:\n    def __init__(self, a, b, *, c, d, e): ...",
    ),
    (rules.tr_takes_a_literal, "ui/a.py", "self.tr(f'共 {n} 件')", "self.tr('共 %1 件')"),
    (rules.tr_takes_a_literal, "ui/a.py", "tr('共 %d 件' % n)", "tr('共 %d 件') % n"),
    (
        rules.tr_takes_a_literal,
        "ui/a.py",
        "A.translate('q', '{}'.format(n))",
        "translate('q', 'w')",
    ),
    (rules.tr_takes_a_literal, "ui/a.py", "translate('q', f'{n}')", "painter.translate(x + 1, y)"),
    (rules.connect_takes_a_slot, "ui/a.py", "s.connect(lambda: 0)", "s.connect(self._on_s)"),
    (rules.window_never_waits, "ui/q/a.py", "f.result()", "f.add_done_callback(g)"),
    (rules.window_never_waits, "ui/q/a.py", "f.result(timeout=1)", "result(1)"),
    (
        rules.receivers_are_slots,
        "ui/a.py",
        "class A(QWidget):\n    def _on_x(self): ...",
        "class A(QWidget):\n    @Slot(int)\n    def _on_x(self): ...",
    ),
    (
        rules.receivers_are_slots,
        "ui/a.py",
        "class A(QWidget):\n    @Slot\n    def _on_x(self): ...",
        "class A(QWidget):\n    @QtCore.Slot()\n    def _on_x(self): ...",
    ),
    (rules.threads_are_plain, "ui/a.py", "from PySide6.QtCore import QThread", "import threading"),
    (rules.threads_are_plain, "ui/a.py", "t = QtCore.QThread()", "t = Thread()"),
    (rules.threads_are_plain, "ui/a.py", "a.moveToThread(t)", "a.move(t)"),
    (rules.catches_are_narrow, "ui/a.py", "try: f()\nexcept: g()", "try: f()\nexcept OSError: g()"),
    (
        rules.catches_are_narrow,
        "dispatch/sync/client.py",
        "try: f()\nexcept (ValueError, Exception): g()",
        "try: f()\nexcept (ValueError, KeyError): g()",
    ),
    (rules.catches_are_narrow, "ui/a.py", "suppress(BaseException)", "suppress(OSError)"),
    (rules.domain_needs_no_library, "dispatch/domain/a.py", "import msgspec", "import enum"),
    (
        rules.domain_needs_no_library,
        "dispatch/domain/a.py",
        "from dispatch.store import log",
        "from dispatch.domain.codes import Code",
    ),
    (
        rules.values_are_frozen,
        "dispatch/domain/a.py",
        "@dataclass\nclass A: ...",
        "@dataclass(frozen=True, slots=True)\nclass A: ...",
    ),
    (
        rules.values_are_frozen,
        "dispatch/domain/a.py",
        "@dataclasses.dataclass(frozen=True)\nclass A: ...",
        "@other(frozen=True)\nclass A: ...",
    ),
    (
        rules.own_program_is_started_one_way,
        "console/a.py",
        "run([sys.executable, '-m', 'console'])",
        "run(own_process.command('hub'))",
    ),
]


@pytest.mark.parametrize(("rule", "place", "bad", "good"), PLANTED)
def test_a_rule_finds_what_is_planted(rule: Rule, place: str, bad: str, good: str) -> None:
    assert [] != list(rule(Source.of(place, bad)))
    assert [] == list(rule(Source.of(place, good)))


def test_every_rule_is_planted() -> None:
    assert set(rules.RULES) == {rule for rule, *_ in PLANTED}


@pytest.mark.parametrize("place", rules.BROAD_ALLOWED)
def test_the_three_edges_may_catch_everything(place: str) -> None:
    source = Source.of(place, "try: f()\nexcept Exception: g()")
    assert [] == list(rules.catches_are_narrow(source))


@pytest.mark.parametrize("place", ["ui/utils/a.py", "dispatch/core/x.sql", "console/helpers.py"])
def test_empty_names_are_found(place: str) -> None:
    assert contents.name_is_forbidden(place)


@pytest.mark.parametrize("place", ["ui/queue/model.py", "docs/base.md", "ui/map/base_map.py"])
def test_names_that_say_something_pass(place: str) -> None:
    assert not contents.name_is_forbidden(place)


@pytest.mark.parametrize(
    "line",
    [
        *(f"see https://{host}/simple" for host in contents.REGISTRIES),
        *(f"open('{place}x')" for place in contents.PLACES),
        "/" + "home/li/x",
    ],
)
def test_hosts_and_paths_of_one_machine_are_found(line: str) -> None:
    assert [] != list(contents.strange_contents(f"fine\n{line}\nfine\n"))


def test_an_ordinary_address_passes() -> None:
    text = "# WORKAROUND https://bugreports.qt.io/browse/QTBUG-1 6.9\nhttp://127.0.0.1:8080\n"
    assert [] == list(contents.strange_contents(text))
