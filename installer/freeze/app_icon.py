"""Draw the program's icon from its SVG.

python installer/freeze/app_icon.py SVG FILE…
FILE's last number is its size in pixels (`48.png`, `zhiwang-256.ico`).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer


def draw(svg: Path, target: Path) -> bool:
    """Draw the icon at the size that the file's name ends with; whether it could be written."""
    size = int(re.findall(r"\d+", target.stem)[-1])
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    target.parent.mkdir(parents=True, exist_ok=True)
    return image.save(str(target))


def main(words: list[str]) -> int:
    """Draw every file named."""
    svg, *files = [Path(word) for word in words]
    failed = [file for file in files if not draw(svg, file)]
    for file in failed:
        print(f"app_icon: {file} could not be written", file=sys.stderr)
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
