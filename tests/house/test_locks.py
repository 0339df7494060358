"""uv.lock and the two lists made of it: one resolution, hashes, no index's address."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.source import ROOT

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; (.*?))? \\$", re.MULTILINE)


@pytest.fixture(scope="module")
def requirements() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def uv_packages() -> list[dict[str, object]]:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    return [p for p in lock["package"] if p["name"] != "zhiwang-console"]


@pytest.fixture(scope="module")
def packaged() -> str:
    return (ROOT / "installer/package.lock").read_text(encoding="utf-8")


def test_the_locks_name_the_same_versions(
    requirements: str, packaged: str, uv_packages: list[dict[str, object]]
) -> None:
    pinned = {(name, version) for name, version, _ in PIN.findall(requirements + packaged)}
    assert pinned == {(p["name"], p["version"]) for p in uv_packages}


def test_every_locked_file_has_a_hash(
    requirements: str, packaged: str, uv_packages: list[dict[str, object]]
) -> None:
    for package in uv_packages:
        wheels = package["wheels"]
        assert isinstance(wheels, list)
        for wheel in wheels:
            assert re.fullmatch("sha256:[0-9a-f]{64}", wheel["hash"])
            assert wheel["hash"] in requirements + packaged
            assert {"path", "hash"} == set(wheel)


def test_no_lock_holds_an_address(requirements: str, packaged: str) -> None:
    assert "://" not in requirements + packaged
    assert "://" not in (ROOT / "uv.lock").read_text(encoding="utf-8")


def test_every_dependency_is_locked_where_it_is_needed(requirements: str, packaged: str) -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = table["project"]["optional-dependencies"]
    product = {*table["project"]["dependencies"], *extras["hub"]}
    for text, asked in (
        (requirements, product | set(table["dependency-groups"]["dev"])),
        (packaged, product | set(extras["package"])),
    ):
        names = {re.split(r"[\[<>=;~! ]", line)[0].lower().replace("_", "-") for line in asked}
        assert set() == names - {name for name, *_ in PIN.findall(text)}


def test_a_package_holds_no_tool_of_the_tests_and_a_checkout_no_pyinstaller(
    requirements: str, packaged: str
) -> None:
    assert not {"pytest", "mypy", "hypothesis"} & {name for name, *_ in PIN.findall(packaged)}
    assert "pyinstaller" not in {name for name, *_ in PIN.findall(requirements)}


def test_qt_is_the_one_that_each_processor_can_load(requirements: str) -> None:
    """6.9 wheels need glibc 2.28 on x86-64, but 2.39 on arm64; 6.7 loads on Debian 12's 2.36."""
    qt = {
        marker: version.rsplit(".", 1)[0]
        for name, version, marker in PIN.findall(requirements)
        if name == "pyside6-essentials"
    }
    assert {"platform_machine != 'aarch64'": "6.9", "platform_machine == 'aarch64'": "6.7"} == qt
