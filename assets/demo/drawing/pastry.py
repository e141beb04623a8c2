"""Pastry and cakes."""

import math

from .palette import (
    AMBER,
    BAKED,
    BERRY,
    BLUE,
    BROWN,
    BUTTER,
    CARAMEL,
    CHOCOLATE,
    COCOA,
    CREAM,
    CRUST,
    DOUGH,
    FLOUR,
    LEAF,
    NIGHT,
    PINK,
    RED,
    SHADOW,
    STEEL,
    STEEL_DARK,
    WHITE,
)
from .shapes import around, body, box, disc, grounded, group, leaf, line, oval, path, shade


def croissant():
    """A croissant: seven rolled bands, the widest in the middle, the tips bent in."""

    def at(degrees, radius):
        angle = math.radians(degrees)
        return f"{128 + radius * math.cos(angle):.1f} {172 - radius * 0.98 * math.sin(angle):.1f}"

    # Each band: the degrees it begins and ends at, its outer and its inner radius at either end.
    middle_band = (70, 110, 112, 112, 26, 26)
    right = [(38, 74, 108, 113, 40, 25), (8, 42, 98, 109, 54, 38), (-24, 12, 66, 99, 66, 52)]
    left = [(180 - b, 180 - a, r2, r1, i2, i1) for a, b, r1, r2, i1, i2 in right]
    # From the tips inwards, so that the middle lies on top.
    bands = [band for pair in zip(reversed(right), reversed(left), strict=True) for band in pair] + [middle_band]
    drawn = []
    for begin, end, outer, outer_end, inner, inner_end in bands:
        middle = (begin + end) / 2
        bulge = max(outer, outer_end) * 1.10
        d = (
            f"M{at(begin, inner)} L{at(begin, outer)} Q{at(middle, bulge)} {at(end, outer_end)} L{at(end, inner_end)} "
            f"Q{at(middle, (inner + inner_end) / 2 - 8)} {at(begin, inner)}Z"
        )
        low, high = (inner + inner_end) / 2, (outer + outer_end) / 2
        light = line(
            f"M{at(middle + 3, low + (high - low) * 0.52)} L{at(middle + 3, low + (high - low) * 0.86)}", FLOUR, 9, 0.5
        )
        stripe = line(f"M{at(middle - 8, low + (high - low) * 0.2)} L{at(middle - 8, high)}", BAKED, 3.5, 0.45)
        drawn.append(body(d, CRUST, stripe, line(d, BAKED, 7)) + light)
    return group(oval(66, 206, 40, 8, SHADOW, 0.14), oval(190, 206, 40, 8, SHADOW, 0.14), "".join(drawn), move=(0, -4))


def pain_au_chocolat():
    """A pain au chocolat: leaves of pastry around two sticks of chocolate."""
    d = "M40 124 C40 98 62 88 128 88 C196 88 218 98 218 126 L218 160 C218 188 196 194 128 194 C62 194 40 188 40 162Z"
    layers = "".join(line(f"M{30} {y} C80 {y - 12} 176 {y - 12} 228 {y}", BAKED, 4, 0.75) for y in (150, 164, 178))
    folds = "".join(
        path(
            f"M{x} 84 C{x + 14} 104 {x + 14} 128 {x + 4} 150 L{x + 16} 150 C{x + 26} 126 {x + 26} 104 {x + 12} 84Z",
            BAKED,
            0.6,
        )
        for x in (76, 122, 168)
    )
    end = (
        oval(196, 160, 26, 30, DOUGH)
        + line("M178 144 C190 132 210 136 216 152", BAKED, 4, 0.8)
        + line("M178 174 C188 188 208 186 216 172", BAKED, 4, 0.8)
        + disc(190, 160, 9.5, CHOCOLATE)
        + disc(208, 160, 8.5, CHOCOLATE)
    )
    light = oval(108, 104, 52, 8, FLOUR, 0.4, -3)
    return group(grounded(190, 196) + body(d, CRUST, light, folds, layers, end), move=(0, -6), turn=-6, scale=1.06)


def cinnamon_roll():
    """A cinnamon roll from above, glazed."""
    turns = []
    for step in range(0, 181):
        angle = math.radians(step * 6.2)
        radius = 8 + step * 0.36
        turns.append(
            f"{'M' if step == 0 else 'L'}{128 + radius * math.cos(angle):.1f} {126 + radius * math.sin(angle):.1f}"
        )
    spiral = " ".join(turns)
    glaze = (
        "M52 108 C60 78 92 60 120 66 C140 50 184 66 192 92 C214 104 208 132 196 138 C200 160 180 166 172 154 "
        "C160 172 140 164 138 148 C124 166 102 162 100 146 C86 160 66 150 70 134 C52 134 46 122 52 108Z"
    )
    return (
        oval(132, 140, 90, 82, SHADOW, 0.16)
        + disc(128, 130, 88, BAKED)
        + disc(128, 126, 84, DOUGH)
        + line(spiral, BROWN, 8)
        + path(glaze, CREAM, 0.62)
        + line(spiral, BROWN, 7, 0.55)
        + oval(88, 88, 18, 6, WHITE, 0.9, -38)
        + oval(160, 82, 12, 4, WHITE, 0.8, 20)
    )


