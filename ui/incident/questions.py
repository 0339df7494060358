"""What has to be decided: the facts of a contested incident that contradict each other, grouped."""

from dataclasses import dataclass
from typing import Final

from dispatch.desk.views import Contest, ContestedFact
from ui import labels, times
from ui.incident.columns import Column, Compared, lines_of
from ui.tongue import tr

LETTERS: Final = tr("甲乙丙丁戊己庚辛")
_AT_ONCE_MS: Final = 60_000
_BOTH_TRUE: Final = ("merge", "limit")


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision: its words, what follows from it, and the hashes of the facts that stand."""

    said: str
    follows: str
    keep: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Facts of which each contradicts another one, oldest first, and what they contradict about."""

    facts: tuple[ContestedFact, ...]
    about: tuple[str, ...]

    def choices(self) -> tuple[Choice, ...]:
        """Return the decisions: each fact alone, all where all can be true, none."""
        found = []
        for letter, fact in zip(LETTERS, self.facts, strict=False):
            act = labels.event(fact.type)
            found.append(
                Choice(
                    tr("采用{letter}：以“{act}”为准").format(letter=letter, act=act),
                    _follows(fact),
                    (fact.hash,),
                )
            )
        if all(each.partition(":")[0] in _BOTH_TRUE for each in self.about):
            every = tuple(fact.hash for fact in self.facts)
            found.append(Choice(tr("都采用：几条都属实"), tr("各条同时有效，状态按规则取"), every))
        found.append(Choice(tr("都不采用"), tr("回到分歧之前，各方收到说明"), ()))
        return tuple(found)


def _follows(fact: ContestedFact) -> str:
    if fact.leads_to is None:
        return tr("状态不变，另一方收到说明")
    return tr("转{state}，另一方收到说明").format(state=labels.state(fact.leads_to))


def questions(contests: tuple[Contest, ...]) -> tuple[Question, ...]:
    """Group the pairs: facts that are linked by a contradiction are one question."""
    groups: list[tuple[dict[str, ContestedFact], set[str]]] = []
    for contest in contests:
        facts = {contest.one.hash: contest.one, contest.two.hash: contest.two}
        about = {contest.about}
        apart = []
        for group in groups:
            if group[0].keys() & facts.keys():
                facts |= group[0]
                about |= group[1]
            else:
                apart.append(group)
        groups = [*apart, (facts, about)]
    made = [
        Question(tuple(sorted(facts.values(), key=_when)), tuple(sorted(about)))
        for facts, about in groups
    ]
    return tuple(sorted(made, key=lambda question: _when(question.facts[0])))


def _when(fact: ContestedFact) -> tuple[int, str]:
    return fact.at, fact.hash


def compared(facts: tuple[ContestedFact, ...]) -> tuple[Compared, ...]:
    """Return the lines for facts side by side; a line that is empty on all sides is left out."""
    rows = (
        (tr("动作"), tuple(labels.event(fact.type) for fact in facts)),
        (
            tr("状态将为"),
            tuple(labels.state(fact.leads_to) if fact.leads_to else tr("不变") for fact in facts),
        ),
        (tr("办理人"), tuple(f"{labels.role(fact.role)} {fact.person}" for fact in facts)),
        (tr("单位"), tuple(fact.unit for fact in facts)),
        (tr("设备时间"), tuple(times.clock(fact.at) for fact in facts)),
        (
            tr("到达平台"),
            tuple(times.clock(f.received_at) if f.received_at else tr("未到") for f in facts),
        ),
        (tr("来自"), tuple(fact.site for fact in facts)),
        (tr("意见"), tuple(fact.text for fact in facts)),
        (
            tr("照片"),
            tuple(
                tr("{photos} 张").format(photos=len(f.photos)) if f.photos else "" for f in facts
            ),
        ),
    )
    return lines_of(rows)


def columns_of(facts: tuple[ContestedFact, ...], places: tuple[int, ...]) -> tuple[Column, ...]:
    """Return the heads of the facts at these places of their question."""
    found = []
    for place in places:
        fact = facts[place]
        online = fact.received_at is not None and fact.received_at - fact.at < _AT_ONCE_MS
        found.append(
            Column(
                title=f"{LETTERS[place]} {labels.event(fact.type)}",
                note=tr("当时在线") if online else tr("离线补传"),
                icon="cloud-check" if online else "cloud-off",
                key=str(place + 1),
                photos=fact.photos,
            )
        )
    return tuple(found)
