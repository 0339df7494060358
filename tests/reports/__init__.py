"""Shift reports: figures, pages, files."""
