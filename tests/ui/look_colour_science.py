"""WCAG contrast, CIEDE2000 and simulated dichromacy, for the test of the colour tokens."""

import math

RGB = tuple[float, float, float]

# Machado, Oliveira, Fernandes 2009: full severity, applied to linear RGB.
DICHROMACY = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def linear(code: str) -> RGB:
    """Return the linear RGB of a #RRGGBB code."""
    parts = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast of two colours."""
    lights = sorted(_times(_TO_XYZ, linear(code))[1] for code in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def seen(code: str, sight: str) -> RGB:
    """Return the Lab of a colour as seen with normal sight or a kind of dichromacy."""
    rgb = linear(code)
    if sight != "normal":
        red, green, blue = (min(1.0, max(0.0, v)) for v in _times(DICHROMACY[sight], rgb))
        rgb = (red, green, blue)
    return _lab(rgb)


def _times(matrix: tuple[RGB, ...], vector: RGB) -> RGB:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def _lab(rgb: RGB) -> RGB:
    def root(share: float) -> float:
        return share ** (1 / 3) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116

    x, y, z = (root(v / w) for v, w in zip(_times(_TO_XYZ, rgb), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one: RGB, other: RGB) -> float:
    """Return the CIEDE2000 distance of two Lab colours (Sharma, Wu, Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    stretch = 1 + 0.5 * (1 - math.sqrt(mean_c7 / (mean_c7 + 25.0**7)))
    c1, c2 = math.hypot(a1 * stretch, b1), math.hypot(a2 * stretch, b2)
    h1 = math.degrees(math.atan2(b1, a1 * stretch)) % 360
    h2 = math.degrees(math.atan2(b2, a2 * stretch)) % 360
    delta_h, mean_h = _hues(h1, h2, c1 * c2 == 0)
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    turn = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(delta_h) / 2)
    tone = (
        1
        - 0.17 * math.cos(math.radians(mean_h - 30))
        + 0.24 * math.cos(math.radians(2 * mean_h))
        + 0.32 * math.cos(math.radians(3 * mean_h + 6))
        - 0.20 * math.cos(math.radians(4 * mean_h - 63))
    )
    far = (mean_l - 50) ** 2
    light = (l2 - l1) / (1 + 0.015 * far / math.sqrt(20 + far))
    chroma = (c2 - c1) / (1 + 0.045 * mean_c)
    hue = turn / (1 + 0.015 * mean_c * tone)
    swing = 30 * math.exp(-(((mean_h - 275) / 25) ** 2))
    bend = -2 * math.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)) * math.sin(math.radians(2 * swing))
    return math.sqrt(light**2 + chroma**2 + hue**2 + bend * chroma * hue)


def _hues(h1: float, h2: float, grey: bool) -> tuple[float, float]:
    if grey:
        return 0.0, h1 + h2
    delta = h2 - h1
    if abs(delta) <= 180:
        return delta, (h1 + h2) / 2
    mean = (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2
    return delta - math.copysign(360, delta), mean
