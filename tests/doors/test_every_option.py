"""Every option of every verb: a wrong value is one line that names it, and nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console import values
from console.acts_cli import options_of
from console.clock import VARIABLE
from dispatch.domain.command import Verb
from dispatch.domain.may import NEW
from tests.doors.seat import events, log_in, make_seat, point, reported, set_clock
from tests.e2e.town import Ran, zhiwang

RIGHT = {
    "--worker": "W001", "--result": "true", "--unit": "消防", "--reason": "not-ours",
    "--review": "2026-12-01", "--channel": "phone", "--grade": "1", "--into": "A1",
    "--set": "place=演示路1号", "--days": "2", "--level": "normal", "--due": "2h",
    "--lead": "消防", "--assist": "公安", "--order": "SD-1", "--part": "first",
    "--reward": "none",
}  # fmt: skip
"""A right value for each option that a verb demands."""
UNWRITABLE = "有\0无"
LONG = "长" * (values.LONGEST + 1)
WRONG = {
    "_text": (LONG, "半\ud800个", UNWRITABLE),
    "_whole": ("-1", "1.5", "x", "", "٣", "1000000000"),
    "_due": ("soon", "", "3x", "d", "٣d", "9999999999d", "2026-11-21", "2026-11-21T08:00"),
    "_day": ("tomorrow", "2026-13-01", "2026-02-30", "21.11.2026", ""),
    "_time": ("now", "2026-11-21T08:00:00", "2026-11-21", "99999999999", ""),
}
"""Wrong values by what reads them; all others read codes."""
CODES = ("no-such-code", "", "P9")
OPEN = {
    *("text", "place", "reporter", "phone", "person", "result", "talked"),
    *("photos", "set", "into"),
}
"""Fields that take any text, or whose value is looked up first."""
CODE_SHAPED = ("行\n二", "长" * 65)
"""What no field takes that is a code: refused by the rules, by the option's name."""

