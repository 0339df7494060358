"""Fit the shipped figures to the real streams, and print how close draws come to them.

python -m dispatch.drill.fit ../shared/data            prints distances and factors
python -m dispatch.drill.fit ../shared/data --write    writes resources/feeds/fitted.toml first
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from dispatch.domain.calendar import ZONE, instant, local
from dispatch.domain.codes import Stage
from dispatch.domain.errors import BadInput
from dispatch.domain.sla import AMBER
from dispatch.drill.profile import CHANCES, HOURS, Fitted, Part, Span, arrivals, load
from dispatch.drill.service import LATE, SHAPE, Service, ServicePlan, limit_s
from dispatch.files.tables import read_profiles
from resources import path

CALLS: Final = "incidents_montgomery_911.csv.gz"
UNITS: Final = "cad_sffd_2016w53.csv.gz"
DRAWS: Final = 5000
BAR: Final = 0.05
"""The largest Kolmogorov-Smirnov distance that is still the same shape."""

_STAMPS: Final = {
    Part.ENTRY: ("Received DtTm", "Entry DtTm"),
    Part.ORDER: ("Entry DtTm", "Dispatch DtTm"),
    Part.TURNOUT: ("Dispatch DtTm", "Response DtTm"),
    Part.TRAVEL: ("Response DtTm", "On Scene DtTm"),
    Part.WORK: ("On Scene DtTm", "Available DtTm"),
}
_HEAD: Final = """\
# Figures fitted to two real streams of emergency calls by
#   python -m dispatch.drill.fit DIR --write
# Nothing of the streams themselves is here.
#
# hours: share of a day's reports in each hour.
#   montgomery: Montgomery County PA, 99,492 calls, 2015-12 to 2016-08
#               (Kaggle mchirico/montcoalert, ODbL 1.0)
#   sffd: San Francisco Fire Department, 3,560 calls in the week from 2016-12-31 (DataSF)
# seconds: service times of the units sent by sffd at 0 %, 1 %, ... 99 %, 99.5 %, 99.9 %, 100 %
#   entry: received to entered; order: entered to dispatched; turnout: dispatched to under way;
#   travel: under way to on scene; work: on scene to available again
"""


def _rows(file: Path) -> Iterator[dict[str, str]]:
    try:
        with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
            yield from csv.DictReader(text)
    except OSError as error:
        raise BadInput(str(file), f"读不了文件：{error.strerror or error}") from error


def _stamp(text: str) -> datetime | None:
    if not text:
        return None
    # Differences and clock times only: the stream's own zone does not matter.
    return datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=UTC)


def _minute(at: datetime) -> float:
    return at.hour * 60 + at.minute + at.second / 60


def minutes_of_day(folder: Path) -> dict[str, list[float]]:
    """Return the real minutes of the day at which calls came, by stream."""
    county = [_minute(datetime.fromisoformat(row["timeStamp"])) for row in _rows(folder / CALLS)]
    first: dict[str, datetime] = {}
    for row in _rows(folder / UNITS):
        received = _stamp(row["Received DtTm"])
        if received is not None:
            first.setdefault(row["Call Number"], received)
    return {"montgomery": county, "sffd": [_minute(each) for each in first.values()]}


def service_seconds(folder: Path) -> dict[Part, list[float]]:
    """Return the real seconds of each part; a unit cancelled on the way has no later ones."""
    found: dict[Part, list[float]] = {part: [] for part in Part}
    for row in _rows(folder / UNITS):
        for part, (start, end) in _STAMPS.items():
            begun, done = _stamp(row[start]), _stamp(row[end])
            if begun is not None and done is not None and done >= begun:
                found[part].append((done - begun).total_seconds())
    return found


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the Kolmogorov-Smirnov distance of two samples: the widest gap of their shares."""
    a, b = np.sort(np.asarray(one)), np.sort(np.asarray(other))
    at = np.concatenate((a, b))
    below_a = np.searchsorted(a, at, side="right") / len(a)
    below_b = np.searchsorted(b, at, side="right") / len(b)
    return float(np.max(np.abs(below_a - below_b)))


