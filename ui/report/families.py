"""What the families of a report's numbers are called: the part of the report they stand in."""

from collections.abc import Mapping
from typing import Final

from ui.tongue import tr_table

FAMILIES: Final[Mapping[str, str]] = tr_table(
    "families",
    {
        "flow": "流转",
        "source": "来源",
        "hour": "时段",
        "kpi": "指标",
        "urgent": "紧急",
        "force": "力量",
        "time": "用时",
        "light": "灯",
        "facts": "记录",
        "village": "村（社区）",
        "unit": "处置单位",
        "item": "事项",
        "grid": "网格",
        "post": "到岗",
        "link": "站点",
        "order": "批示督办",
        "list": "清单",
        "before": "环比",
        "year": "同比",
    },
)


def family(code: str) -> str:
    """Return the name of a family; one that has none is called by its code."""
    return FAMILIES.get(code, code)
