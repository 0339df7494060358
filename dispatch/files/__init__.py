"""Others' files in, ours out."""
