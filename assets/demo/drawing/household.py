"""What a shop sells beside food."""

from .marks import drop_mark, wheat_mark
from .palette import (
    AMBER,
    BAKED,
    BERRY,
    BUTTER,
    CREAM,
    FOREST,
    GREEN,
    INK,
    KRAFT,
    LEAF,
    LILAC,
    LIME,
    ORANGE,
    PINK,
    PLUM,
    RED,
    SHADOW,
    STEEL,
    STEEL_DARK,
    TEAL,
    WHITE,
    YELLOW,
)
from .shapes import around, body, box, disc, gleam, grounded, group, leaf, line, oval, path, shade


def tote():
    """A cotton bag with the shop's lantern on it."""
    d = "M56 96 L200 96 L212 208 C212 214 208 216 202 216 L54 216 C48 216 44 214 44 208Z"
    handle = line("M88 104 C88 20 168 20 168 104", "#D9C7A4", 12)
    lantern = (
        path("M112 136 L144 136 L150 186 L106 186Z", TEAL)
        + path("M118 142 L138 142 L142 180 L114 180Z", BUTTER)
        + path(
            "M128 148 C136 160 138 164 138 169 C138 175 134 178 128 178 C122 178 118 175 118 169 "
            "C118 164 120 160 128 148Z",
            ORANGE,
        )
        + path("M108 136 L116 126 L140 126 L148 136Z", TEAL)
        + box(102, 184, 52, 8, TEAL, 3)
        + line("M120 124 C120 112 136 112 136 124", TEAL, 4)
    )
    return (
        grounded(176, 215)
        + group(handle, move=(6, -6))
        + body(d, CREAM, shade(180, 90, 50, 140, 0.07), box(40, 96, 180, 7, "#E7D9BC"))
        + line("M88 104 C88 20 168 20 168 104", "#EBDDC0", 12)
        + lantern
    )


def carrier_bag():
    """A paper bag with twisted handles."""
    front = "M52 86 L176 86 L176 216 L52 216Z"
    side = "M176 86 L206 78 L206 204 L176 216Z"
    return (
        grounded(166, 215, 132)
        + line("M86 84 C86 32 142 32 142 84", "#A97F4C", 7)
        + body(side, "#B48D5C", path("M176 86 L191 150 L206 78Z", "#C49B68"), line("M191 150 L191 210", "#A97F4C", 2.4))
        + body(front, KRAFT, box(52, 86, 124, 10, "#B48D5C", 0, 0.6), gleam(62, 104, 6, 100, 0.18))
        + disc(114, 154, 34, CREAM)
        + group(wheat_mark(BAKED), move=(-14, 26), scale=0.88)
    )


