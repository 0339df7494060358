"""The index finds what LIKE '%piece%' finds, for every piece, and pages like it."""

from __future__ import annotations

import csv
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from dispatch.acts.perform import Author, record
from dispatch.domain.bodies import Noted
from dispatch.domain.codes import Kind
from dispatch.domain.event import Draft, Subject
from dispatch.store import search
from dispatch.store.engine import open_engine
from dispatch.store.migrate import upgrade
from dispatch.store.schema import VIEWS
from dispatch.store.site import SiteStore
from tests.builders import NOON, given_reported, given_site

TEXTS = 10_000
PIECES = 500
VIEW = VIEWS["a"]
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
TRAPS = (
    "100%_done",
    "a\\b'c\"d",
    "İstanbul ÄÖÜ äöü ß ſ K",
    "ABCabcXYZxyz",
    "👩‍👩‍👧‍👦一家",
    "𠮷田路",
    "e\u0301te\u0301 \u200b零宽\ufeff",
    "\u202e反向",
    '消防 AND 通道 NEAR OR NOT * " ( ) : ^',
    "一",
    " 空 格 ",
    "制\t表\n换行",
    "null NULL nUlL",
    "zzzz000",
)


def hostile() -> list[str]:
    """Return strings that break careless code; the shared file's too, where it is at hand."""
    found = list(TRAPS)
    files = {"zh_hostile_strings.csv": "text", "zh_complaint_subjects.csv": "subject"}
    for name, column in files.items():
        path = SHARED / name
        if path.is_file():
            with path.open(encoding="utf-8-sig", newline="") as file:
                found += [row[column] for row in csv.DictReader(file) if row[column]]
    return [text.replace("\0", " ") for text in found]


def ten_thousand() -> list[str]:
    """Return hostile strings and mixtures of their pieces."""
    rng = random.Random(7)
    texts = hostile()
    while len(texts) < TEXTS:
        parts = [rng.choice(texts[:600]) for _ in range(rng.randint(1, 3))]
        cut = [part[rng.randrange(len(part)) :][: rng.randint(1, 40)] for part in parts]
        texts.append("".join(cut))
    return texts


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    path = tmp_path_factory.mktemp("search") / "site.db"
    engine = open_engine(path)
    upgrade(engine, path)
    with engine.connect() as connection:
        with connection.begin():
            for pos, body in enumerate(ten_thousand(), 1):
                search.change(connection, VIEW, pos, None, body)
                connection.exec_driver_sql("INSERT INTO words_a VALUES (?, ?)", (pos, body))
            connection.exec_driver_sql(
                "INSERT INTO incident_a (pos, id, town, temp, open, place, text, assists,"
                " entered_at, contested, unsent, photos, photos_missing, merged, rework, waiting,"
                " told_off, suspect, version, stamp) SELECT pos, 'i' || pos, '', '', 1, '', '',"
                " '', 0, 0, 0, 0, 0, 0, 0, '', '', 0, '', 0 FROM words_a"
            )
        yield connection
    engine.dispose()


def liked(connection: Connection, piece: str) -> list[str]:
    """Return what LIKE finds, newest first."""
    escaped = piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    sql = "SELECT 'i' || pos FROM words_a WHERE body LIKE ? ESCAPE '\\' ORDER BY pos DESC"
    return [row[0] for row in connection.exec_driver_sql(sql, (f"%{escaped}%",))]


def found(connection: Connection, piece: str) -> list[str]:
    """Return what all pages of the index find, in order."""
    ids: list[str] = []
    before: int | None = None
    while True:
        page = search.find(connection, VIEW, piece, 1000, before)
        ids += page.ids
        if page.next is None:
            return ids
        before = page.next


def some_pieces() -> list[str]:
    rng = random.Random(11)
    texts = hostile()
    pieces = [piece for text in TRAPS for piece in (text, text[:1], text[-1:], text[-2:])]
    for length in itertools.islice(itertools.cycle((1, 2, 3, 4)), PIECES):
        text = rng.choice([text for text in texts if len(text) >= length])
        start = rng.randrange(len(text) - length + 1)
        piece = text[start : start + length]
        pieces.append(rng.choice((piece, piece.upper(), piece.lower())))
    return [*pieces, "不会有的字词", "\u9fff", "zz", "%", "_", "\\", "'", '"', "*"]


