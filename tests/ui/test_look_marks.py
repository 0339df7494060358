"""The painted marks: exact at every size and ratio, each kind of its own shape."""

import math

import pytest
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

import resources
from ui.look.marks import PAD, FixAge, Light, Marks, WorkerMark, fix_age
from ui.look.painting import TagStyle
from ui.look.theme import Theme
from ui.look.tokens import THEMES
from ui.look.type import SIZES, Fonts

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def marks() -> Marks:
    return Theme("night").marks


def alphas(pixmap: QPixmap) -> list[list[int]]:
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return [
        [QColor.fromRgba(image.pixel(x, y)).alpha() for x in range(image.width())]
        for y in range(image.height())
    ]


@pytest.mark.parametrize("size", [11, 14, 18])
@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_the_red_square_has_whole_pixel_edges(marks: Marks, size: int, ratio: float) -> None:
    """Half-covered edge pixels would make it a blur."""
    rows = alphas(marks.light(Light.RED, size, ratio))
    beside_the_sign = [row[round(len(rows) * 0.32)] for row in rows]
    across_the_sign = rows[round(len(rows) * 0.42)]
    for line in (beside_the_sign, across_the_sign):
        assert not [alpha for alpha in line if 2 < alpha < 253]
        assert max(line) > 250


@pytest.mark.parametrize("size", [11, 14, 18])
def test_the_bars_of_hold_are_exact(marks: Marks, size: int) -> None:
    assert {0, 255} == {alpha for row in alphas(marks.light(Light.HOLD, size)) for alpha in row}


@pytest.mark.parametrize("light", [Light.GREEN, Light.RED, Light.HOLD, Light.YELLOW])
@pytest.mark.parametrize("size", [14, 18])
def test_lights_are_symmetric(marks: Marks, light: Light, size: int) -> None:
    rows = alphas(marks.light(light, size))
    assert all(row == pytest.approx(row[::-1], abs=2) for row in rows)


@pytest.mark.parametrize("theme", THEMES)
def test_every_kind_has_a_shape_of_its_own(theme: str) -> None:
    """Shapes alone tell the lights apart: the pictures differ where colour is left out."""
    marks = Theme(theme).marks  # type: ignore[arg-type] # THEMES are the names
    shapes = [str(alphas(marks.light(light, 14))) for light in Light]
    assert len(Light) == len(set(shapes))
    workers = [str(alphas(marks.worker(mark, size=14))) for mark in WorkerMark]
    assert len(WorkerMark) - 1 <= len(set(workers))


def test_a_mark_is_painted_once_and_has_room_round_it(marks: Marks) -> None:
    first = marks.light(Light.GREEN, 14)
    assert first is marks.light(Light.GREEN, 14)
    assert 14 + 2 * PAD == first.width()


def test_age_of_fix_is_seen() -> None:
    assert [FixAge.FRESH, FixAge.AGEING, FixAge.OLD] == [fix_age(s) for s in (120, 121, 601)]
    marks = Theme("night").marks
    fresh, ageing, old = (marks.worker(WorkerMark.PATROL, age).toImage() for age in FixAge)
    assert fresh != ageing
    assert fresh != old
    assert ageing != old


def test_an_arrow_turns_with_its_heading(marks: Marks) -> None:
    north = marks.worker(WorkerMark.EN_ROUTE, heading=0.0)
    east = marks.worker(WorkerMark.EN_ROUTE, heading=90.0)
    assert alphas(north) != alphas(east)
    assert alphas(north) == alphas(marks.worker(WorkerMark.EN_ROUTE, heading=359.0))
    assert not marks.worker(WorkerMark.EN_ROUTE, heading=math.nan).isNull()


def test_tags_grow_with_their_word(marks: Marks) -> None:
    short, long = marks.tag("督办", TagStyle.OUTLINED), marks.tag("红牌督办", TagStyle.RED)
    assert long.width() > short.width()
    assert (26, 16) == (marks.priority(1).width(), marks.priority(1).height())


def test_digits_are_tabular_and_sizes_follow_the_font_choice() -> None:
    fonts = Fonts(130)
    assert 1 == len({round(fonts.width(digit * 4, 15), 3) for digit in "0123456789"})
    assert 18 == fonts.font(14).pixelSize()
    assert min(Fonts(90).font(px).pixelSize() for px in SIZES) >= 11


def test_long_words_are_elided_never_clipped() -> None:
    fonts = Fonts()
    cut = fonts.elide("广告牌、树木、构筑物危险", 14, 80)
    assert cut.endswith("…")
    assert fonts.width(cut, 14) <= 80


def test_a_theme_change_tells_and_brings_new_marks(qtbot: QtBot) -> None:
    theme = Theme("night")
    before = theme.marks
    with qtbot.waitSignal(theme.changed):
        theme.choose("day", 115)
    assert theme.marks is not before
    assert ("day", 115) == (theme.tokens.name, theme.fonts.scale)
    assert "$" not in theme.sheet()


def test_every_icon_of_the_design_is_there_and_takes_the_colour() -> None:
    names = sorted(path.stem for path in resources.path("icons").glob("*.svg"))
    assert 65 == len(names)
    theme = Theme("night")
    for name in names:
        image = theme.icons.pixmap(name, theme.tokens.blue, 32).toImage()
        inked = [
            image.pixelColor(x, y)
            for x in range(32)
            for y in range(32)
            if image.pixelColor(x, y).alpha() == 255
        ]
        assert inked, name
        assert all(abs(c.blue() - theme.tokens.blue.blue()) < 4 for c in inked), name
    assert "Feather" in (resources.path("icons") / "LICENSE").read_text()
