"""Milk, eggs, butter and cheese."""

from .palette import (
    AMBER,
    BERRY,
    BLUE,
    BUTTER,
    CREAM,
    DOUGH,
    KRAFT,
    LEAF,
    PINK,
    RED,
    SHADOW,
    STEEL,
    STEEL_DARK,
    TEAL,
    WHITE,
    YELLOW,
)
from .shapes import around, body, box, disc, gleam, grounded, group, line, oval, path, shade


def carton(colour, dark, mark):
    """A carton with a gable top, seen from its edge."""
    front = "M52 96 L148 96 L148 216 L52 216Z"
    side = "M148 96 L200 88 L200 206 L148 216Z"
    roof = "M52 96 L72 56 L156 56 L148 96Z"
    gable = "M148 96 L156 56 L200 88Z"
    fold = "M72 34 L158 34 L158 58 L72 58Z"
    wave = path("M52 150 C76 134 100 166 124 150 C134 143 142 143 148 146 L148 216 L52 216Z", colour)
    wave_side = path("M148 146 C166 142 182 130 200 138 L200 206 L148 216Z", dark)
    return (
        grounded(160, 214, 132)
        + body(side, STEEL, wave_side)
        + path(gable, STEEL_DARK)
        + body(front, WHITE, wave)
        + path(roof, CREAM)
        + path(fold, colour)
        + box(72, 44, 86, 4, WHITE, 2, 0.5)
        + disc(112, 76, 11, colour)
        + disc(110, 74, 9, WHITE, 0.35)
        + mark
    )


def milk_carton():
    """A carton of semi-skimmed milk."""
    drop = path(
        "M100 104 C110 118 115 124 115 132 C115 140 108 146 100 146 C92 146 85 140 85 132 C85 124 90 118 100 104Z", BLUE
    )
    return carton(TEAL, "#24706D", drop)


def milk_bottle():
    """A glass bottle of whole milk."""
    d = (
        "M104 62 L152 62 C152 84 158 94 170 108 C178 118 180 126 180 138 L180 200 C180 210 174 216 164 216 L92 216 "
        "C82 216 76 210 76 200 L76 138 C76 126 78 118 86 108 C98 94 104 84 104 62Z"
    )
    label = (
        box(76, 142, 104, 46, BLUE)
        + box(76, 148, 104, 3, WHITE, 0, 0.7)
        + box(76, 179, 104, 3, WHITE, 0, 0.7)
        + path(
            "M128 152 C135 161 138 164 138 169 C138 175 133 178 128 178 C123 178 118 175 118 169 C118 164 121 161 128 "
            "152Z",
            WHITE,
        )
    )
    return (
        grounded(120, 215)
        + body(
            d,
            "#FFFFFF",
            box(70, 56, 120, 22, STEEL, 0, 0.55),
            oval(128, 78, 40, 5, STEEL, 0.55),
            label,
            shade(158, 50, 40, 180, 0.10),
            gleam(88, 112, 8, 92, 0.7),
        )
        + box(98, 46, 60, 20, RED, 6)
        + box(98, 58, 60, 8, BERRY, 4)
    )


def egg_box():
    """A box of six eggs, open."""

    def egg(x, y, fill):
        d = (
            f"M{x} {y - 34} C{x + 19} {y - 34} {x + 27} {y - 6} {x + 27} {y + 10} C{x + 27} {y + 28} {x + 15} {y + 36} "
            f"{x} {y + 36} C{x - 15} {y + 36} {x - 27} {y + 28} {x - 27} {y + 10} C{x - 27} {y - 6} {x - 19} {y - 34} "
            f"{x} {y - 34}Z"
        )
        return body(d, fill, oval(x + 20, y + 18, 20, 34, SHADOW, 0.12, 20), oval(x - 9, y - 10, 5, 11, WHITE, 0.6, 20))

    lid = "M38 104 L50 46 C52 40 56 38 62 38 L194 38 C200 38 204 40 206 46 L218 104Z"
    tray = "M28 142 L228 142 L214 204 C212 210 208 212 202 212 L54 212 C48 212 44 210 42 204Z"
    cups = "".join(
        path(f"M{46 + x * 57} 142 C{50 + x * 57} 170 {92 + x * 57} 170 {96 + x * 57} 142Z", "#B48D5C") for x in range(3)
    ) + "".join(line(f"M{99 + x * 57} 156 L{98 + x * 56} 206", "#B48D5C", 5) for x in range(2))
    return (
        grounded(190, 212)
        + body(lid, "#B48D5C", box(56, 50, 144, 60, "#9C774A", 10))
        + box(34, 98, 188, 14, KRAFT, 4)
        + egg(78, 104, DOUGH)
        + egg(128, 104, "#EBCBA0")
        + egg(178, 104, DOUGH)
        + egg(70, 126, "#EBCBA0")
        + egg(128, 126, "#DDAE7A")
        + egg(186, 126, CREAM)
        + body(tray, KRAFT, cups, shade(190, 140, 50, 80, 0.10))
        + box(24, 138, 208, 13, "#DDBB8C", 6)
    )