def test_every_piece_is_found_as_like_finds_it(indexed: Connection) -> None:
    with indexed.begin():
        wrong = [
            piece
            for piece in dict.fromkeys(some_pieces())
            if liked(indexed, piece) != found(indexed, piece)
        ]
    assert [] == wrong


def test_the_comparison_can_fail(indexed: Connection) -> None:
    """A piece that LIKE finds often is taken out of one text of the index."""
    undone = indexed.begin()
    body = indexed.exec_driver_sql("SELECT body FROM words_a WHERE pos = 1").scalar_one()
    search.remove(indexed, VIEW, 1, body)
    assert liked(indexed, body) != found(indexed, body)
    undone.rollback()


def folded(text: str) -> str:
    """Return the text with A-Z as a-z and nothing else changed: so LIKE compares."""
    return "".join(each.lower() if "A" <= each <= "Z" else each for each in text)


def test_whole_lines_and_ends_of_lines_are_found(indexed: Connection) -> None:
    rng = random.Random(5)
    texts = [text for text in hostile() if text.strip()]
    lined = {
        pos: "\n".join(rng.choice(texts)[: rng.randint(1, 30)] for _ in range(rng.randint(1, 3)))
        for pos in range(TEXTS + 1, TEXTS + 1501)
    }
    asked = {line for body in lined.values() for line in body.split("\n") if line}
    pieces = [
        *rng.choices(sorted(asked), k=150),
        *(each[-2:] for each in rng.choices(sorted(asked), k=99)),
    ]
    undone = indexed.begin()
    sql = "UPDATE incident_a SET pos = ? WHERE pos = ?"
    bodies = [row[0] for row in indexed.exec_driver_sql("SELECT body FROM words_a ORDER BY pos")]
    for pos, body in lined.items():
        search.change(indexed, VIEW, pos, None, body)
        indexed.exec_driver_sql(sql, (pos, pos - TEXTS))
    there = {**dict(enumerate(bodies[1500:], 1501)), **lined}
    wrong, hits = [], 0
    for piece, whole in itertools.product(dict.fromkeys(pieces), (True, False)):
        said = folded(piece.replace("\0", " "))
        kept = [
            pos
            for pos, body in sorted(there.items(), reverse=True)
            for lines in [folded(body).split("\n")]
            if (said in lines if whole else any(line.endswith(said) for line in lines))
        ]
        ids = [f"i{pos - TEXTS if pos > TEXTS else pos}" for pos in kept]
        hits += len(ids)
        if ids != list(search.lines(indexed, VIEW, piece, 1 << 20, whole=whole)):
            wrong.append((piece, whole))
    undone.rollback()
    assert [] == wrong
    assert hits > len(pieces)


def test_counts_stop_at_the_most(indexed: Connection) -> None:
    with indexed.begin():
        often = max(("市", "区", "路", "的"), key=lambda piece: len(liked(indexed, piece)))
        many = len(liked(indexed, often))
        assert many > 201
        assert 201 == search.count(indexed, VIEW, often, 201)
        assert many == search.count(indexed, VIEW, often, many + 1)
        assert 0 == search.count(indexed, VIEW, "", 201)
        assert () == search.find(indexed, VIEW, "", 10, None).ids


def test_a_changed_text_is_found_by_its_new_words_only(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    id_ = given_reported(store, text="旧的说法")

    def renew(connection: Connection) -> None:
        pos, body = connection.exec_driver_sql("SELECT pos, body FROM words_a").one()
        search.change(connection, VIEW, pos, body, "新的文字")

    store.write(lambda log: renew(log.connection)).result()

    assert () == ids_of(store, "旧的")
    assert (id_,) == ids_of(store, "新的")
    assert 1 == store.read(lambda reader: reader.count("新")).result()
    store.close()


def test_a_zero_character_is_a_blank(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    id_ = given_reported(store)
    noted = Draft(
        subject=Subject(Kind.INCIDENT, id_),
        type="noted",
        body=Noted(),
        sealed=(("text", "东\0西"),),
    )

    # No door takes it; an event from elsewhere may hold it all the same.
    store.write(lambda log: record(log, (noted,), Author("wang", "clerk", ""), NOON)).result()

    assert (id_,) == ids_of(store, "东 西")
    assert (id_,) == ids_of(store, "东\0西")
    store.close()


def ids_of(store: SiteStore, piece: str) -> tuple[str, ...]:
    return store.read(lambda reader: reader.search(piece)).result().ids
