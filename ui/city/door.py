"""The part of the desk that the city's view needs."""

from typing import Protocol

from dispatch.desk.views_sites import SitesView
from ui.door import Promise


class CityDoor(Protocol):
    """How the sites stand; a desk below the city answers with a refusal."""

    def sites(self) -> Promise[SitesView]:
        """Ask for the table as it was told last."""
        ...
