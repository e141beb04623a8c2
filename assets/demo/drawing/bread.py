"""Bread: loaves, rolls and flat breads."""

from .palette import BAKED, BROWN, CREAM, CRUMB, CRUST, DOUGH, FLOUR, LEAF, SHADOW, WHITE
from .shapes import body, box, disc, grounded, group, line, oval, path, shade


def round_loaf(crust=CRUST, dark=BAKED, cut=CRUMB, seeds=None):
    """A loaf baked free on the stone, slashed three times and dusted with flour."""
    d = "M26 172 C26 104 74 64 128 64 C182 64 230 104 230 172 C230 202 200 208 128 208 C56 208 26 202 26 172Z"
    slashes = "".join(
        path(
            f"M{x - 26} {y + 30} C{x - 20} {y - 4} {x + 2} {y - 26} {x + 22} {y - 34} "
            f"C{x + 16} {y - 8} {x + 2} {y + 18} {x - 26} {y + 30}Z",
            cut,
        )
        + line(f"M{x - 26} {y + 30} C{x - 20} {y - 4} {x + 2} {y - 26} {x + 22} {y - 34}", dark, 5)
        for x, y in ((84, 128), (132, 116), (180, 128))
    )
    flour = oval(100, 92, 54, 16, FLOUR, 0.30, -14) + oval(176, 98, 30, 10, FLOUR, 0.22, 20)
    dots = ""
    if seeds:
        places = (
            (58, 150),
            (74, 176),
            (104, 168),
            (112, 190),
            (150, 172),
            (168, 190),
            (196, 168),
            (208, 146),
            (106, 84),
            (154, 82),
            (46, 176),
            (134, 184),
            (186, 150),
            (62, 116),
            (208, 184),
        )
        dots = "".join(oval(x, y, 5, 2.4, seeds, 1, x * 7 % 180) for x, y in places)
    low = path("M20 176 C70 206 186 206 236 176 L236 220 L20 220Z", dark)
    return grounded(212, 208) + body(d, crust, flour, low, slashes, dots)


def tin_loaf(crust=BAKED, dark=BROWN, crumb=CRUMB):
    """A loaf out of the tin, its first slice cut."""
    back = "M92 74 C70 74 62 96 78 112 L78 196 L226 196 L226 112 C242 92 232 68 204 68 Z"
    face = (
        "M40 110 C20 92 34 64 62 66 L108 66 C136 64 150 92 130 110 L130 194 C130 202 126 206 118 206 "
        "L52 206 C44 206 40 202 40 194Z"
    )
    inner = (
        "M52 106 C38 94 46 78 64 79 L106 79 C124 78 132 94 118 106 L118 186 C118 191 116 194 110 194 "
        "L60 194 C54 194 52 191 52 186Z"
    )
    ridges = "".join(
        line(f"M{x} 70 C{x + 10} 84 {x + 10} 96 {x - 2} 112 L{x - 2} 196", dark, 3, 0.45) for x in (166, 196)
    )
    holes = "".join(
        oval(x, y, r, r * 0.7, DOUGH, 0.8)
        for x, y, r in (
            (72, 104, 5),
            (98, 96, 4),
            (88, 126, 6),
            (66, 148, 4),
            (104, 152, 5),
            (80, 174, 5),
            (106, 180, 3),
        )
    )
    return (
        grounded(200, 204, 134)
        + body(back, crust, shade(60, 170, 180, 40, 0.14), ridges, oval(170, 74, 60, 8, WHITE, 0.18))
        + path(face, dark)
        + path(inner, crumb)
        + holes
    )


def baguette():
    """Two baguettes, one across the other."""
    d = "M20 128 C20 108 40 100 128 100 C216 100 236 108 236 128 C236 148 216 154 128 154 C40 154 20 148 20 128Z"
    cuts = "".join(
        path(f"M{x} 140 C{x + 4} 124 {x + 18} 112 {x + 36} 108 C{x + 32} 124 {x + 20} 136 {x} 140Z", CRUMB)
        + line(f"M{x} 140 C{x + 4} 124 {x + 18} 112 {x + 36} 108", BAKED, 4)
        for x in (42, 82, 122, 162)
    )
    one = body(d, CRUST, path("M16 138 C80 148 176 148 240 138 L240 160 L16 160Z", BAKED), cuts)
    return (
        group(grounded(190, 160), turn=-40)
        + group(one, turn=-62, scale=0.96, move=(14, 0))
        + group(one, turn=-26, scale=1.0, move=(-6, 14))
    )


