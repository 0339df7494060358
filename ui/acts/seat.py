"""Who sits at the seat, its clock, and what its forms look things up with."""

from collections.abc import Callable
from dataclasses import dataclass

from dispatch.domain.codes import Role
from ui.acts.lookups import Lookups
from ui.acts.photos_entry import Chooser, choose_files


@dataclass(frozen=True, slots=True)
class Seat:
    """`now` is the seat's clock in UTC milliseconds; `choose` asks for picture files."""

    roles: tuple[Role, ...]
    now: Callable[[], int]
    lookups: Lookups
    choose: Chooser = choose_files
