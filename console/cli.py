"""The command tree: `zhiwang` and what lies behind each of its words.

Results go to standard output, messages to standard error. Exit codes: 0 done, 2 bad input or
refused, 3 the hub cannot be reached, 4 damage found, 1 a defect of ours.
"""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from console import crash, own_process
from console.parser_words import line_of, speak
from console.printing import flush, note, one_line, put_now, unread
from console.tree import build
from console.values import usable
from console.words import say
from dispatch.domain.errors import BadInput, Damage, HubError, Offline, Refused, StoreError

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line: what is wrong and where help is.

    A shortened option is an unknown one: what it means would change with the next option.
    """

    def __init__(self, **more: Any) -> None:  # Any: argparse's own arguments
        self._later: list[Callable[[argparse.ArgumentParser], None]] = []
        super().__init__(**more, allow_abbrev=False)

    def later(self, add: Callable[[argparse.ArgumentParser], None]) -> None:
        """Have options added when this word is read or asked for help: a line needs one verb's."""
        self._later.append(add)

    def fill(self) -> None:
        """Add what was left for later."""
        while self._later:
            self._later.pop(0)(self)

    def parse_known_args(self, *given: Any, **more: Any) -> Any:  # Any: argparse's own arguments
        """Read a line, with all options there."""
        self.fill()
        return super().parse_known_args(*given, **more)

    def add_argument(self, *names: Any, **more: Any) -> argparse.Action:  # Any: argparse's own
        """Add an option; the one line it has in the table is its help unless it brings another."""
        if more.get("help") is None:
            more["help"] = line_of(names[0])
        return super().add_argument(*names, **more)

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print it like any result: a full disk behind standard output is told in one line."""
        self.fill()
        if file is not None:
            super().print_help(file)
            return
        put_now(self.format_help().rstrip("\n"))

    def error(self, message: str) -> NoReturn:
        """Say it in one line and leave with 2."""
        self.exit(2, f"{self.prog}: {one_line(message)}（{self.prog} --help）\n")


class Version(argparse.Action):
    """Prints the version like any result, and leaves."""

    def __init__(self, **more: Any) -> None:  # Any: argparse's own arguments
        super().__init__(**more, nargs=0)

    # Any: what argparse hands an action.
    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> None:
        """Say it and leave with 0."""
        put_now(f"zhiwang {own_process.version()}")
        parser.exit()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    speak()
    line = sys.argv[1:] if argv is None else argv
    parser = Parser(prog="zhiwang", description=say("智网调度台", "the dispatch console"))
    parser.add_argument("--version", action=Version)
    try:
        given = build(parser, *line[:1]).parse_args(usable(line))
    except BadInput as bad:
        return _tell(str(bad), 2)
    except BrokenPipeError:
        return _unread()
    return crash.caught(lambda: _run(given), lambda line: _tell(line, 1))


def _run(given: argparse.Namespace) -> int:
    """Run the chosen word; every error that has a meaning gets its line and its code."""
    try:
        return _done(given.run(given))
    except Refused as refused:
        return _tell(_worded(refused), 2)
    except BadInput as bad:
        return _tell(str(bad), 2)
    except Offline as offline:
        return _tell(say(f"连不上市平台：{offline}", f"the hub cannot be reached: {offline}"), 3)
    except HubError as error:
        return _tell(say(f"市平台：{error}", f"hub: {error}"), 2)
    except Damage as damage:
        return _tell(say(f"发现损坏：{damage}", f"damage found: {damage}"), 4)
    except StoreError as error:
        return _tell(str(error), 2)
    except KeyboardInterrupt:
        return _tell(say("已中断", "interrupted"), 130)
    except BrokenPipeError:
        return _unread()
    except OSError as error:
        # Looking whether a file is there is enough; every word that takes a path does that.
        if error.errno != errno.ENAMETOOLONG:
            raise
        return _tell(say("文件名或路径过长", "a file's name or path is too long"), 2)


def _done(code: int | None) -> int:
    flush()
    return code or 0


def _unread() -> int:
    """Whoever read our output has enough; nothing is left to be told at the end either."""
    unread()
    return 0


def _worded(refused: Refused) -> str:
    # Only a refusal needs words, and they lie in the window's room.
    from ui.refusals import words

    return f"{refused.code}: {words(refused)}"


def _tell(line: str, code: int) -> int:
    note(line)
    return code


if __name__ == "__main__":
    sys.exit(main())
