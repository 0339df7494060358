"""Every code has a word, every refusal a sentence with its facts."""

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import pytest

from dispatch.desk.views import WorkerStatus
from dispatch.domain import codes
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, HubError, Offline, Refused, StoreError
from dispatch.domain.types import TYPES
from ui import labels, refusals, times

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ROOT = Path(refusals.__file__).parents[1]


@pytest.mark.parametrize(
    ("words", "members"),
    [
        (labels.state, codes.State),
        (labels.stage, codes.Stage),
        (labels.role, codes.Role),
        (labels.source, codes.Source),
        (labels.priority, codes.Priority),
        (labels.light, codes.Light),
        (labels.return_reason, codes.ReturnReason),
        (labels.finding, codes.Finding),
        (labels.channel, codes.Channel),
        (labels.level, codes.Level),
        (labels.worker, WorkerStatus),
        (labels.verb, Verb),
    ],
)
def test_every_code_has_its_own_word(
    words: Callable[[str | None], str], members: type[StrEnum]
) -> None:
    said = [words(code) for code in members]

    assert all(CHINESE.search(word) for word in said)
    assert len(set(said)) == len(said)


def test_every_event_type_has_a_word() -> None:
    assert [code for code in TYPES if not CHINESE.search(labels.event(code))] == []


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert "brand_new" == labels.event("brand_new")


def test_every_refusal_in_the_product_has_a_sentence() -> None:
    """A rule that is added without a sentence fails here, not before an operator."""
    raised = {
        code
        for file in (ROOT / "dispatch").rglob("*.py")
        for code in re.findall(r'Refused\(\s*"([a-z_]+)"', file.read_text(encoding="utf-8"))
    }

    assert set() == raised - refusals.codes()


def test_a_refusal_names_its_facts() -> None:
    said = refusals.words(Refused("already_dispatched", unit="住建分局", state="sent"))

    assert "已经派给住建分局，现为“待签收”；要换单位请用转派" == said


def test_a_fact_that_is_missing_leaves_no_brace() -> None:
    assert all("{" not in refusals.words(Refused(code)) for code in refusals.codes())


def test_a_refusal_without_a_sentence_shows_code_and_facts() -> None:
    assert "不能办理（no_such_rule）unit x" == refusals.words(Refused("no_such_rule", unit="x"))


@pytest.mark.parametrize(
    "error",
    [
        BadInput("reason", "close 必须填写"),
        Offline(),
        HubError("500"),
        StoreError("disk"),
        OSError(),
    ],
)
def test_every_error_is_one_chinese_line(error: Exception) -> None:
    said = refusals.words(error)

    assert CHINESE.search(said)
    assert "\n" not in said


def test_bad_input_names_field_and_act() -> None:
    assert "理由：结案必须填写" == refusals.words(BadInput("reason", "close 必须填写"))


@pytest.mark.parametrize(
    ("millis", "said"),
    [
        (0, "00:00"),
        (59_999, "00:59"),
        (-192_000, "03:12"),
        (3_599_000, "59:59"),
        (3_600_000, "1时00分"),
        (3_960_000, "1时06分"),
        (86_399_000, "23时59分"),
        (86_400_000, "1天0时"),
        (187_200_000, "2天4时"),
    ],
)
def test_spans_change_their_form_at_an_hour_and_at_a_day(millis: int, said: str) -> None:
    assert said == times.span(millis)


def test_the_town_is_eight_hours_ahead() -> None:
    at = 1_763_706_728_000  # 2025-11-21 06:32:08 UTC

    assert ("14:32:08", "11月21日 周五") == (times.clock(at), times.date(at))


def test_every_reason_that_a_drill_writes_has_words() -> None:
    """No code stands in a timeline."""
    drill = ROOT / "dispatch" / "drill"
    written = {
        code
        for file in drill.glob("*.py")
        for code in re.findall(r'reason="([a-z_]+)"', file.read_text(encoding="utf-8"))
    }

    assert written
    assert set() == {code for code in written if labels.reason(code) == code}
