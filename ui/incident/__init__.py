"""One incident in full: steps, timeline, photos and acts."""
