"""The form that takes a new report in."""
