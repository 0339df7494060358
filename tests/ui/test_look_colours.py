"""The colour tokens keep their contrasts and stay apart without colour sense."""

from itertools import combinations

import pytest

from tests.ui.look_colour_science import DICHROMACY, ciede2000, contrast, seen
from ui.look.tokens import THEMES, ThemeName, Tokens, signals, tokens

GROUNDS = ("bg", "panel", "raised", "select")
TEXTS = ("text_1", "text_2", "text_3", "red", "amber_text")
# The design asks text contrast of text only; marks and outlines need 3.0.
MARKS = ("control", "amber", "green", "blue", "violet", "grey")
HUES = ("red", "amber", "green", "blue", "violet", "grey")
SIGHTS = ("normal", *DICHROMACY)

# Contrast on panel and the lowest over the four grounds, as the design prints them.
PRINTED: dict[ThemeName, dict[str, tuple[float, float]]] = {
    "night": {
        "control": (4.0, 3.2), "text_1": (15.4, 12.4), "text_2": (8.8, 7.1), "text_3": (5.7, 4.6),
        "red": (5.7, 4.5), "amber": (11.4, 9.1), "amber_text": (11.4, 9.1), "green": (5.7, 4.5),
        "blue": (9.1, 7.3), "violet": (5.7, 4.5), "grey": (9.3, 7.4),
    },
    "day": {
        "control": (3.7, 3.2), "text_1": (17.7, 15.3), "text_2": (8.0, 6.9), "text_3": (5.4, 4.7),
        "red": (6.8, 5.9), "amber": (3.5, 3.0), "amber_text": (6.4, 5.5), "green": (10.0, 8.7),
        "blue": (5.2, 4.5), "violet": (11.9, 10.3), "grey": (5.2, 4.5),
    },
    "wall": {
        "control": (4.0, 3.4), "text_1": (18.4, 15.8), "text_2": (11.9, 10.2), "text_3": (7.9, 6.8),
        "red": (5.7, 4.9), "amber": (13.2, 11.4), "amber_text": (13.2, 11.4), "green": (5.3, 4.6),
        "blue": (10.3, 8.9), "violet": (5.3, 4.6), "grey": (13.2, 11.3),
    },
}  # fmt: skip
# normal, protan, deutan, tritan, lights only, workers only, as the design prints them.
PRINTED_DISTANCES: dict[ThemeName, tuple[float, ...]] = {
    "night": (20.5, 16.1, 14.4, 14.7, 14.4, 14.7),
    "day": (22.2, 15.8, 15.9, 18.8, 15.8, 15.9),
    "wall": (18.7, 17.6, 17.6, 17.7, 17.6, 17.7),
}


def code(theme: Tokens, token: str) -> str:
    value: str = getattr(theme, token).name()
    return value


def lowest(theme: Tokens, token: str) -> float:
    return min(contrast(code(theme, token), code(theme, ground)) for ground in GROUNDS)


def nearest(theme: Tokens, hues: tuple[str, ...], sight: str) -> float:
    pairs = combinations((seen(code(theme, hue), sight) for hue in hues), 2)
    return min(ciede2000(one, other) for one, other in pairs)


def distances(theme: Tokens) -> tuple[float, ...]:
    by_sight = [nearest(theme, HUES, sight) for sight in SIGHTS]
    lights = min(nearest(theme, ("red", "amber", "green"), sight) for sight in SIGHTS)
    workers = min(nearest(theme, ("green", "blue", "grey"), sight) for sight in SIGHTS)
    return (*by_sight, lights, workers)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_repeats_the_published_pairs(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    """Five of the pairs Sharma, Wu and Dalal publish to check an implementation."""
    assert expected == pytest.approx(ciede2000(one, other), abs=5e-5)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("needed", "token"), [(4.5, t) for t in TEXTS] + [(3.0, m) for m in MARKS])
def test_text_and_marks_keep_their_contrast_on_every_ground(
    name: ThemeName, token: str, needed: float
) -> None:
    assert lowest(tokens(name), token) >= needed


@pytest.mark.parametrize("name", THEMES)
def test_contrasts_are_those_the_design_prints(name: ThemeName) -> None:
    """Nobody edits a colour without its row in the table."""
    theme = tokens(name)
    for token, printed in PRINTED[name].items():
        measured = (contrast(code(theme, token), code(theme, "panel")), lowest(theme, token))
        assert printed == pytest.approx(measured, abs=0.0501), token


@pytest.mark.parametrize("name", THEMES)
def test_text_on_fills_and_washes_is_readable(name: ThemeName) -> None:
    theme = tokens(name)
    washes = ("red_wash", "amber_wash", "violet_wash")
    own = [("red", washes[0]), ("amber_text", washes[1]), ("violet", washes[2])]
    pairs = [("on", "red"), ("primary_text", "blue"), *own]
    pairs += [("text_3", wash) for wash in washes]
    for text, ground in pairs:
        assert contrast(code(theme, text), code(theme, ground)) >= 4.5, (text, ground)
    label = code(theme, "map_label")
    assert min(contrast(label, fill.name()) for fill in theme.map_fills) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_marks_stand_out_on_the_map_halo(name: ThemeName) -> None:
    theme = tokens(name)
    halo = theme.map_halo.name()
    assert min(contrast(code(theme, hue), halo) for hue in HUES) >= 3.0


@pytest.mark.parametrize("name", THEMES)
def test_hues_stay_apart_without_colour_sense(name: ThemeName) -> None:
    measured = distances(tokens(name))
    assert min(measured) >= 14
    assert PRINTED_DISTANCES[name] == pytest.approx(measured, abs=0.0501)


def test_a_nearer_hue_would_be_found() -> None:
    """The bar bites: text green of a common palette is too near to our amber for deutans."""
    pair = [seen(each, "deutan") for each in ("#FFC357", "#B5D44B")]
    assert ciede2000(*pair) < 14


def test_signal_colours_are_the_public_five() -> None:
    given = signals()
    codes = [c.name() for c in (given.white, given.blue, given.yellow, given.orange, given.red)]
    assert ["#f2f4f6", "#3f7bd9", "#f2c230", "#f08a24", "#e5352b"] == codes
