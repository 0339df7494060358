"""The incident queue: rows, tabs and countdown lights."""