def creme_brulee():
    """A ramekin of crème brûlée, its sugar cracked."""
    dish = "M44 112 L58 190 C60 204 84 210 128 210 C172 210 196 204 198 190 L212 112Z"
    flutes = "".join(line(f"M{54 + x * 16.4} 130 L{65 + x * 14} 204", STEEL, 3, 0.9) for x in range(10))
    top = oval(128, 112, 90, 38, WHITE) + oval(128, 113, 79, 30, BUTTER) + oval(128, 114, 76, 27, CARAMEL)
    burnt = (
        oval(104, 110, 26, 8, BROWN, 0.55, -8)
        + oval(156, 122, 22, 6, BROWN, 0.5, 8)
        + oval(158, 104, 14, 4, BROWN, 0.35)
    )
    cracks = line("M84 126 L112 116 L128 122 L146 108 L176 112 M128 122 L134 136 M112 116 L108 98", BUTTER, 3)
    return (
        grounded(180, 208)
        + body(dish, WHITE, flutes, shade(160, 100, 60, 120, 0.07))
        + top
        + burnt
        + cracks
        + oval(96, 98, 18, 3.4, WHITE, 0.55, -8)
    )


def eclair():
    """A chocolate éclair."""
    choux = "M24 150 C24 122 48 112 128 112 C208 112 232 122 232 150 C232 182 208 190 128 190 C48 190 24 182 24 150Z"
    cream = "M28 150 C80 162 176 162 228 150 L228 160 C176 174 80 174 28 160Z"
    icing = (
        "M30 146 C26 112 60 98 128 98 C196 98 230 112 226 146 C220 158 206 148 198 152 C188 164 176 150 162 152 "
        "C150 154 146 168 134 160 C124 150 106 152 96 156 C84 166 76 150 64 152 C52 156 36 160 30 146Z"
    )
    zigzag = line("M62 132 L80 114 L98 134 L116 112 L134 134 L152 112 L170 134 L188 116 L200 130", CREAM, 4.5)
    return group(
        grounded(200, 192)
        + body(choux, CRUST, shade(20, 172, 220, 30, 0.18), path(cream, CREAM))
        + path(icing, CHOCOLATE)
        + oval(96, 107, 42, 4.5, WHITE, 0.28, -2)
        + zigzag,
        turn=-12,
        scale=1.02,
        move=(0, -16),
    )


def muffin():
    """A blueberry muffin in its paper."""
    paper = "M64 132 L82 202 C84 210 92 212 128 212 C164 212 172 210 174 202 L192 132Z"
    pleats = "".join(
        path(f"M{70 + x * 20} 128 L{80 + x * 20} 128 L{85 + x * 15.4} 214 L{79 + x * 15.4} 214Z", NIGHT, 0.5)
        for x in range(7)
    )
    dome = (
        "M52 130 C34 104 58 82 78 82 C84 54 114 44 134 48 C162 46 180 64 184 84 C208 86 218 112 204 130 "
        "C196 146 176 140 166 146 C152 154 138 142 126 148 C112 154 100 142 88 146 C76 150 58 144 52 130Z"
    )
    berries = "".join(
        disc(x, y, 12, NIGHT) + disc(x - 1, y - 1, 10, BLUE) + disc(x - 4, y - 4, 3, WHITE, 0.6)
        for x, y in ((86, 104), (126, 78), (166, 104), (122, 124), (150, 66), (190, 124), (66, 124))
    )
    sugar = "".join(box(x, y, 5, 5, WHITE, 1.5) for x, y in ((104, 74), (110, 100), (146, 100), (92, 84), (172, 84)))
    return (
        grounded(124, 210)
        + body(paper, BLUE, pleats)
        + body(
            dome,
            CRUST,
            path("M40 134 C90 156 170 156 216 130 L216 160 L40 160Z", BAKED),
            oval(104, 66, 30, 9, FLOUR, 0.5, -22),
        )
        + berries
        + sugar
    )


