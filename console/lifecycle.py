"""`python -m console.lifecycle`: docs/lifecycle.md, the life cycle as the code has it."""

from __future__ import annotations

import sys
from typing import Final

from dispatch.domain.lifecycle import Act, acts
from ui import labels

HEAD: Final = """# 事件的一生 · The life cycle

Made by `python -m console.lifecycle > docs/lifecycle.md` from the rules (`dispatch/domain`).
A test holds it equal to them, and them to the agreed table.
An act that leads nowhere leaves the state alone; an undo brings back the state before.

| T | 动作 | verb | 从 | 到 | 谁 | 必填 | 记录 |
|---|---|---|---|---|---|---|---|
"""
EVERYWHERE: Final = 13
"""So many states there are: all of them are told as 任意."""
OPEN: Final = 10


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(f"| {' | '.join(_cells(act))} |\n" for act in acts())


def _cells(act: Act) -> tuple[str, ...]:
    to = "、".join(labels.state(state) for state in act.tos) or "不变"
    if act.undoes:
        to = f"撤销{'、'.join(labels.event(name) for name in act.undoes)}"
    return (
        str(act.transition),
        labels.verb(act.verb),
        f"`{act.verb}`",
        _from(act),
        to,
        "、".join(labels.role(role) for role in act.roles),
        " ".join(f"`{name}`" for name in act.needs) or "-",
        " ".join(f"`{name}`" for name in act.writes),
    )


def _from(act: Act) -> str:
    if not act.froms:
        return "（新）"
    if len(act.froms) == EVERYWHERE:
        return "任意"
    if len(act.froms) == OPEN:
        return "任意未结"
    return "、".join(labels.state(state) for state in act.froms)


if __name__ == "__main__":
    sys.stdout.write(page())
