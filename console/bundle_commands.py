"""Exchange by file, at a site and at the hub: `export-bundle` and `import-bundle`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from console import settings, sites
from console.hub_address import add_db
from console.printing import note, out
from console.values import iso
from console.words import say
from dispatch.domain.errors import BadInput, Damage, StoreError
from dispatch.store.in_place import write_whole
from dispatch.wire.bundle import MOST, BundleHead

Words = Any  # Any: argparse gives its subparsers action no public name


def add(verbs: Words) -> None:
    """Add both words to the sync group."""
    export = verbs.add_parser(
        "export-bundle", help=say("未送出的写成文件（U 盘）", "what is unsent, as a file")
    )
    bring = verbs.add_parser(
        "import-bundle", help=say("收进文件：市平台的答复，或别的站点的", "take a file in")
    )
    for parser, run in ((export, _export), (bring, _import)):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--site", required=True, metavar="DIR", type=Path)
        parser.add_argument("--json", action="store_true")
        parser.set_defaults(run=run)


def add_hub(verbs: Words) -> None:
    """Add both words to the hub group."""
    bring = verbs.add_parser(
        "import-bundle", help=say("收进站点的文件（U 盘）", "take a site's file in")
    )
    bring.add_argument("file", metavar="FILE", type=Path)
    add_db(bring)
    bring.add_argument(
        "--reply", metavar="FILE", type=Path, help=say("答复写到哪个文件", "where the answer goes")
    )
    bring.add_argument("--json", action="store_true")
    bring.set_defaults(run=_hub_import)
    export = verbs.add_parser(
        "export-bundle", help=say("给一个站点的答复写成文件", "a site's pages, as a file")
    )
    export.add_argument("file", metavar="FILE", type=Path)
    add_db(export)
    export.add_argument(
        "--site", required=True, metavar="ID", help=say("站点编号", "the site's id")
    )
    export.add_argument("--json", action="store_true")
    export.set_defaults(run=_hub_export)


def _export(given: argparse.Namespace) -> None:
    from dispatch.store.paths import BUNDLE_OUT
    from dispatch.sync.bundles import export_bundle

    check_free(given.file)
    known = settings.read(given.site)
    with sites.open_site(given.site) as store:
        made = export_bundle(store, sites.link_of(known))
        put(given.file, made.raw)
        store.write(lambda log: log.set_fact(BUNDLE_OUT, str(made.head.at))).result()
    out(_head(made.head, given.file) | {"more": made.more}, as_json=given.json)
    note(
        say(
            f"{made.head.events} 条已写入 {given.file.name}；市平台编号之前仍算未送出",
            f"{made.head.events} events are in {given.file.name}, unsent until they are numbered",
        )
    )


def _import(given: argparse.Namespace) -> None:
    from dispatch.sync.bundles import import_bundle

    raw = read(given.file)
    known = settings.read(given.site)
    with sites.open_site(given.site, mend=True) as store:
        done = import_bundle(store, sites.link_of(known), raw, given.file.name)
    before, after = done.seq
    told = _head(done.head, given.file) | {
        "new": done.taken.new,
        "known": done.taken.known,
        "not_taken": list(done.taken.refused),
        "numbers": after - before,
        "refused": done.refused,
        "more": done.more,
    }
    out(told, as_json=given.json)
    for line in done.taken.refused:
        note(say(f"未收 {line}", f"not taken: {line}"))
    if done.differs:
        raise Damage("digest", "与市平台的摘要不同，本机记录未删，请运行 verify")


def _hub_import(given: argparse.Namespace) -> None:
    from console import hub

    if given.reply is not None:
        check_free(given.reply)
    taken, reply = hub.hub_import_bundle(
        given.db, read(given.file), given.file.name, reply=given.reply is not None
    )
    told = _head(taken.head, given.file) | {
        "verdicts": taken.verdicts,
        "lacking": taken.lacking,
        "refused": [f"{each.hash[:12]} {each.reason}" for each in taken.refused],
    }
    if reply is not None:
        put(given.reply, reply)
        told["reply"] = str(given.reply)
    out(told, as_json=given.json)


def _hub_export(given: argparse.Namespace) -> None:
    from console import hub

    check_free(given.file)
    raw, head, more = hub.hub_export_bundle(given.db, given.site)
    put(given.file, raw)
    out(_head(head, given.file) | {"more": more}, as_json=given.json)


def _head(head: BundleHead, file: Path) -> dict[str, Any]:  # Any: JSON values
    return {
        "file": str(file),
        "made_at": iso(head.at),
        "site": head.site,
        "town": head.town,
        "town_seq": head.seq,
        "events": head.events,
    }


def read(file: Path) -> bytes:
    """Return a file's bytes; one that is not there or too large is a BadInput."""
    try:
        with file.open("rb") as source:
            raw = source.read(MOST + 1)
    except OSError as error:
        raise BadInput(str(file), error.strerror or say("打不开", "cannot be opened")) from None
    if len(raw) > MOST:
        raise BadInput(str(file), say("不是交换文件：过大", "no bundle: too large"))
    return raw


def check_free(file: Path) -> None:
    """Refuse a name that is taken, or in a folder that is not there."""
    if file.exists():
        raise BadInput(str(file), say("已有这个文件，不覆盖", "is there already"))
    if not file.parent.is_dir():
        raise BadInput(str(file.parent), say("没有这个目录", "no such folder"))


def put(file: Path, raw: bytes) -> None:
    """Write a file whole, on the disk before it has its name."""
    try:
        write_whole(file, raw)
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror or error}") from None
