"""A plugin of pytest: the window speaks English, chosen before anything else of it is imported."""

from ui import tongue

tongue.choose("en")
