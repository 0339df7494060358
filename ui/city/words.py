"""What is said of a site's trouble, and the shape beside it."""

from typing import Final

from dispatch.desk.views_sites import SiteView, Trouble
from ui import times
from ui.look.marks import Light
from ui.tongue import tr, tr_table

WORDS: Final = tr_table(
    "trouble",
    {
        Trouble.FORKED: "记录分叉",
        Trouble.EXPIRED: "证书到期",
        Trouble.SILENT: "失联",
        Trouble.NEVER: "从未联系",
        Trouble.HELD: "有隔离",
        Trouble.UNSENT: "有待发",
        Trouble.CLOCK: "时钟不准",
        Trouble.NONE: "正常",
        Trouble.SHUT_OUT: "已停用",
    },
)
SHAPES: Final = {
    Trouble.FORKED: Light.RED,
    Trouble.EXPIRED: Light.RED,
    Trouble.SILENT: Light.RED,
    Trouble.NEVER: Light.YELLOW,
    Trouble.HELD: Light.YELLOW,
    Trouble.UNSENT: Light.YELLOW,
    Trouble.CLOCK: Light.YELLOW,
    Trouble.NONE: Light.GREEN,
    Trouble.SHUT_OUT: Light.HOLD,
}


def told(site: SiteView, now: int) -> str:
    """Return the trouble in words, a silence with how long it has lasted; `now` UTC ms."""
    words = WORDS[site.trouble]
    if site.trouble is Trouble.SILENT:
        return tr("{silent} {age}").format(silent=words, age=times.age(site.contact, now))
    return words
