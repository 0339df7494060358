"""What the view of the town asks of the desk."""

from typing import Protocol

from dispatch.desk.views_town import CampaignView, ForceView, ModesView, NoticeView
from dispatch.domain.bodies_force import RadioAnswer
from dispatch.domain.decide_campaign import IssueCampaign, ReportFound
from dispatch.domain.decide_town import SetResponse, SetSignal
from dispatch.domain.notice import IssueNotice
from ui.door import Promise


class TownDoor(Protocol):
    """Signals and responses, orders to grids and squads, the force, notices."""

    def modes(self) -> Promise[ModesView]:
        """Ask for what stands."""
        ...

    def campaigns(self) -> Promise[tuple[CampaignView, ...]]:
        """Ask for the rounds of checks, the newest first."""
        ...

    def notices(self) -> Promise[tuple[NoticeView, ...]]:
        """Ask for the notices, the newest first."""
        ...

    def set_mode(self, command: SetSignal | SetResponse) -> Promise[str]:
        """Record an order."""
        ...

    def issue_campaign(self, command: IssueCampaign) -> Promise[tuple[str, int]]:
        """Send checks; without places to every grid."""
        ...

    def report_found(self, command: ReportFound) -> Promise[int]:
        """Record what was found on a round."""
        ...

    def force(self) -> Promise[ForceView]:
        """Ask for coverage, objects, silent workers and calls of the day."""
        ...

    def check_radio(self, worker: str, answer: RadioAnswer, text: str = "") -> Promise[str]:
        """Record a call to a worker."""
        ...

    def issue_notice(self, command: IssueNotice) -> Promise[str]:
        """Send a notice."""
        ...

    def read_notice(self, notice: str) -> Promise[int]:
        """Record that it was read."""
        ...