def roll(x, y, scale=1.0, crust=CRUST):
    """One roll with a cross cut into it."""
    d = "M68 150 C68 112 94 92 128 92 C162 92 188 112 188 150 C188 168 168 172 128 172 C88 172 68 168 68 150Z"
    cut = path("M88 122 C108 132 148 132 168 122 C150 142 106 142 88 122Z", CRUMB)
    return group(
        body(
            d,
            crust,
            path("M60 156 C92 170 164 170 196 156 L196 180 L60 180Z", BAKED),
            line("M70 150 C70 114 96 95 128 95 C160 95 186 114 186 150", BAKED, 5, 0.55),
            oval(112, 106, 26, 7, FLOUR, 0.6, -10),
            cut,
            line("M88 122 C108 132 148 132 168 122", BAKED, 3),
        ),
        move=(x - 128, y - 132),
        scale=scale,
    )


def rolls():
    """Four rolls, piled."""
    return (
        grounded(206, 210)
        + roll(128, 98, 0.94)
        + roll(74, 162, 0.94)
        + roll(182, 162, 0.94)
        + roll(128, 176, 0.98, DOUGH)
    )


def bagel():
    """A bagel from above, with sesame."""
    seeds = "".join(
        oval(x, y, 5.4, 3, CREAM, 1, x * 5 % 180)
        for x, y in (
            (76, 96),
            (98, 70),
            (128, 62),
            (160, 70),
            (184, 94),
            (66, 126),
            (92, 116),
            (112, 86),
            (146, 84),
            (168, 112),
            (192, 126),
            (84, 146),
            (70, 158),
            (176, 148),
            (102, 174),
            (152, 178),
            (188, 158),
            (126, 176),
            (96, 196),
            (128, 200),
            (160, 196),
        )
    )
    return (
        oval(132, 138, 88, 84, SHADOW, 0.16)
        + disc(128, 130, 88, BAKED)
        + disc(126, 126, 82, CRUST)
        + line("M66 122 C70 84 98 64 130 64", FLOUR, 10, 0.35)
        + seeds
        + disc(128, 130, 31, BROWN)
        + disc(129, 133, 27, "#EFDFC6")
        + oval(132, 127, 24, 14, SHADOW, 0.10)
    )


def pretzel():
    """A pretzel with salt."""
    d = (
        "M92 196 C122 168 174 136 186 100 C196 68 160 50 138 78 C130 90 128 104 128 110 C128 104 126 90 118 78 "
        "C96 50 60 68 70 100 C82 136 134 168 164 196"
    )
    arms = "M66 104 C48 150 72 196 128 196 C184 196 208 150 190 104"
    salt = "".join(
        box(x, y, 7, 7, WHITE, 2)
        for x, y in (
            (72, 84),
            (96, 66),
            (152, 66),
            (178, 84),
            (58, 136),
            (74, 172),
            (108, 190),
            (146, 190),
            (178, 170),
            (192, 134),
            (104, 146),
            (148, 142),
            (125, 160),
        )
    )
    return (
        group(line(arms, SHADOW, 30, 0.14), line(d, SHADOW, 26, 0.14), move=(4, 8))
        + line(arms, BROWN, 32)
        + line(arms, BAKED, 24)
        + line(d, BROWN, 30)
        + line(d, BAKED, 22)
        + line("M60 120 C54 150 74 182 110 188", CRUST, 6, 0.9)
        + line("M80 84 C86 72 100 68 110 78", CRUST, 6, 0.9)
        + salt
    )


def focaccia():
    """A square of focaccia from above: dimples, rosemary, salt."""
    d = (
        "M54 66 C60 50 80 52 128 50 C178 50 200 50 206 68 C212 100 212 160 206 190 C200 208 178 206 128 208 "
        "C76 208 58 206 52 190 C46 158 46 98 54 66Z"
    )
    dimples = "".join(
        oval(x, y, 15, 12, BAKED, 0.55) + oval(x + 2, y + 4, 11, 7, CRUMB, 0.55)
        for x, y in (
            (88, 88),
            (134, 80),
            (178, 94),
            (76, 134),
            (120, 128),
            (166, 138),
            (90, 178),
            (138, 176),
            (184, 180),
        )
    )
    sprigs = "".join(
        group(
            line("M104 128 L152 128", LEAF, 3.5),
            "".join(line(f"M{x} 128 L{x + 9} {y}", LEAF, 4.5) for x in (108, 120, 132, 144) for y in (116, 140)),
            move=(mx, my),
            turn=turn,
            scale=0.8,
        )
        for mx, my, turn in ((-22, -20, -32), (34, -12, 28), (-6, 32, 8))
    )
    salt = "".join(
        box(x, y, 6, 6, WHITE, 1.5)
        for x, y in ((110, 104), (158, 114), (70, 110), (146, 156), (106, 156), (190, 122), (120, 190), (66, 170))
    )
    return (
        group(path(d, SHADOW, 0.16), move=(4, 9))
        + body(d, BAKED, group(path(d, DOUGH), scale=0.93, move=(-1, -3)), dimples)
        + sprigs
        + salt
    )