EVERY = [
    (verb, option, value)
    for verb in Verb
    for option in options_of(verb)
    for value in WRONG.get(option.read.__name__, CODES)
]
UNKNOWN = [(verb, flag) for verb in Verb for flag in ("--no-such", "--tex")]


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A seat with one reported incident, A1; whatever is done leaves no crash note behind."""
    folder = tmp_path_factory.mktemp("doors")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(set_clock(folder / "clock")))
        patch.setenv("ZHIWANG_CRASHES", str(folder))
        made = make_seat(folder / "seat")
        log_in(made, "clerk1", "dispatcher1", "station1")
        assert 0 == reported(made, "--text", "货物堵住通道").code
        yield made
        assert [] == list(folder.glob("zhiwang-crash-*"))


def tried(seat: Path, verb: Verb, *words: str, by: str = "clerk1") -> Ran:
    """Try an act on A1 with the options it demands and these."""
    flags = {word.partition("=")[0] for word in words}
    needed = [
        f"{option.flag}={RIGHT[option.flag]}"
        for option in options_of(verb)
        if option.needed and option.flag not in flags
    ]
    if verb in NEW:
        needed += [] if "--at" in flags else [f"--at={point()}"]
    else:
        needed.append("A1")
    return zhiwang("incident", verb, "--site", seat, "--as", by, *needed, *words)


def refused(ran: Ran, named: str) -> None:
    """The one clear line."""
    assert 2 == ran.code, ran
    assert "" == ran.out
    assert 1 == len(ran.err.splitlines()), ran.err
    assert named in ran.err
    assert "Traceback" not in ran.err


def test_every_wrong_value_names_its_option(seat: Path) -> None:
    before = events(seat)
    opened: set[tuple[str, str]] = set()
    for verb, option, value in EVERY:
        # Opening a site costs a tenth of a second, so each flag and value goes once; what is
        # refused before a site is opened goes with every verb.
        if (option.flag, value) in opened and value != UNWRITABLE:
            continue
        opened.add((option.flag, value))
        refused(tried(seat, verb, f"{option.flag}={value}"), option.flag)
        assert before == events(seat), (verb, option.flag, value)
    assert len(opened) > 100


def test_an_unknown_option_is_named(seat: Path) -> None:
    before = events(seat)
    for verb, flag in UNKNOWN:
        refused(tried(seat, verb, flag, "x"), flag)
    assert before == events(seat)


def test_an_option_that_is_missing_is_named(seat: Path) -> None:
    for verb in Verb:
        for option in options_of(verb):
            if option.needed:
                rest = [
                    f"{each.flag}={RIGHT[each.flag]}"
                    for each in options_of(verb)
                    if each.needed and each is not option
                ]
                ran = zhiwang("incident", verb, "A1", "--site", seat, "--as", "clerk1", *rest)
                refused(ran, option.flag)


def test_a_code_that_cannot_be_one_is_named(seat: Path) -> None:
    before, seen = events(seat), set()
    for verb in Verb:
        for option in options_of(verb):
            coded = option.read.__name__ == "_text" and option.field not in OPEN
            if coded and option.flag not in seen:
                seen.add(option.flag)
                for value in CODE_SHAPED:
                    refused(tried(seat, verb, f"{option.flag}={value}"), option.flag)
    assert before == events(seat)
    assert len(seen) > 8


@pytest.mark.parametrize(
    ("verb", "option", "value"),
    [
        ("report", "--item", "9999"),
        ("report", "--grid", "441900106201999"),
        ("report", "--village", "441900999001"),
        ("report", "--found-at", "2190-01-01T00:00:00+08:00"),
        ("report", "--at", "0,0"),
        ("report", "--at", "١١٣,٢٣"),
        ("report", "--at", "nan,inf"),
        ("report", "--at", "1e9,2"),
        ("report", "--at", "113.96"),
        ("report", "--photo", "/no/such/file.jpg"),
        ("file", "--item", "9999"),
        ("correct", "--set", "colour=red"),
        ("correct", "--set", "lonlat=1"),
        ("correct", "--set", "lonlat=200,1"),
        ("correct", "--set", "priority=P0"),
        ("correct", "--set", "item=9999"),
        ("correct", "--set", "grid=1"),
        ("correct", "--set", "due=soon"),
        ("correct", "--set", "place"),
        ("note", "--told-by", "phone"),
        ("ask-verify", "--limit", "0m"),
    ],
)
def test_a_value_that_the_rules_refuse_names_its_option(
    seat: Path, verb: str, option: str, value: str
) -> None:
    before = events(seat)
    by = "station1" if verb == Verb.SELF_HANDLED else "clerk1"
    ran = tried(seat, Verb(verb), f"{option}={value}", "--text=x", by=by)
    if option == "--photo":
        refused(ran, value)
    else:
        refused(ran, option)
    assert before == events(seat)


def test_two_options_for_one_field_are_told_apart(seat: Path) -> None:
    before = events(seat)
    refused(tried(seat, Verb.FEEDBACK, "--measure=一", "--text=二"), "--measure")
    assert before == events(seat)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("nonsense",), "nonsense"),
        (("incident", "burn", "A1"), "burn"),
        (("incident", "list", "--site", "SEAT", "--state", "gone"), "--state"),
        (("incident", "list", "--site", "SEAT", "--limit", "many"), "--limit"),
        (("incident", "list", "--site", "SEAT", "--search", ""), "--search"),
        (("incident", "list", "--site", "SEAT", "--search", "长" * 201), "--search"),
        (("incident", "show", "--site", "SEAT", "Z9"), "Z9"),
        (("incident", "show", "--site", "SEAT", ""), "ID"),
        (("incident", "note", "A1", "--site", "SEAT", "--as", "../x", "--text", "x"), "--as"),
        (("incident", "note", "A1", "--site", "SEAT", "--as", "chief1", "--text", "x"), "登录"),
        (("shift", "on", "--site", "SEAT", "--as", "clerk1", "--seat", "行\n二"), "--seat"),
        (("shift", "on", "--site", "SEAT", "--as", "clerk1", "--seat", "长" * 65), "--seat"),
        (("export", "events", "--site", "SEAT", "--subject", "Z9"), "Z9"),
        (("sync", "--site", "SEAT"), "--once"),
        (
            ("sync", "receipt", "--site", "SEAT", "--out", "receipt.json"),
            "还没有市级中心会签的回执",
        ),
        (("sync", "--site", "SEAT", "--once", "--watch"), "--watch"),
        (("verify",), "--site"),
        (("verify", "--db", "nonsense"), "--db"),
        (("verify", "--db", "sqlite:////no/such.db"), "--db"),
        (("hub", "init", "--db", "mysql://x/y"), "--db"),
        (("hub", "init", "--db", "sqlite:////proc/no/hub.db"), "--db"),
        (("hub", "init", "--db", "sqlite:///hub.db?timeout=long"), "--db"),
        (("hub", "restore", "--db", "nonsense"), "--db"),
        (("hub", "restore", "--db", "postgresql+psycopg://host:port/hub"), "--db"),
        (("site", "init", "SEAT", "--hub", "http://127.0.0.1:9", "--code", "x"), "已是"),
        (("site", "init", "NEW", "--hub", "nonsense", "--code", "x"), "--hub"),
        (("site", "init", "NEW", "--hub", "https://h", "--code", "x", "--ca", "/no"), "--ca"),
    ],
)
def test_the_other_words(seat: Path, words: tuple[str, ...], named: str) -> None:
    before = events(seat)
    places = {"SEAT": str(seat), "NEW": str(seat.parent / "new")}
    refused(zhiwang(*(places.get(word, word) for word in words)), named)
    assert before == events(seat)
    assert not (seat.parent / "new").exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--from", "yesterday"),
        ("--from", "2026-11-21T08:00:00"),
        ("--to", "2026-11-21T07:00:00+08:00"),
        ("--to", "2027-11-21T07:00:00+08:00"),
        ("--format", "doc"),
        ("--out", "CLOCK"),
    ],
)
def test_a_report_that_cannot_be_made_leaves_nothing(seat: Path, option: str, value: str) -> None:
    before, out = events(seat), seat.parent / "report"
    given = {
        "--from": "2026-11-21T08:00:00+08:00",
        "--to": "2026-11-21T12:00:00+08:00",
        "--out": str(out),
    }
    given[option] = str(seat.parent / "clock") if value == "CLOCK" else value
    words = [f"{name}={text}" for name, text in given.items()]
    named = given[option] if option == "--out" else option
    refused(zhiwang("report", "shift", "--site", seat, *words), named)
    assert before == events(seat)
    assert not out.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("sync", "--site", "SEAT", "--once"),
        ("site", "init", "NEW", "--hub", "http://127.0.0.1:9", "--code", "x"),
    ],
)
def test_a_hub_that_is_not_there_is_code_3(seat: Path, words: tuple[str, ...]) -> None:
    before = events(seat)
    places = {"SEAT": str(seat), "NEW": str(seat.parent / "new")}
    ran = zhiwang(*(places.get(word, word) for word in words))
    assert (3, 1) == (ran.code, len(ran.err.splitlines()))
    assert before == events(seat)
    assert not (seat.parent / "new").exists()
