"""What is wrong, in words: the lines of the exceptions tray; needs no screen."""

from typing import Final

from dispatch.desk.views import Exceptional
from ui import labels
from ui.wording import told

_DISK: Final = {
    "low": "磁盘只余 {left} MB，照片暂不存取",
    "scarce": "磁盘只余 {left} MB，暂不接收，上报照常",
    "full": "磁盘只余 {left} MB，已动用预留空间",
}


def words_of(line: Exceptional) -> str:
    """Return what is wrong in words; the desk gives a number, a name, a type or a count."""
    match line.kind:
        case "contested":
            return told("{what}两处同时办理，需要决定", what=line.what[-4:])
        case "silent":
            return told("{what}没有定位", what=line.what)
        case "cut":
            return "市平台连不上，本机照常办理"
        case "quarantined":
            return f"一条“{labels.event(line.what)}”验不过，已隔离"
        case "unsent":
            return f"{line.what} 条还没有传到市平台"
        case "disk":
            room, _, left = line.what.partition(" ")
            return told(_DISK[room], left=left)
        case "backup":
            return "还没有备份过" if line.what else "两天没有备份了"
        case "damage" if not line.what:
            return "本机库坏过，旧库还没救出；看值班手册"
        case "damage":
            return told("本机库坏过，已修复，救回 {what} 条；看值班手册", what=line.what)
        case _:
            return line.what
