"""Getting events to the hub and back."""
