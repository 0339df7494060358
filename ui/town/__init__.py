"""The town as a whole: signals and responses, rounds of checks, notices."""
