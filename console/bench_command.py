"""`zhiwang bench NAME…`: figures beside a peer or floor, with the machine they were measured on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from console import bench
from console.printing import note, put_now
from console.values import whole
from console.words import say
from dispatch.domain.errors import BadInput

Words = Any  # Any: argparse gives its subparsers action no public name


def add(words: Words) -> None:
    """Add the word."""
    parser = words.add_parser("bench", help=say("测速（仅源码目录）", "figures, in a checkout"))
    parser.add_argument("names", metavar="NAME[=ARG,ARG]", nargs="*")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--write", metavar="FILE", type=Path, help="docs/benchmarks.md")
    told = say("faults 跑多少次（中继和文件交换不在内）", "of faults; no relay, no bundles")
    parser.add_argument("--runs", metavar="N", help=told)
    told = say("faults 用真实的 SQLite 文件", "faults over real SQLite files")
    parser.add_argument("--files", action="store_true", help=told)
    told = say("sync 旁边同测 PouchDB（用 npm 取来）", "of sync: PouchDB beside it, from npm")
    parser.add_argument("--peer", action="store_true", help=told)
    parser.set_defaults(run=_bench)


def _bench(given: argparse.Namespace) -> None:
    if given.list:
        for each in bench.BENCHES:
            usage = f"{each.name}={each.usage}" if each.usage else each.name
            _show(f"{usage:<34}{each.about}")
        return
    if not given.names:
        raise BadInput("NAME", say(f"写出名称：{bench.names()}", f"name some: {bench.names()}"))
    names = _with_peer(_with_runs(given.names, given.runs, files=given.files), peer=given.peer)
    asked = [(word, *bench.found(word)) for word in names]
    if given.write and not given.write.resolve().parent.is_dir():
        raise BadInput("--write", say(f"没有目录 {given.write.parent}", "there is no such folder"))
    told = bench.machine()
    _show(told)
    parts = []
    for word, each, arguments in asked:
        note(say(f"正在测 {word}", f"measuring {word}"))
        _show(f"\n{each.name}: {each.about}")
        parts.append((word, bench.run(each.module, arguments, _show)))
    if given.write:
        given.write.write_text(bench.as_markdown(parts, told), encoding="utf-8")
        note(say(f"已写 {given.write}", f"written: {given.write}"))


def _with_runs(names: list[str], runs: str | None, *, files: bool) -> list[str]:
    """Return the names with `--files --runs N` as what it stands for: faults=N,0,2,1."""
    if runs is None:
        if files:
            raise BadInput("--files", say("须写 --runs N", "needs --runs N"))
        return names
    if names != ["faults"] or not whole(runs, "--runs"):
        raise BadInput("--runs", say("只用于 faults，至少 1 次", "for faults alone, at least 1"))
    return [f"faults={runs},0,2,1" if files else f"faults={runs}"]


def _with_peer(names: list[str], *, peer: bool) -> list[str]:
    """Return the names with `--peer` as what it stands for: sync=…,peer."""
    if not peer:
        return names
    if len(names) != 1 or names[0].partition("=")[0] != "sync":
        raise BadInput("--peer", say("只用于 sync", "for sync alone"))
    return [f"{names[0]}{',' if '=' in names[0] else '='}peer"]


def _show(line: str) -> None:
    put_now(line)
