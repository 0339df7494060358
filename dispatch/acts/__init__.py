"""Load, decide, append over a `Log` that store and hub both implement."""
