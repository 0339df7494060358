"""The workers board: status counts, table and roster."""
