"""`zhiwang bench`: only in a checkout, by name, with the machine beside the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from console import bench
from dispatch.domain.errors import BadInput
from tests.e2e.town import zhiwang


def test_every_name_is_listed() -> None:
    told = zhiwang("bench", "--list")
    assert 0 == told.code
    names = {line.split("=")[0].split(" ")[0] for line in told.out.splitlines()}
    every = "store page make-store search queue palette map hub snapshot sync return report"
    assert f"{every} import objects faults rolling idle window" == bench.names()
    assert set(bench.names().split()) == names


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ((), "store"),
        (("nonsense",), "nonsense"),
        (("make-store",), "make-store"),
        (("search=1", "nonsense"), "nonsense"),
        (("search=1", "--runs", "3"), "--runs"),
        (("faults", "--runs", "0"), "--runs"),
        (("faults", "--files"), "--files"),
        (("map", "--peer"), "--peer"),
        (("search=1", "--write", "/no/such/folder/file.md"), "--write"),
    ],
)
def test_what_cannot_be_measured_is_one_line(words: tuple[str, ...], named: str) -> None:
    refused = zhiwang("bench", *words)
    assert (2, "", 1) == (refused.code, refused.out, len(refused.err.splitlines()))
    assert named in refused.err


def test_outside_a_checkout_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="bench"):
        bench.found("search", tmp_path)


def test_a_bench_that_is_not_there_yet_says_so(tmp_path: Path) -> None:
    (tmp_path / bench.FOLDER).mkdir(parents=True)
    with pytest.raises(BadInput, match="search"):
        bench.found("search", tmp_path)


def test_arguments_go_to_the_module() -> None:
    each, arguments = bench.found("make-store=/tmp/x,300")
    assert ("bench_store", ["make-store", "/tmp/x", "300"]) == (each.module, arguments)


def test_a_small_run_is_written_with_its_machine(tmp_path: Path) -> None:
    page = tmp_path / "figures.md"
    ran = zhiwang("bench", "search=40", "--write", page)
    assert 0 == ran.code, ran.err
    told = page.read_text(encoding="utf-8")
    assert bench.machine().partition(", load")[0] in told
    assert "`zhiwang bench search=40`" in told
    assert "LIKE" in told
    assert "2 characters" in ran.out


def test_a_bench_that_fails_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    failed = zhiwang("bench", f"search={tmp_path / 'file'}")
    assert 2 == failed.code
    assert "bench_search" in failed.err.splitlines()[-1]
