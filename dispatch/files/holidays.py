"""Write a year's editable holiday file once, from the chinesecalendar package."""

from __future__ import annotations

import argparse
import csv
import sys
from datetime import date, timedelta
from pathlib import Path

from chinese_calendar import constants

from dispatch.domain.errors import BadInput

_NAMES = {each.value: each.chinese for each in constants.Holiday}


def rows(year: int) -> list[tuple[str, str, str]]:
    """Return date, kind and name of each day of the year that is not what its weekday says.

    Raises BadInput for a year the package does not know yet.
    """
    first, last = min(constants.holidays).year, max(constants.holidays).year
    if not first <= year <= last:
        raise BadInput(
            str(year), f"chinesecalendar 只有 {first} 至 {last} 年的数据，请升级或手工编写"
        )
    found = []
    day = date(year, 1, 1)
    while day.year == year:
        for kind, days in (("holiday", constants.holidays), ("makeup", constants.workdays)):
            if day in days:
                found.append((day.isoformat(), kind, _NAMES.get(days[day], days[day])))
        day += timedelta(days=1)
    return found


def write(year: int, folder: Path) -> Path:
    """Write `folder/YEAR.csv`; an existing file is refused, for people have edited it."""
    target = folder / f"{year}.csv"
    listed = rows(year)
    try:
        with target.open("x", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(("date", "kind", "name"))
            out.writerows(listed)
    except FileExistsError as error:
        raise BadInput(str(target), "文件已存在，可能有人工修改；要重写请先移走") from error
    return target


def main() -> int:
    """Run from the command line: years, then `--out DIR`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("years", nargs="+", type=int)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    try:
        for year in asked.years:
            sys.stdout.write(f"{write(year, asked.out)}\n")
    except BadInput as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
