"""What is wrong, in words: the lines of the exceptions tray; needs no screen."""

from typing import Final

from dispatch.desk.views_tray import Exceptional
from dispatch.domain.codes import Channel, Supervision
from ui import labels, times
from ui.tongue import tr
from ui.wording import told

_DISK: Final = {
    "low": tr("磁盘只余 {left} MB，照片暂不存取"),
    "scarce": tr("磁盘只余 {left} MB，暂不接收，上报照常"),
    "full": tr("磁盘只余 {left} MB，已动用预留空间"),
}

_OPEN: Final = {
    "review": tr("{number} 挂起已到复查时间"),
    "promise": tr("{number} 答应来电人的事过时未兑现"),
    "clock": tr("{number} 有的时间不合情理，时钟可疑"),
}


def words_of(line: Exceptional) -> str:
    """Return what is wrong in words; the desk gives a number, a name, a type or a count."""
    match line.kind:
        case "contested":
            return told(tr("{what}两处同时办理，需要决定"), what=line.what[-4:])
        case "seat_gone":
            number, _, person = line.what.partition(" ")
            return told(
                tr("{number} · {person}的席位没有应答，待接手"), number=number[-4:], person=person
            )
        case "inform":
            number, _, way = line.what.partition(" ")
            words = tr("{number} 首报（{way}）过时未报")
            return told(words, number=number[-4:], way=labels.bulletin_way(Channel(way)))
        case "card":
            number, _, level = line.what.partition(" ")
            card = labels.supervision(Supervision(level))
            return told(tr("{number} {card}过时未答复"), number=number[-4:], card=card)
        case "review" | "promise" | "clock":
            return told(_OPEN[line.kind], number=line.what[-4:]).strip()
        case "part" | "whistle" | "round" | "notice" | "objects":
            return _overdue(line)
        case "silent":
            return told(tr("{what}没有定位"), what=line.what)
        case "cut":
            return tr("市平台连不上，本机照常办理")
        case "quarantined":
            return tr("一条“{event}”验不过，已隔离").format(event=labels.event(line.what))
        case "unsent":
            return tr("{what} 条还没有传到市平台").format(what=line.what)
        case "disk":
            room, _, left = line.what.partition(" ")
            return told(_DISK[room], left=left)
        case "backup":
            return tr("还没有备份过") if line.what else tr("两天没有备份了")
        case _:
            return _of_store(line)


def _overdue(line: Exceptional) -> str:
    """What somebody was to do: a part of a joint order, a check, a notice to be read."""
    match line.kind:
        case "part" | "whistle":
            number, state, unit = line.what.split(" ", 2)
            words = tr("{number} {unit}协办单“{state}”，已过时限")
            if line.kind == "whistle":
                words = tr("{number} {unit}没有按时答复吹哨")
            return told(words, number=number[-4:], unit=unit, state=labels.sub(state))
        case "round":
            left, _, title = line.what.partition(" ")
            return told(tr("{title}：还有 {left} 个任务没有回报"), left=left, title=title)
        case "notice":
            return told(tr("通知未读：{title}"), title=line.what)
        case _:
            return told(tr("应查对象还有 {left} 处没有查"), left=line.what)


TOWN_KINDS: Final = frozenset({"round", "notice", "objects"})
"""What is dealt with in the town's sheet."""


def until_words(line: Exceptional, now: int) -> str:
    """Return until when it was or is to be done; "" where nothing says so."""
    if line.due is None:
        return ""
    words = tr("应于 {at}") if line.due < now else tr("限 {at}")
    return told(words, at=times.minute(line.due, now))


def key_words(line: Exceptional) -> str:
    """Return which key leads there; "" where none does."""
    if line.incident:
        return tr("Enter 打开事件")
    return tr("Enter 或 F6 应急与任务") if line.kind in TOWN_KINDS else ""


def _of_store(line: Exceptional) -> str:
    """What has become of this machine's store or of its standing at the hub."""
    match line.kind:
        case "shut_out" if line.what == "site_revoked":
            return tr("本站点已被市平台停用，新办的件只存在本机；找市级中心")
        case "shut_out":
            return tr("本站点的证书已到期，新办的件只存在本机；找市级中心")
        case "rewound":
            seq, _, count = line.what.partition(" ")
            return told(
                tr("市平台的库退回到第 {seq} 号，本机把 {count} 条重新送去"), seq=seq, count=count
            )
        case "copied":
            return told(tr("本机的库有过副本，{what} 条已换名重发"), what=line.what)
        case "damage" if not line.what:
            return tr("本机库坏过，旧库还没救出；看值班手册")
        case "damage":
            return told(tr("本机库坏过，已修复，救回 {what} 条；看值班手册"), what=line.what)
        case _:
            return line.what
