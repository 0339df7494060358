"""The window, off screen."""
