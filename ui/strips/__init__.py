"""The strips: the top strip, the bottom line with its command field, and what they measure."""
