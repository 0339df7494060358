"""From the source to one folder with a program that brings its own Python."""
