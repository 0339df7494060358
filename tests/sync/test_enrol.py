"""A site enrols with a one-time code."""

from __future__ import annotations

import pytest

from dispatch.domain.errors import BadInput
from dispatch.hub.hub import Hub
from dispatch.sync.enrol import enrol
from tests.given import TOWN


def test_a_code_is_called_by_its_one_name_and_taken_once(hub: Hub, url: str) -> None:
    code = hub.sites.code(TOWN, "")
    assert TOWN == enrol(url, code).certificate.scope

    for used_or_wrong in (code, "wrong"):
        with pytest.raises(BadInput, match="登记码"):
            enrol(url, used_or_wrong)
