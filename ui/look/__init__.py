"""Theme tokens, palette, style sheet and icons."""