def cookie():
    """A cookie with chocolate, one bite gone."""
    d = (
        "M128 42 C150 42 168 50 182 62 C176 76 186 90 200 90 C200 104 208 112 214 116 C215 168 178 212 128 212 "
        "C78 212 42 172 42 126 C42 80 80 42 128 42Z"
    )
    chips = "".join(
        group(
            path("M118 122 C124 114 138 116 140 126 C142 136 130 142 122 138 C114 134 112 128 118 122Z", CHOCOLATE),
            oval(124, 124, 5, 2.4, COCOA, 1, -30),
            move=(x - 128, y - 128),
            turn=x * 3,
            scale=s,
        )
        for x, y, s in (
            (92, 88, 1.2),
            (140, 76, 1.0),
            (78, 138, 1.1),
            (126, 128, 1.3),
            (172, 126, 1.1),
            (108, 176, 1.2),
            (156, 172, 1.3),
            (190, 156, 0.8),
            (62, 112, 0.7),
            (118, 58, 0.6),
            (134, 198, 0.7),
        )
    )
    oats = "".join(
        oval(x, y, 8, 4, FLOUR, 0.75, x * 11 % 180)
        for x, y in (
            (112, 104),
            (160, 100),
            (102, 134),
            (146, 150),
            (84, 168),
            (128, 160),
            (72, 96),
            (184, 178),
            (154, 58),
            (62, 150),
            (196, 134),
        )
    )
    return (
        group(path(d, SHADOW, 0.16), move=(4, 9))
        + path(d, BAKED)
        + group(path(d, CRUST), scale=0.93, move=(-2, -3))
        + oats
        + chips
    )


def apple_tart():
    """An apple tart from above: slices of apple laid in two wheels, one over the other."""

    def slice_at(x, y, degrees):
        d = "M98 142 C98 108 158 108 158 142 C146 134 110 134 98 142Z"
        return group(
            path(d, FLOUR),
            line("M98 142 C98 108 158 108 158 142", RED, 5),
            line("M112 136 C120 130 136 130 144 136", AMBER, 2.5, 0.8),
            move=(x - 128, y - 128),
            turn=degrees + 62,
        )

    return (
        oval(132, 138, 96, 92, SHADOW, 0.16)
        + around(128, 128, 88, 28, lambda x, y, _: disc(x, y, 11.5, BAKED))
        + disc(128, 128, 90, CRUST)
        + disc(128, 128, 79, BROWN)
        + disc(128, 128, 77, AMBER)
        + around(128, 128, 52, 9, slice_at)
        + disc(128, 128, 32, AMBER)
        + around(128, 128, 17, 4, lambda x, y, a: group(slice_at(x, y, a), scale=0.74, about=(x, y)), 20)
        + line("M58 108 C64 86 80 70 98 62", WHITE, 5, 0.45)
    )


def tiered_cake():
    """A cake of three tiers on a stand."""

    def tier(x, y, width, height, drip):
        wide = width / drip
        drops = box(x, y, width, 9, PINK) + "".join(
            box(x + index * wide + 1, y - 4, wide - 2, 17 + (index % 2) * 7 + (index % 3) * 2, PINK, wide / 2 - 1)
            for index in range(drip)
        )
        d = (
            f"M{x} {y + 8} Q{x} {y} {x + 8} {y} L{x + width - 8} {y} Q{x + width} {y} {x + width} {y + 8} "
            f"L{x + width} {y + height} L{x} {y + height}Z"
        )
        pearls = "".join(
            disc(x + 5 + index * (width - 10) / (drip * 2), y + height - 3, 4.2, WHITE) for index in range(drip * 2 + 1)
        )
        return body(d, CREAM, drops, pearls, shade(x + width * 0.72, y, width, height, 0.07))

    stand = (
        path("M116 200 L140 200 L150 218 L106 218Z", STEEL_DARK)
        + box(96, 215, 64, 7, STEEL_DARK, 3.5)
        + box(34, 192, 188, 11, STEEL, 5.5)
    )
    berries = "".join(
        disc(x, y, 7.5, BERRY) + disc(x - 2, y - 2, 2, WHITE, 0.7)
        for x, y in ((62, 141), (192, 141), (84, 95), (172, 95))
    )
    top = (
        leaf(128, 44, 24, -150, LEAF)
        + leaf(128, 44, 24, -30, LEAF)
        + disc(120, 40, 10, BERRY)
        + disc(137, 40, 10, RED)
        + disc(128, 30, 10, BERRY)
        + disc(125, 27, 2.6, WHITE, 0.7)
    )
    return (
        grounded(130, 222)
        + stand
        + tier(48, 146, 160, 47, 11)
        + tier(72, 100, 112, 46, 8)
        + tier(97, 52, 62, 48, 5)
        + berries
        + top
    )
