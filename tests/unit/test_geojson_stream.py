"""GeoJSON feature by feature: as the whole document reads, in as little memory as one feature."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch.domain.errors import BadInput
from dispatch.files import geojson, geojson_stream
from dispatch.files.geojson_stream import read_features
from dispatch.files.opening import open_table
from dispatch.files.rows import Meter, Row

HEAD = '{"type":"FeatureCollection","features":['

# Any: JSON values.
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def streamed(file: Path) -> list[Any]:
    return list(read_features(file, Meter()))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    found=st.lists(VALUES, min_size=1, max_size=5),
    others=st.dictionaries(st.text(), VALUES, max_size=3),
    first=st.booleans(),
    escaped=st.booleans(),
    indent=st.sampled_from([None, 1]),
    piece=st.integers(1, 40),
)
def test_it_reads_what_the_whole_document_is(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    found: list[Any],
    others: dict[str, Any],
    first: bool,
    escaped: bool,
    indent: int | None,
    piece: int,
) -> None:
    """Whatever is in it, wherever a piece of the file ends."""
    own = {"type": "FeatureCollection", "features": found}
    document = (
        {**others, **own} if first else {**own, **{k: v for k, v in others.items() if k not in own}}
    )
    try:
        text = json.dumps(document, ensure_ascii=escaped, indent=indent)
        (tmp_path / "a.geojson").write_text(text, encoding="utf-8-sig" if first else "utf-8")
    except UnicodeEncodeError:
        return
    monkeypatch.setattr(geojson_stream, "_PIECE", piece)

    assert geojson.features(tmp_path / "a.geojson") == streamed(tmp_path / "a.geojson")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "最外层不是 GeoJSON 对象"),
        ("[]", "最外层不是 GeoJSON 对象"),
        (f"{HEAD}]}}", "没有任何要素"),
        (f'{HEAD}{{"a":1}},\n{{"a" 2}}]}}', "第 2 行第 6 列"),
        (f'{HEAD}{{"a":NaN}}]}}', "NaN"),
        (f"{HEAD}1]", "第 1 行第 43 列"),
        (f"{HEAD}1]}}x", "末尾之后还有内容"),
        (f"{HEAD}1,]}}", "第 1 行第 43 列"),
        (f'{HEAD}"abc]}}', "第 1 行第 41 列"),
        (f"{HEAD}{'9' * 5000}]}}", "Exceeds the limit"),
        (f"{HEAD}{'[' * 100_000}", "嵌套过深"),
        ('{"type":"FeatureCollection","features":{}}', "features 不是数组"),
        ('{"type":"Topology","features":[1]}', "类型是 Topology"),
        ('{"features":[1]}', "没有写明"),
        ('{"type":7,"type":8}', "出现两次"),
        ("{1:2}", "成员没有名字"),
        (f'{HEAD}{{"a":"{"x" * 1_200_000}"}}]}}', "超过 1 MB"),
    ],
)
def test_what_is_no_geojson_is_one_line(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "a.geojson"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        streamed(file)

    assert told in str(bad.value)
    assert "a.geojson" in str(bad.value)
    assert 1 == len(str(bad.value).splitlines())


def test_what_is_no_text_and_what_is_not_there_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "a.geojson"
    file.write_bytes(HEAD.encode() + b'"\xff"]}')
    with pytest.raises(BadInput, match="第 42 个字节起不是 UTF-8"):
        streamed(file)
    with pytest.raises(BadInput, match="读不了文件"):
        streamed(tmp_path / "none.geojson")


def test_one_feature_by_itself_is_a_file_too(tmp_path: Path) -> None:
    feature = {"type": "Feature", "properties": {"a": 1}, "geometry": None}
    (tmp_path / "a.geojson").write_text(json.dumps(feature))

    assert [feature] == streamed(tmp_path / "a.geojson")
    table = open_table(tmp_path / "a.geojson")
    (row,) = table.read(Meter())
    assert isinstance(row, Row)
    assert "1" == row.cells["a"]


def test_the_meter_tells_how_far_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.geojson"
    file.write_text(f"{HEAD}{','.join(['{}'] * 200_000)}]}}")
    meter = Meter()
    parts = [meter.part for _ in read_features(file, meter)]

    assert sorted(parts) == parts
    assert parts[0] < 0.2
    assert 1.0 == meter.part


CHILD = """
import resource, sys
from pathlib import Path
from dispatch.files.opening import open_table
from dispatch.files.rows import Meter, Row
open_table(Path(sys.argv[2]))
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[3]), int(sys.argv[3])))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
table = open_table(Path(sys.argv[1]))
count = sum(isinstance(row, Row) for row in table.read(Meter()))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
FEATURE = (
    '{"type":"Feature","properties":{"编号":%d,"内容":"演示数据路灯不亮","电话":"138****6021","说明":"%s"},'
    '"geometry":{"type":"Point","coordinates":[113.97,23.02]}}'
)


def given_large(file: Path, enough: Callable[[int], bool]) -> int:
    """Write points until the file's size is enough; return how many."""
    count = 0
    with file.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        while not enough(out.tell() if count % 1000 == 0 else 0):
            out.write("," if count else "")
            out.write(FEATURE % (count, "通道堆放杂物" * (count % 60)))
            count += 1
        out.write("]}")
    return count


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="no limit of address space there")
def test_three_hundred_megabytes_are_read_in_a_few(tmp_path: Path) -> None:
    """As a whole document they took 64 MB at most, and that in up to twenty times the memory."""
    large, small = tmp_path / "large.geojson", tmp_path / "small.geojson"
    given_large(small, lambda size: size > 1000)
    count = given_large(large, lambda size: size > 300 * 1024 * 1024)
    bound = 1536 * 1024 * 1024
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(large), str(small), str(bound)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr[-2000:]
    rows, kilobytes = map(int, done.stdout.split())
    assert count == rows
    assert kilobytes < 64 * 1024, "more than a few features were held"
