"""The site's SQLite: its tables, its SQL and the one writer."""
