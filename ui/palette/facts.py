"""What is said under the line before Enter: the act, what comes of it, why, and what to mind."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QObject

from dispatch.desk.views_palette import Foreseen
from dispatch.domain.errors import BadInput
from dispatch.domain.may import NEW
from ui import labels, refusals, times
from ui.palette.asking import Asking
from ui.palette.paper import Fact
from ui.palette.plan import Plan
from ui.strips.undo import undo_command
from ui.tongue import tr
from ui.wording import told

WARNINGS: Final = 2


class Facts(QObject):
    """Words them. `now` is the seat's clock in UTC milliseconds."""

    def __init__(self, now: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._now = now

    def of(self, asking: Asking) -> tuple[Fact, ...]:
        """Return the lines for what is asked now; none for a line that is only a search."""
        read, plan = asking.read, asking.plan
        if read is None:
            return ()
        if plan is not None:
            return tuple(self._of_plan(asking, plan))
        if asking.error is not None:
            return (self._bad(refusals.words(asking.error)),)
        number = read.line.number
        if number is not None and not read.incidents and not read.found:
            return (self._bad(told(self.tr("没有找到编号 {number}"), number=number.text)),)
        if read.filled is None:
            return ()
        verb = labels.verb(read.filled.act.verb)
        if read.incidents:
            words = self.tr("几件同号，选一件") if len(read.incidents) > 1 else self.tr("读取中")
            return (Fact(verb, words),)
        if number is None and not asking.settled:
            return ()
        if read.filled.act.verb in NEW:
            given = (f"{each.slot.label} {each.said}" for each in read.filled.given)
            hint = self.tr("Enter 打开")
            return (Fact(self.tr("将打开"), verb, "strong", hint, None, tr("，").join(given)),)
        return (Fact(verb, self.tr("在动作后写编号，如 1023")),)

    def _bad(self, words: str) -> Fact:
        return Fact(self.tr("不能办"), words, "bad")

    def _of_plan(self, asking: Asking, plan: Plan) -> Iterable[Fact]:
        verb, row = labels.verb(plan.verb), plan.pane.row
        says = tr("，").join(f"{label} {said}" for label, said in plan.says)
        opens = plan.command is None
        label = self.tr("将打开") if opens else self.tr("将执行")
        yield Fact(label, verb, "strong", "", row, says)
        barred = asking.planner.barred(plan)
        if barred or asking.error is not None:
            yield self._bad(barred or self._error(asking.error))
            return
        told_more = list(self._more(asking, plan))
        last = len(told_more) - 1
        for at, (name, words, ink) in enumerate(told_more):
            yield Fact(name, words, ink, self._hint(plan) if at == last else "")

    def _error(self, error: BaseException | None) -> str:
        if isinstance(error, BadInput):
            return tr("{field}：{said}").format(
                field=labels.field(error.where), said=labels.said_with_verbs(error.what)
            )
        return refusals.words(error) if error is not None else ""

    def _more(self, asking: Asking, plan: Plan) -> Iterable[tuple[str, str, str]]:
        if asking.foreseen is not None:
            yield self.tr("结果"), self._outcome(asking.foreseen), "plain"
        elif plan.missing:
            words = told(self.tr("{what}，在表单里填"), what=tr("、").join(plan.missing))
            yield self.tr("还缺"), words, "plain"
        elif plan.command is None:
            yield self.tr("还缺"), self.tr("在表单里办"), "plain"
        for words in plan.why:
            if words:
                yield self.tr("理由"), words, "plain"
        for words in plan.warnings[:WARNINGS]:
            yield self.tr("注意"), words, "warning"

    def _outcome(self, foreseen: Foreseen) -> str:
        now = self._now()
        before, after = labels.state(foreseen.before), labels.state(foreseen.after)
        said = [
            f"{before} → {after}"
            if before != after
            else tr("{after}，状态不变").format(after=after)
        ]
        for each in foreseen.limits:
            words = self.tr("{stage}限 {at}")
            said.append(told(words, stage=labels.stage(each.stage), at=times.minute(each.due, now)))
        return tr("；").join(said)

    def _hint(self, plan: Plan) -> str:
        if plan.command is None:
            return self.tr("Enter 打开表单")
        undo = undo_command(plan.command, "")
        return self.tr("Enter 执行　10 秒内可撤销 Z") if undo else self.tr("Enter 执行")
