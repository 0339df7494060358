"""The independent recount of the shift report."""
