"""Who sits at the seat, its clock, and what its forms look things up with."""

from collections.abc import Callable
from dataclasses import dataclass

from dispatch.domain.codes import Role
from ui.acts.lookups import Lookups
from ui.acts.photos_entry import Chooser, choose_files


@dataclass(frozen=True, slots=True)
class Seat:
    """`now` is the seat's clock in UTC milliseconds; `choose` asks for picture files.

    `new_id` gives the id of an incident that is reported here; `at_city`: whether it is one of the
    city's people, whose report is an order to the town.
    """

    roles: tuple[Role, ...]
    now: Callable[[], int]
    lookups: Lookups
    new_id: Callable[[], str]
    choose: Chooser = choose_files
    at_city: bool = False
