"""List what has grown long, before it breaks a rule: ``python -m tests.house``."""

from __future__ import annotations

from tests.house.rules import FILE_LINES, FILE_LINES_LISTED, RULES
from tests.house.source import python_files


def main() -> None:
    """Print the long files and every finding; the tests beside this file decide."""
    for source in python_files():
        lines = source.text.count("\n")
        if lines > FILE_LINES_LISTED:
            print(f"{source.place}: {lines} lines; {FILE_LINES} is the limit")
        for rule in RULES:
            for line, what in rule(source):
                print(f"{source.place}:{line}: {what}")


if __name__ == "__main__":
    main()
