"""Where the real data for development lies, if it is there; it is not part of the product."""

from __future__ import annotations

from pathlib import Path

import pytest

REAL = Path(__file__).resolve().parents[3] / "shared" / "data"

needs_real_data = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data is not there")
