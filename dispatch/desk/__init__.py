"""The only door for window and command line: what a person can do and see."""
