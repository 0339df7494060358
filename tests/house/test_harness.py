"""The harness bites: each thing it forbids fails a test that does it."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent

BAD = """
    import logging, threading, time, warnings
    import pytest
    from PySide6.QtCore import QTimer, qWarning

    def test_thread():
        threading.Thread(target=time.sleep, args=(6,), daemon=True, name="stray").start()

    def test_log():
        logging.getLogger("room").warning("something odd")

    @pytest.mark.expects_log("never comes")
    def test_log_missing():
        pass

    def test_warning():
        warnings.warn("old way", DeprecationWarning)

    def test_qt_warning(qtbot):
        qWarning("painter not active")

    def test_slot(qtbot):
        def burst():
            raise ValueError("in a slot")
        QTimer.singleShot(0, burst)
        qtbot.wait(50)

    @pytest.mark.xfail(reason="believed broken")
    def test_xfail():
        pass
    """
# What each of them is failed with.
WHY = {
    "test_thread": "threads left running: ['stray']",
    "test_log": "WARNING room: something odd",
    "test_log_missing": "expected in the log, but not there: ['never comes']",
    "test_warning": "DeprecationWarning: old way",
    "test_qt_warning": "painter not active",
    "test_slot": "ValueError: in a slot",
    "test_xfail": "[XPASS(strict)] believed broken",
}
UNKNOWN_MARK = """
    import pytest

    @pytest.mark.slwo
    def test_it():
        pass
    """
GOOD = """
    import logging, threading
    import pytest

    @pytest.mark.expects_log("something odd")
    def test_it(qtbot):
        logging.getLogger("room").warning("something odd")
        worker = threading.Thread(target=lambda: None)
        worker.start()
        worker.join()
    """

WINDOW_LEFT = """
    import gc, threading, weakref
    import pytest
    from PySide6.QtCore import QObject

    died_in = []

    class Knot(QObject):
        def __init__(self):
            super().__init__()
            self.itself = self

    @pytest.fixture
    def knot(qtbot):
        made = Knot()
        weakref.finalize(made, lambda: died_in.append(threading.get_ident()))
        yield made

    def test_a(knot):
        assert not gc.isenabled()

    def test_b():
        assert gc.isenabled()
        assert [threading.get_ident()] == died_in
    """


def run(pytester: pytest.Pytester, test: str) -> pytest.RunResult:
    """Run one made-up test file under the project's own harness and settings."""
    folder = pytester.mkpydir("tests")
    (folder / "conftest.py").write_bytes((TESTS / "conftest.py").read_bytes())
    (folder / "test_it.py").write_text(textwrap.dedent(test), encoding="utf-8")
    pytester.makepyprojecttoml((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly")
    return pytester.runpytest_subprocess(*options)


def test_what_is_forbidden_fails_and_says_why(pytester: pytest.Pytester) -> None:
    output = run(pytester, BAD).stdout.str()
    verdicts = [line for line in output.splitlines() if line.startswith(("FAILED", "ERROR"))]

    silent = [n for n in WHY if not any(f"::{n} " in f"{line} " for line in verdicts)]
    assert [] == silent
    assert [] == [why for why in WHY.values() if why not in output]


def test_an_unknown_mark_stops_the_run(pytester: pytest.Pytester) -> None:
    assert "'slwo' not found" in run(pytester, UNKNOWN_MARK).stdout.str()


def test_what_is_right_passes(pytester: pytest.Pytester) -> None:
    result = run(pytester, GOOD)

    assert pytest.ExitCode.OK == result.ret
    result.assert_outcomes(passed=1)


def test_a_window_dies_before_the_next_test(pytester: pytest.Pytester) -> None:
    run(pytester, WINDOW_LEFT).assert_outcomes(passed=2)
