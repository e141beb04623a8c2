"""Bottles: one way to draw them, many outlines."""

from typing import NamedTuple

from .shapes import body, box, gleam, grounded, group, shade


class Outline(NamedTuple):
    """What makes one kind of bottle."""

    path: str  # the glass
    filled: int  # where the liquid begins
    cap: tuple  # x, y, width and height
    label: tuple  # its top and height
    edges: tuple  # the left and the right one


BURGUNDY = Outline(
    (
        "M115 30 L141 30 L141 70 C142 94 168 104 168 134 L168 212 C168 220 164 224 156 224 L100 224 C92 224 "
        "88 220 88 212 L88 134 C88 104 114 94 115 70Z"
    ),
    filled=72,
    cap=(112, 20, 32, 44),
    label=(142, 58),
    edges=(88, 168),
)
MAGNUM = Outline(
    (
        "M112 22 L144 22 L144 68 C144 84 178 88 178 114 L178 214 C178 222 174 226 166 226 L90 226 C82 226 "
        "78 222 78 214 L78 114 C78 88 112 84 112 68Z"
    ),
    filled=60,
    cap=(109, 10, 38, 46),
    label=(122, 78),
    edges=(78, 178),
)
BEER = Outline(
    (
        "M112 50 L144 50 C144 84 150 92 162 106 C168 114 170 120 170 130 L170 212 C170 220 166 224 158 224 "
        "L98 224 C90 224 86 220 86 212 L86 130 C86 120 88 114 94 106 C106 92 112 84 112 50Z"
    ),
    filled=84,
    cap=(108, 38, 40, 15),
    label=(136, 60),
    edges=(86, 170),
)
OIL = Outline(
    (
        "M114 48 L142 48 L142 84 L168 104 C172 107 174 110 174 116 L174 214 C174 220 170 224 164 224 L92 "
        "224 C86 224 82 220 82 214 L82 116 C82 110 84 107 88 104 L114 84Z"
    ),
    filled=84,
    cap=(110, 28, 36, 26),
    label=(130, 70),
    edges=(82, 174),
)
WATER = Outline(
    (
        "M112 46 L144 46 C144 66 168 80 168 102 C168 116 163 120 163 128 C163 136 168 140 168 150 L168 212 "
        "C168 220 164 224 156 224 L100 224 C92 224 88 220 88 212 L88 150 C88 140 93 136 93 128 C93 120 88 "
        "116 88 102 C88 80 112 66 112 46Z"
    ),
    filled=76,
    cap=(107, 26, 42, 24),
    label=(142, 50),
    edges=(88, 168),
)
JUICE = Outline(
    (
        "M100 58 L156 58 C156 78 178 86 178 112 L178 208 C178 218 172 224 162 224 L94 224 C84 224 78 218 78 "
        "208 L78 112 C78 86 100 78 100 58Z"
    ),
    filled=78,
    cap=(94, 38, 68, 24),
    label=(136, 58),
    edges=(78, 178),
)
LEMONADE = Outline(
    (
        "M112 52 L144 52 L144 78 C146 96 170 100 170 124 L170 212 C170 220 166 224 158 224 L98 224 C90 224 "
        "86 220 86 212 L86 124 C86 100 110 96 112 78Z"
    ),
    filled=88,
    cap=(112, 34, 32, 20),
    label=(134, 60),
    edges=(86, 170),
)


def bottle(outline, glass, cap, label, mark, band, liquid=None):
    """A bottle with a label, a band along its edges and a mark on it; `liquid` shows when the glass is clear."""
    left, right = outline.edges
    wide = right - left
    top, height = outline.label
    parts = []
    if liquid:
        parts.append(box(left - 10, outline.filled, wide + 20, 220, liquid))
    parts += [
        box(left, top, wide, height, label),
        box(left, top + 4, wide, 3, band),
        box(left, top + height - 7, wide, 3, band),
        group(mark, move=(0, top + height / 2 - 128), scale=min(1.0, wide / 72)),
        shade(right - wide * 0.24, 0, 60, 230, 0.14),
        gleam(left + wide * 0.10, outline.filled + 26, wide * 0.07, 190 - outline.filled, 0.36),
    ]
    x, y, cap_wide, cap_height = outline.cap
    dark = shade(x + cap_wide * 0.7, y, cap_wide * 0.3, cap_height, 0.16)
    return grounded(wide * 1.35, 224) + body(outline.path, glass, *parts) + box(*outline.cap, cap, 4) + dark
