"""Codes of the field to Chinese words: the only glossary in code. `ui.refusals` words the errors.

Every function returns the code itself for one it does not know: an unknown code is shown, not
hidden.
"""

from collections.abc import Mapping

from dispatch.domain.sla import Span
from ui import town_words
from ui.code_words import (
    ADVICE_REASONS,
    ADVICE_ROLES,
    BULLETIN_WAYS,
    BULLETINS,
    CHANNELS,
    EXTENSIONS,
    FINDINGS,
    GRADES,
    HELPS,
    LEVELS,
    LIGHTS,
    PRIORITIES,
    RETURN_REASONS,
    REWARDS,
    ROLES,
    SOURCES,
    STAGES,
    STATES,
    STEPS,
    SUBS,
    SUPERVISION_REASONS,
    SUPERVISIONS,
    VERBS,
    WORKERS,
)
from ui.tongue import tr
from ui.word_tables import (
    EVENTS,
    EXCEPTIONS,
    FIELDS,
    HUB,
    LINES,
    LISTS,
    PARTS,
    REASONS,
    REQUESTS,
    SHIFT_VERBS,
)


def _word(table: Mapping[str, str], code: str | None) -> str:
    return table.get(code, code) if code else table.get("", "")


def state(code: str | None) -> str:
    """Return 待派遣 for `filed`, and so on."""
    return _word(STATES, code)


def sub(code: str | None) -> str:
    """Return where an assisting unit's part stands."""
    return _word(SUBS, code)


def stage(code: str | None) -> str:
    """Return the name of a clock."""
    return _word(STAGES, code)


def role(code: str | None) -> str:
    """Return the name of a role."""
    return _word(ROLES, code)


def source(code: str | None) -> str:
    """Return for whom a report was made."""
    return _word(SOURCES, code)


def priority(code: str | None) -> str:
    """Return 紧急 for P1, and so on."""
    return _word(PRIORITIES, code)


def light(code: str | None) -> str:
    """Return what a light means."""
    return _word(LIGHTS, code)


def return_reason(code: str | None) -> str:
    """Return why an order was given back."""
    return _word(RETURN_REASONS, code)


def finding(code: str | None) -> str:
    """Return what a worker found."""
    return _word(FINDINGS, code)


def channel(code: str | None) -> str:
    """Return how somebody was reached."""
    return _word(CHANNELS, code)


def supervision(code: str | None) -> str:
    """Return the card: 督办, 黄牌督办, 红牌督办."""
    return _word(SUPERVISIONS, code)


def supervision_reason(code: str | None) -> str:
    """Return why a card is proposed."""
    return _word(SUPERVISION_REASONS, code)


def bulletin(code: str | None) -> str:
    """Return which information report it is: 首报, 续报, 终报."""
    return _word(BULLETINS, code)


def reward(code: str | None) -> str:
    """Return what was decided about a reward."""
    return _word(REWARDS, code)


def bulletin_way(code: str | None) -> str:
    """Return how an information report was given: 电话, 书面."""
    return _word(BULLETIN_WAYS, code)


def extension_state(code: str | None) -> str:
    """Return how a request for more time stands: 审核中, 同意, 不同意, 已失效."""
    return _word(EXTENSIONS, code)


def level(code: str | None) -> str:
    """Return the level of a node."""
    return _word(LEVELS, code)


def worker(code: str | None) -> str:
    """Return a worker's status."""
    return _word(WORKERS, code)


def verb(code: str | None) -> str:
    """Return an act's word as it stands on its button."""
    tables = (VERBS, SHIFT_VERBS, town_words.VERBS)
    return next((table[code] for table in tables if code and code in table), code or "")


def part(code: str | None) -> str:
    """Return whose signature it is under a shift's report: 交班, 接班, 审核."""
    return _word(PARTS, code)


def line(code: str | None) -> str:
    """Return what a line of the shift's log is about."""
    return _word(LINES, code)


def handover_list(code: str | None) -> str:
    """Return the name of a list of the hand-over."""
    return _word(LISTS, code)


def event(code: str | None) -> str:
    """Return what an event of that type was, for the timeline."""
    return _word(EVENTS, code)


def request(code: str | None) -> str:
    """Return what was asked for: 不予受理, 延期, 挂起, 作废."""
    return _word(REQUESTS, code)


def exception(code: str | None) -> str:
    """Return the kind of a line of the exceptions tray."""
    return _word(EXCEPTIONS, code)


def hub(code: str | None) -> str:
    """Return how the line to the hub stands."""
    return _word(HUB, code)


def field(code: str | None) -> str:
    """Return the name of a field of a form."""
    return _word(FIELDS, code)


def said_with_verbs(text: str) -> str:
    """Return a sentence of the rules that begins with a verb's code, with its word instead."""
    first, space, rest = text.partition(" ")
    return f"{VERBS[first]}{rest}" if space and first in VERBS else text


def catalogue(name: str) -> str:
    """Return which version of the catalogue of items, from its file's name."""
    version = name.removeprefix("catalogue_v")
    return (
        tr("目录第 {version} 版").format(version=version)
        if version != name
        else tr("目录 {name}").format(name=name)
    )


def span(length: Span, working: bool) -> str:
    """Return how long a stage may take: 30 分, 4 小时, 4 个工作时, 3 个工作日."""
    hours, days = (tr("个工作时"), tr("个工作日")) if working else (tr("小时"), tr("天"))
    words = {"m": tr("分"), "h": hours, "d": days}
    return f"{length.count} {words[length.unit]}"


def profile(code: str, working: bool) -> str:
    """Return a profile of limits with the time it counts: M2 工作时."""
    return (
        tr("{code} 工作时").format(code=code) if working else tr("{code} 自然时").format(code=code)
    )


def step(number: int) -> str:
    """Return the name of one of the five steps, counted from 1."""
    return STEPS[number - 1] if 1 <= number <= len(STEPS) else str(number)


def grade(number: int | None) -> str:
    """Return the reporter's grade from 1 (非常满意) to 5."""
    return GRADES[number - 1] if number and 1 <= number <= len(GRADES) else "—"


def verbs() -> Mapping[str, str]:
    """Return every verb with its word, for the command field."""
    return VERBS


def help_kind(code: str | None) -> str:
    """Return what something at hand is: 值守点, 消火栓."""
    return _word(HELPS, code)


def advice_role(code: str | None) -> str:
    """Return what a proposed unit is to do: 主办, 协助, 到场."""
    return _word(ADVICE_ROLES, code)


def reason(code: str | None) -> str:
    """Return a reason that the rules wrote as a code; a person's own words stay as they are."""
    return _word(REASONS, code)


def advice_reason(codes: str) -> str:
    """Return why a unit is proposed: its reasons, parted by slashes, in words."""
    return tr("，").join(_word(ADVICE_REASONS, each) for each in codes.split("/") if each)


def shift(code: str) -> str:
    """Return a shift by the end of its id: D is 08:00 to 20:00, N the night after it."""
    return {"D": tr("白班 08:00–20:00"), "N": tr("夜班 20:00–08:00")}.get(
        code.rpartition("-")[2], code
    )