def butter():
    """A block of butter on its paper, two slices cut."""
    top = "M70 104 L176 92 L224 116 L116 130Z"
    front = "M116 130 L224 116 L224 164 L116 180Z"
    end = "M70 104 L116 130 L116 180 L70 152Z"
    slice_front = "M52 146 L98 172 L98 206 C98 210 94 212 90 210 L56 190 C53 188 52 186 52 182Z"
    wrap = (
        path("M30 176 L90 144 L238 154 L232 186 L132 216 L40 204Z", WHITE)
        + path("M132 216 L232 186 L234 196 L136 224Z", STEEL, 0.8)
        + path("M40 204 L132 216 L136 224 L38 212Z", STEEL)
    )
    return group(
        grounded(210, 218),
        wrap,
        path(front, YELLOW),
        path(top, BUTTER),
        path(end, "#EFC65A"),
        line("M140 127 L140 176 M166 124 L166 172 M192 120 L192 168", AMBER, 2.4, 0.6),
        path(slice_front, BUTTER),
        path("M52 146 L64 140 L110 166 L98 172Z", CREAM),
        path("M98 172 L110 166 L110 200 L98 208Z", "#EFC65A"),
        oval(150, 105, 44, 4.5, WHITE, 0.55, -6),
        move=(-4, -26),
        scale=1.06,
    )


def yoghurt_pot(colour, fruit, tall=True):
    """A pot of yoghurt with a foil lid half pulled back."""
    height = 86 if tall else 104
    d = f"M58 {height} L74 204 C76 212 82 214 90 214 L166 214 C174 214 180 212 182 204 L198 {height}Z"
    band = path("M54 120 L202 120 L196 186 L60 186Z", colour)
    lid = (
        oval(128, height, 76, 17, STEEL)
        + oval(128, height - 2, 70, 13, WHITE)
        + path(
            f"M128 {height - 15} C170 {height - 18} 206 {height - 10} 204 {height} C196 {height + 8} 170 {height + 10} "
            f"150 {height + 11} C166 {height + 2} 156 {height - 8} 128 {height - 15}Z",
            STEEL,
        )
        + path(f"M196 {height + 4} L222 {height - 20} L206 {height - 8}Z", STEEL_DARK)
    )
    return (
        grounded(130, 212)
        + body(d, WHITE, band, gleam(82, 90, 9, 130, 0.4), shade(164, 60, 50, 170, 0.09))
        + lid
        + fruit
    )


def natural_yoghurt():
    """A large pot of natural yoghurt."""
    petals = around(128, 153, 17, 9, lambda x, y, turn: oval(x, y, 12, 6.4, WHITE, 1, turn))
    return yoghurt_pot(TEAL, petals + disc(128, 153, 9.5, YELLOW))


def strawberry_yoghurt():
    """A small pot of strawberry yoghurt."""
    d = "M128 180 C110 170 100 150 104 138 C108 130 120 130 128 135 C136 130 148 130 152 138 C156 150 146 170 128 180Z"
    mark = (
        path(d, RED)
        + "".join(
            oval(x, y, 1.8, 2.8, BUTTER)
            for x, y in ((116, 146), (128, 148), (140, 146), (122, 158), (134, 158), (128, 169))
        )
        + path(
            "M128 136 C118 136 112 132 110 126 C118 124 124 126 128 130 C132 126 138 124 146 126 C144 132 138 136 128 "
            "136Z",
            LEAF,
        )
    )
    return group(yoghurt_pot(PINK, mark, tall=False), scale=0.92, about=(128, 214))


def cheese_wedge():
    """A wedge of hard mountain cheese, with its rind."""
    top = "M30 132 L196 70 C216 78 228 94 230 110Z"
    front = "M30 132 L230 110 L230 178 L30 200Z"
    rind = "M196 70 C216 78 228 94 230 110 L230 178 L218 179 L218 112 C214 96 206 84 186 74Z"
    crystals = "".join(
        oval(x, y, r, r * 0.7, AMBER, 0.85)
        for x, y, r in (
            (74, 162, 7),
            (112, 146, 5),
            (136, 174, 8),
            (172, 140, 6),
            (190, 166, 5),
            (96, 184, 4),
            (56, 182, 3),
        )
    )
    return (
        grounded(204, 200, 132)
        + body(front, YELLOW, crystals, shade(20, 190, 220, 20, 0.06))
        + path(top, BUTTER)
        + path(rind, "#B98345")
        + line("M34 132 L226 111", WHITE, 2.4, 0.55)
        + oval(150, 104, 40, 4, WHITE, 0.4, -15)
    )


def brie():
    """A wheel of brie with a wedge cut out and laid before it."""
    wheel = (
        "M26 112 C26 82 72 64 128 64 C184 64 230 82 230 112 L230 152 C230 182 184 200 128 200 C72 200 26 182 26 152Z"
    )
    top = oval(128, 112, 102, 46, WHITE)
    cut = (
        path("M128 112 L178 152 L178 196 L128 156Z", BUTTER)
        + path("M128 112 L104 157 L104 200 L128 156Z", "#EFCB6A")
        + path("M128 112 L178 152 C156 158 126 160 104 157Z", "#D9E5E8")
        + path("M178 152 C156 158 126 160 104 157 L104 202 C130 206 156 202 178 195Z", "#D9E5E8")
        + path("M128 112 L178 152 L178 194 L128 156Z", BUTTER)
        + path("M128 112 L104 157 L104 199 L128 156Z", "#EFCB6A")
    )
    ruts = "".join(
        line(d, STEEL, 3, 0.8) for d in ("M56 96 L112 84", "M72 106 L150 88", "M154 94 L196 102", "M46 118 L92 124")
    )
    return (
        grounded(208, 198)
        + body(wheel, "#E9DFCB", shade(180, 60, 60, 150, 0.06))
        + top
        + ruts
        + cut
        + group(
            path("M52 190 L132 200 L132 222 L52 212Z", BUTTER),
            path("M52 190 L106 168 C122 176 132 186 132 200Z", WHITE),
            path("M52 188 L132 198 L132 203 L52 193Z", WHITE),
            path("M52 209 L132 219 L132 224 L52 214Z", WHITE),
            move=(46, 2),
        )
    )
