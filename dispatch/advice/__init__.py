"""Pure proposals over state: units, duplicates, overdue forecast."""
