"""The command palette: a whole act in one line."""
