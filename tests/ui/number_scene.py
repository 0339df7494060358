"""Numbers of the made-up shift, with incidents of the panels' scene behind them."""

from dispatch.desk.views_report import Number, Numbers
from tests.ui.panel_scene import NOW, TOWN, row


def numbers() -> Numbers:
    """Return some numbers of that shift, with rows of this scene behind them."""
    here = (row().id, row(number="1025").id)

    def one(id_: str, name: str, group: str, text: str, count: int) -> Number:
        ids = here[:count]
        return Number(
            id=id_, family=id_.partition(".")[0], name=name, group=group, text=text, incidents=ids
        )

    rate = Number(
        id="kpi.on_time",
        family="kpi",
        name="按期处置率（单位自身用时）",
        group="",
        text="50.0%",
        ratio="1 / 2",
        incidents=here[:1],
        whole=here,
    )
    return Numbers(
        NOW,
        (
            one("flow.opening.all", "接班存量", "", "2", 2),
            one("flow.new.P1", "新上报", "P1", "1", 1),
            one("source.new.hotline", "新上报", "hotline", "1", 1),
            rate,
            one(f"village.new.{TOWN}201", "新上报", "田饶步村", "2", 2),
            one("hour.new.02", "新上报", "11-21 10:00", "1", 1),
        ),
    )