def drawn_minutes(fitted: Fitted, seed: int) -> list[float]:
    """Draw minutes of the day the way the feed does: report after report, day after day."""
    start = instant(datetime(2026, 3, 2, tzinfo=ZONE))
    span = Span(start, hours=24 * 40, per_day=200, seed=seed)
    stream = arrivals(fitted, span, random.Random(seed))
    return [_minute(local(at)) for at, _ in zip(stream, range(DRAWS), strict=False)]


def write(folder: Path) -> Path:
    """Fit the figures anew and write the shipped file."""
    lines = [_HEAD, "[hours]"]
    for stream, minutes in minutes_of_day(folder).items():
        counts = np.bincount(np.asarray(minutes, dtype=int) // 60, minlength=HOURS)
        shares = ", ".join(f"{share:.5f}" for share in counts / counts.sum())
        lines.append(f"{stream} = [{shares}]")
    lines.append("\n[seconds]")
    for part, seconds in service_seconds(folder).items():
        values = np.quantile(np.asarray(seconds), CHANCES)
        lines.append(f"{part} = [{', '.join(f'{value:g}' for value in values.round(1))}]")
    target = path("feeds/fitted.toml")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def distances(folder: Path, seed: int = 1) -> dict[str, float]:
    """Return the distance of `DRAWS` draws to each real sample, by name of the sample."""
    found = {}
    for stream, minutes in minutes_of_day(folder).items():
        found[f"time of day, {stream}"] = distance(minutes, drawn_minutes(load(stream), seed))
    fitted, rng = load(), random.Random(seed)
    for part, seconds in service_seconds(folder).items():
        draws = [fitted.draw(part, rng) for _ in range(DRAWS)]
        found[f"seconds, {part}"] = distance(seconds, draws)
    return found


def clock_s(plan: ServicePlan, stage: Stage) -> int:
    """Return the seconds that a stage's clock runs under a plan, as `domain.sla` counts it."""
    match stage:
        case Stage.SIGN_IN:
            return plan.sign_s
        case Stage.FIRST_ANSWER:
            return plan.accept_s + plan.dispatch_s + plan.sign_s + plan.arrive_s
        case Stage.DISPOSAL:
            return plan.sign_s + plan.arrive_s + plan.dispose_s
        case _:
            return int(getattr(plan, f"{stage}_s"))


def lights(seed: int = 1) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Yield for each profile and stage the factor and the shares that end yellow and red."""
    fitted = load()
    profiles = read_profiles(path("catalogue/sla_profiles_v1.csv"))
    service, rng = Service(profiles, fitted), random.Random(seed)
    for code, profile in profiles.items():
        plans = [service.plan(code, rng) for _ in range(DRAWS)]
        for stage in SHAPE:
            limit = limit_s(profile, stage)
            if limit is None:
                continue
            took = [clock_s(each, stage) for each in plans]
            shares = np.asarray(took) / limit
            yield (
                f"{code} {stage}",
                {
                    "factor": service.factors(code).by_stage[stage],
                    "yellow": float(np.mean((shares > AMBER / 100) & (shares <= 1))),
                    "red": float(np.mean(shares > 1)),
                },
            )


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    out = sys.stdout.write
    try:
        if asked.write:
            out(f"{write(asked.folder)}\n")
        found = distances(asked.folder, asked.seed)
    except BadInput as error:
        sys.stderr.write(f"{error}\n")
        return 2
    out(f"Kolmogorov-Smirnov distance of {DRAWS} draws to the real sample, bar {BAR}\n")
    for name, gap in found.items():
        out(f"  {name:32} {gap:.4f}\n")
    out(f"factors so that {LATE:.0%} of a stage is late; shares of {DRAWS} draws\n")
    for name, row in lights(asked.seed):
        told = f"factor {row['factor']:9.2f}  yellow {row['yellow']:6.1%}  red {row['red']:6.1%}"
        out(f"  {name:20} {told}\n")
    return 0 if max(found.values()) <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
