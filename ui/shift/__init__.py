"""The change of shifts in the window: the list that is ticked, the signatures, the log."""
