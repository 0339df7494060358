"""Bad input at every door: one clear line, nothing half-written, nothing lost."""