def kitchen_roll():
    """Two rolls of kitchen paper."""

    def roll(x, y, scale):
        d = "M82 70 L174 70 L174 200 C174 208 152 214 128 214 C104 214 82 208 82 200Z"
        dots = "".join(
            disc(px, py, 3, TEAL, 0.55) for py in range(98, 210, 22) for px in range(90 + (py // 22 % 2) * 12, 176, 24)
        )
        sheet = path("M174 84 L194 92 L194 206 L174 200Z", CREAM) + line("M194 94 L194 204", STEEL, 2, 0.7)
        return group(
            sheet
            + body(d, WHITE, dots, box(80, 140, 100, 2, STEEL, 0, 0.7), shade(150, 60, 40, 160, 0.08))
            + oval(128, 70, 46, 15, "#ECE6DA")
            + oval(128, 70, 34, 10.5, WHITE)
            + oval(128, 70, 16, 5.4, KRAFT)
            + oval(128, 71, 10, 3, INK, 0.75),
            move=(x - 128, y - 142),
            scale=scale,
        )

    return grounded(190, 212) + roll(164, 128, 0.98) + roll(92, 142, 1.0)


def washing_up():
    """A bottle of washing-up liquid and its bubbles."""
    d = (
        "M92 92 C92 84 98 80 106 80 L150 80 C158 80 164 84 164 92 C164 108 184 116 184 144 C184 164 176 170 176 184 "
        "L178 210 C178 218 174 222 166 222 L90 222 C82 222 78 218 78 210 L80 184 "
        "C80 170 72 164 72 144 C72 116 92 108 92 92Z"
    )
    bubbles = "".join(
        disc(x, y, r, WHITE, 0.6) + disc(x - r * 0.3, y - r * 0.3, r * 0.26, WHITE)
        for x, y, r in ((204, 84, 15), (190, 50, 9), (222, 56, 7), (214, 116, 7))
    )
    return (
        grounded(126, 221)
        + body(d, LIME, shade(158, 70, 50, 170, 0.12), gleam(84, 128, 8, 74, 0.5))
        + oval(128, 166, 34, 36, WHITE)
        + group(drop_mark(TEAL), move=(0, 36), scale=0.9)
        + path("M104 80 L112 54 L144 54 L152 80Z", FOREST)
        + box(118, 34, 20, 24, GREEN, 4)
        + box(114, 32, 28, 8, FOREST, 4)
        + bubbles
    )


def candle():
    """A beeswax candle, burning, in a holder."""
    d = "M100 96 C108 90 148 90 156 96 L156 190 L100 190Z"
    comb = "".join(
        path(f"M{x} {y - 11} l10 5.5 v11 l-10 5.5 l-10 -5.5 v-11Z", BAKED, 0.28)
        for y, offset in ((120, 0), (138, 11), (156, 0), (174, 11))
        for x in (96 + offset, 118 + offset, 140 + offset, 162 + offset)
    )
    flame = path(
        "M128 26 C146 50 150 60 150 70 C150 82 140 88 128 88 C116 88 106 82 106 70 C106 60 110 50 128 26Z", ORANGE
    ) + path("M128 48 C138 62 140 66 140 72 C140 80 134 84 128 84 C122 84 116 80 116 72 C116 66 118 62 128 48Z", BUTTER)
    return (
        disc(128, 64, 52, BUTTER, 0.35)
        + grounded(150, 212)
        + path("M60 186 L196 186 C192 206 164 214 128 214 C92 214 64 206 60 186Z", STEEL_DARK)
        + oval(128, 186, 68, 12, STEEL)
        + oval(128, 187, 46, 6, SHADOW, 0.16)
        + line("M192 192 C222 176 232 204 204 204", STEEL_DARK, 8)
        + body(d, AMBER, comb, shade(138, 80, 30, 120, 0.12), gleam(106, 104, 6, 72, 0.4))
        + oval(128, 96, 28, 7, BUTTER)
        + path("M104 96 C104 116 112 116 112 100 L120 100 C120 128 130 128 130 99Z", BUTTER)
        + line("M128 96 L128 80", INK, 4)
        + flame
    )


def flowers():
    """A bunch of flowers in paper."""

    def daisy(x, y, r, petal, heart):
        return around(x, y, r * 0.62, 9, lambda px, py, turn: oval(px, py, r * 0.42, r * 0.24, petal, 1, turn)) + disc(
            x, y, r * 0.34, heart
        )

    def tulip(x, y, turn, colour, dark):
        return group(
            path("M104 104 C104 134 114 146 128 146 C142 146 152 134 152 104 L140 118 L128 98 L116 118Z", colour),
            path("M128 98 L116 118 L128 146 L140 118Z", dark),
            move=(x - 128, y - 122),
            turn=turn,
        )

    stems = line("M128 200 L74 96 M128 200 L100 80 M128 200 L128 70 M128 200 L160 84 M128 200 L184 100", LEAF, 6)
    paper = (
        path("M56 116 L128 150 L200 116 L146 208 C140 214 116 214 110 208Z", KRAFT)
        + path("M200 116 L128 150 L134 213 C140 213 144 211 146 208Z", "#B48D5C")
        + path("M56 116 L96 122 L128 150Z", "#DDBB8C")
        + path("M200 116 L160 122 L128 150Z", "#C49B68")
    )
    leaves = (
        leaf(110, 130, 62, -150, GREEN)
        + leaf(146, 130, 62, -30, GREEN)
        + leaf(116, 110, 66, -116, LEAF)
        + leaf(140, 110, 66, -64, LEAF)
    )
    ribbon = (
        box(106, 182, 44, 12, RED, 4)
        + path("M128 188 C108 176 98 184 102 194 C106 202 118 196 128 188Z", RED)
        + path("M128 188 C148 176 158 184 154 194 C150 202 138 196 128 188Z", BERRY)
        + path("M124 190 L112 222 L122 218 L130 192Z", BERRY)
    )
    return (
        grounded(90, 218)
        + stems
        + leaves
        + tulip(100, 62, -14, PINK, "#E08890")
        + tulip(160, 64, 14, RED, BERRY)
        + daisy(66, 98, 28, WHITE, YELLOW)
        + daisy(190, 100, 28, LILAC, YELLOW)
        + daisy(129, 84, 32, YELLOW, ORANGE)
        + daisy(98, 118, 24, PLUM, YELLOW)
        + daisy(158, 118, 24, WHITE, AMBER)
        + paper
        + ribbon
    )


def newspaper():
    """A folded newspaper: a headline, a picture, columns; no word can be read."""
    back = path("M66 54 L206 46 L214 200 L74 208Z", STEEL)
    d = "M48 62 L190 54 L198 206 L56 214Z"
    columns = "".join(
        line(f"M{x} {y} L{x + 54} {y - 3}", STEEL_DARK, 4, 0.8)
        for x, rows in ((64, range(172, 206, 10)), (130, range(122, 204, 10)))
        for y in rows
    )
    front = (
        body(d, WHITE, shade(180, 50, 40, 180, 0.05))
        + line("M64 80 L178 74", INK, 13)
        + line("M64 96 L178 90", INK, 3, 0.7)
        + body(
            "M64 110 L118 107 L121 158 L67 161Z",
            "#C9DCE0",
            path("M60 166 L84 130 L100 146 L110 136 L130 166Z", TEAL),
            disc(104, 122, 8, AMBER),
        )
        + columns
        + line("M130 108 L180 105", INK, 7)
    )
    return grounded(172, 212, 136) + back + line("M200 50 L208 198", WHITE, 2, 0.6) + front


def stamps():
    """A block of four stamps with the shop's lighthouse, an apple, a ship and a flower."""

    def stamp(x, y, colour, drawing):
        holes = "".join(disc(x + px, y + py, 3.6, WHITE) for px in range(0, 85, 12) for py in (0, 84)) + "".join(
            disc(x + px, y + py, 3.6, WHITE) for py in range(0, 85, 12) for px in (0, 84)
        )
        return (
            box(x, y, 84, 84, WHITE)
            + holes
            + box(x + 8, y + 8, 68, 68, colour, 2)
            + group(drawing, move=(x + 42 - 128, y + 42 - 128))
        )

    lighthouse = (
        path("M120 104 L136 104 L142 152 L114 152Z", WHITE)
        + path("M118 120 L138 120 L139.5 132 L116.5 132Z", RED)
        + box(119, 96, 18, 9, YELLOW, 1)
        + path("M117 96 L128 86 L139 96Z", RED)
        + path("M98 152 Q128 142 158 152 L158 160 L98 160Z", FOREST)
    )
    ship = (
        path("M104 138 L154 138 L146 152 L112 152Z", INK)
        + path("M126 98 L126 134 L104 134Z", WHITE)
        + path("M131 104 L131 134 L150 134Z", CREAM)
        + line("M98 156 q8 -6 15 0 q8 6 15 0 q8 -6 15 0 q8 6 15 0", WHITE, 3)
    )
    flower = (
        line("M128 132 L128 158", FOREST, 4)
        + leaf(128, 152, 20, -30, FOREST)
        + around(128, 120, 12, 6, lambda px, py, _: disc(px, py, 8.6, WHITE))
        + disc(128, 120, 7.5, ORANGE)
    )
    bird = (
        path(
            "M98 124 C112 108 128 112 132 124 C138 112 146 110 160 114 C148 120 146 132 132 142 "
            "C116 142 108 132 98 124Z",
            WHITE,
        )
        + path("M120 126 C112 112 106 104 104 94 C118 98 128 110 132 124Z", CREAM)
        + disc(148, 117, 2, INK)
    )
    sheet = (
        stamp(44, 44, "#7FB3C4", lighthouse)
        + stamp(128, 44, AMBER, flower)
        + stamp(44, 128, PLUM, bird)
        + stamp(128, 128, TEAL, ship)
    )
    return group(group(box(44, 44, 168, 168, SHADOW, 2, 0.16), move=(6, 9)), sheet, turn=-6)
