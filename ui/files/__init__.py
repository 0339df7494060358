"""The import dialog: somebody's file, its columns, a look at it, the run and its result."""
