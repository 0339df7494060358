"""Reporters are told once each, merged or not; a reward is decided once, on the master."""

from __future__ import annotations

import pytest

from dispatch.domain.codes import Channel, Reward, Role, Source
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.incident import Incident
from dispatch.domain.reporters import decided, owed, told
from tests import given as g


def public(log: g.MemoryLog, source: Source = Source.CITIZEN) -> Incident:
    return g.given_reported(log, source=source)


def three(log: g.MemoryLog) -> tuple[str, list[str]]:
    """A master with two merged into it, one of them by a worker; return their ids."""
    master, child, workers = (
        public(log).id, public(log, Source.HOTLINE).id, public(log, Source.WORKER).id,
    )  # fmt: skip
    for each in (child, workers):
        g.act(log, each, Verb.MERGE, into=master)
    return master, [child, workers]


def incident(log: g.MemoryLog, id_: str) -> Incident:
    found = log.incident(id_)
    assert found is not None
    return found


def test_all_of_a_group_who_wait_are_told_in_one_unit() -> None:
    log = g.MemoryLog()
    master, (child, workers) = three(log)
    assert [True, True, False] == [owed(incident(log, each)) for each in (master, child, workers)]
    g.act(log, master, Verb.TELL, channel=Channel.MESSAGE, group=True, text="已在处置")
    assert [False] * 3 == [owed(incident(log, each)) for each in (master, child, workers)]
    events = [told(incident(log, each)) for each in (master, child)]
    assert [2, 2] == [each.unit.n for each in events if each and each.unit]
    assert told(incident(log, workers)) is None
    assert "merged" == incident(log, child).state
    with pytest.raises(Refused, match="nobody_to_tell"):
        g.act(log, master, Verb.TELL, channel=Channel.PHONE, group=True)


def test_word_is_given_of_one_report_alone_in_any_state() -> None:
    log = g.MemoryLog()
    master, (child, workers) = three(log)
    for each in (child, workers):
        g.act(log, each, Verb.TELL, channel=Channel.PHONE)
        assert told(incident(log, each)) is not None
    assert owed(incident(log, master))
    with pytest.raises(BadInput, match="channel"):
        g.act(log, master, Verb.TELL, channel=None)
    with pytest.raises(Refused, match="role_missing"):
        g.act(log, master, Verb.TELL, g.INSPECTOR, channel=Channel.PHONE)


def test_a_reward_is_decided_once_for_a_group() -> None:
    log = g.MemoryLog()
    master, (child, _) = three(log)
    with pytest.raises(Refused, match="wrong_state"):
        g.act(log, child, Verb.REWARD, reward=Reward.CITIZEN)
    g.act(log, master, Verb.REWARD, g.LEADER, reward=Reward.WHISTLE, yuan=200)
    event = decided(incident(log, master))
    assert event is not None
    assert (g.LEADER.account, Reward.WHISTLE, 200) == (
        event.actor, getattr(event.body, "reward", None), getattr(event.body, "yuan", None),
    )  # fmt: skip
    with pytest.raises(Refused, match="already_rewarded"):
        g.act(log, master, Verb.REWARD, reward=Reward.NONE)


def test_what_was_decided_before_the_merge_counts_for_the_group() -> None:
    log = g.MemoryLog()
    one, two = public(log).id, public(log).id
    g.act(log, one, Verb.REWARD, reward=Reward.CITIZEN)
    g.act(log, one, Verb.MERGE, into=two)
    with pytest.raises(Refused, match="already_rewarded"):
        g.act(log, two, Verb.REWARD, reward=Reward.CITIZEN)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"reward": Reward.NONE, "yuan": 5}, "yuan"),
        ({"reward": Reward.CITIZEN, "yuan": -1}, "yuan"),
        ({"reward": Reward.CITIZEN, "yuan": 1_000_001}, "yuan"),
        ({"reward": None}, "reward"),
    ],
)
def test_a_wrong_reward_is_named(said: dict[str, object], where: str) -> None:
    log = g.MemoryLog()
    id_ = public(log).id
    with pytest.raises(BadInput) as bad:
        g.act(log, id_, Verb.REWARD, **said)
    assert where == bad.value.where
    assert decided(incident(log, id_)) is None


def test_a_village_and_other_people_decide_no_reward() -> None:
    log = g.MemoryLog()
    id_ = public(log).id
    chief = g.person("chief9", Role.CHIEF, node=g.VILLAGE)
    with pytest.raises(Refused, match="village_may_not"):
        g.act(log, id_, Verb.REWARD, chief, reward=Reward.CITIZEN)
    with pytest.raises(Refused, match="role_missing"):
        g.act(log, id_, Verb.REWARD, g.CLERK, reward=Reward.CITIZEN)
