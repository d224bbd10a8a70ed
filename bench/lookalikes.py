"""Draw characters and list those that look alike: `python -m bench.lookalikes FONT...` prints the list.

That is how bot/matching/lookalikes.txt was made, from Noto Sans CJK SC and Noto Serif CJK SC (number 2 of
their collections): nobody chose the pairs. The desk is measured by another list, that of bench/characters.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

SIZE, MARGIN = 40, 4  # pixels
DIRECTIONS = 4  # of strokes; 亨 and 享 share most of theirs, at the same places
BLUR = 2  # pixels by which a stroke may lie elsewhere
ALIKE = 8  # characters listed for each
LEVELS = {"common": range(0xB0, 0xD8), "all": range(0xB0, 0xF8)}  # rows of GB 2312

Matrix = npt.NDArray[np.float32]


def list_characters(level: str) -> list[str]:
    """Return the characters of GB 2312, those of its first level (common ones) in front."""
    pairs = (bytes([row, cell]) for row in LEVELS[level] for cell in range(0xA1, 0xFF))
    return [letter for pair in pairs if (letter := pair.decode("gb2312", errors="ignore"))]


def draw(letter: str, font: ImageFont.FreeTypeFont) -> Matrix:
    """Return where in a character strokes of each direction lie, as a vector of length 1."""
    side = SIZE + 2 * MARGIN
    image = Image.new("L", (side, side), 0)
    ImageDraw.Draw(image).text((MARGIN, MARGIN - SIZE // 5), letter, fill=255, font=font)
    rows, columns = np.gradient(np.asarray(image, dtype=np.float32) / 255)
    length, angle = np.hypot(columns, rows), np.arctan2(rows, columns) % np.pi
    step = np.pi / DIRECTIONS
    parts = []
    for direction in range(DIRECTIONS):
        off = np.abs((angle - direction * step + np.pi / 2) % np.pi - np.pi / 2)
        parts.append(_blur(np.clip(1 - off / step, 0, 1) * length)[::2, ::2])
    vector = np.sqrt(np.abs(np.array(parts))).ravel()
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def _blur(part: Matrix) -> Matrix:
    reach = 3 * BLUR
    kernel = np.exp(-(np.arange(-reach, reach + 1) ** 2) / (2 * BLUR**2))
    for axis in (1, 0):
        part = np.apply_along_axis(np.convolve, axis, part, kernel / kernel.sum(), "same")
    return part


def main(arguments: Sequence[str]) -> int:
    """Print each common character with those that look most like it."""
    parser = argparse.ArgumentParser(prog="python -m bench.lookalikes", description=__doc__)
    parser.add_argument("fonts", nargs="+", metavar="FONT")
    parser.add_argument("--number", type=int, default=2, help="the font's number in its collection")
    options = parser.parse_args(arguments)
    letters, common = list_characters("all"), list_characters("common")
    alike = np.zeros((len(common), len(letters)), dtype=np.float32)
    for path in options.fonts:
        font = ImageFont.truetype(path, SIZE, index=options.number)
        drawn = np.array([draw(letter, font) for letter in letters])
        alike += drawn[: len(common)] @ drawn.T
    for number, letter in enumerate(common):
        alike[number, number] = 0
        nearest = np.argsort(-alike[number], kind="stable")[:ALIKE]
        print(letter + "".join(letters[place] for place in nearest))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
