"""`python -m console` is `zhiwang`."""

import sys

from console.cli import main

sys.exit(main())
