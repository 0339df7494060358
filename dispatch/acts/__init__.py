"""Load, decide, append over a log that store and hub both implement."""
