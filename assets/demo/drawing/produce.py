"""Fruit and vegetables."""

from .palette import (
    AMBER,
    BAKED,
    BERRY,
    BROWN,
    BUTTER,
    CREAM,
    DOUGH,
    FOREST,
    GREEN,
    LEAF,
    LIME,
    ORANGE,
    PLUM,
    RED,
    SHADOW,
    WHITE,
    WINE,
    YELLOW,
)
from .shapes import body, box, disc, grounded, group, leaf, line, oval, path


def apple(x, y, scale, colour, dark):
    """One apple with stalk and leaf."""
    d = (
        "M128 84 C148 66 206 66 206 128 C206 180 172 212 150 212 C140 212 134 208 128 208 C122 208 116 212 106 212 "
        "C84 212 50 180 50 128 C50 66 108 66 128 84Z"
    )
    return group(
        body(
            d,
            colour,
            path("M168 60 C214 96 200 190 128 216 L220 220 L220 60Z", dark, 0.55),
            oval(86, 112, 15, 28, WHITE, 0.38, 20),
            oval(128, 82, 26, 9, dark, 0.6),
            *(disc(px, py, 2.4, BUTTER, 0.8) for px, py in ((110, 150), (140, 130), (124, 178), (160, 158), (92, 170))),
        ),
        line("M128 86 C128 70 132 60 140 50", BROWN, 8),
        leaf(136, 66, 52, -24, LEAF),
        move=(x - 128, y - 128),
        scale=scale,
    )


def apples():
    """Two apples, one behind the other."""
    return grounded(190, 212) + apple(172, 126, 0.74, LIME, GREEN) + apple(98, 140, 0.88, RED, WINE)


def bananas():
    """A bunch of three bananas."""
    d = "M92 52 C70 120 92 196 190 206 C206 208 216 200 212 192 C150 176 126 120 118 54Z"
    one = body(d, YELLOW, path("M84 52 C66 130 90 204 200 216 L214 200 C120 190 92 130 104 50Z", AMBER, 0.75)) + path(
        "M188 206 C204 210 220 202 213 191 L202 190 C200 198 196 204 188 206Z", BROWN
    )
    return group(
        oval(140, 214, 84, 8, SHADOW, 0.15),
        group(one, turn=-26, about=(104, 52), move=(4, 0)),
        group(one, turn=-11, about=(104, 52), move=(2, 0)),
        group(one, turn=6, about=(104, 52)),
        path("M90 60 C88 44 92 34 98 26 L116 26 C116 36 118 48 126 58 C116 66 98 68 90 60Z", BROWN),
        box(96, 22, 22, 9, BAKED, 3),
        move=(-32, 6),
    )


def tomatoes():
    """Four tomatoes on the vine."""

    def one(x, y, r):
        star = "".join(
            group(
                path(f"M{x} {y - r * 0.62} q7 -4 {r * 0.56} 4 q-14 8 -{r * 0.56} 5Z", LEAF),
                turn=turn,
                about=(x, y - r * 0.62),
            )
            for turn in (-14, 40, 96, 150, 194, 248)
        )
        d = (
            f"M{x} {y - r * 0.88} C{x + r * 1.36} {y - r * 1.2} {x + r * 1.3} {y + r} {x} {y + r * 0.94} "
            f"C{x - r * 1.3} {y + r} {x - r * 1.36} {y - r * 1.2} {x} {y - r * 0.88}Z"
        )
        return (
            body(
                d,
                RED,
                oval(x + r * 0.7, y + r * 0.5, r * 0.7, r, BERRY, 0.55, 30),
                oval(x - r * 0.46, y - r * 0.2, r * 0.15, r * 0.34, WHITE, 0.45, 24),
            )
            + star
        )

    vine = line("M34 74 C86 40 160 40 222 60", FOREST, 8) + line(
        "M84 54 L80 84 M170 50 L176 80 M128 48 L126 122", FOREST, 7
    )
    return grounded(190, 214) + one(76, 116, 46) + one(182, 112, 46) + vine + one(128, 164, 52)


def carrots():
    """Three carrots with their green."""
    d = "M104 86 C104 74 152 74 152 86 C156 130 140 196 130 222 C128 226 126 226 124 222 C114 196 100 130 104 86Z"
    rings = line("M108 112 L126 112 M134 138 L148 138 M112 158 L126 158 M130 182 L138 182", "#C9651F", 4)
    one = "".join(
        line(f"M128 84 C{128 + x * 0.3} 60 {128 + x} 52 {128 + x * 1.2} {30 + abs(x) * 0.3}", colour, 9)
        for x, colour in ((-26, LEAF), (26, LEAF), (-10, GREEN), (12, GREEN))
    ) + body(
        d,
        ORANGE,
        path("M136 70 L160 70 L150 200 L126 226 C140 180 146 120 136 70Z", "#C9651F", 0.45),
        rings,
        oval(116, 108, 4, 18, WHITE, 0.35, -2),
    )
    return group(
        oval(132, 222, 66, 8, SHADOW, 0.12),
        group(one, turn=28, about=(128, 200), move=(-16, -4)),
        group(one, turn=-28, about=(128, 200), move=(16, -4)),
        one,
        move=(0, 2),
    )


def potatoes():
    """Four new potatoes."""

    def one(x, y, scale, turn, fill):
        d = "M58 132 C56 92 92 72 134 76 C178 80 204 104 200 138 C196 174 160 186 120 182 C84 178 60 164 58 132Z"
        eyes = "".join(
            line(f"M{px} {py} q7 5 14 0", BAKED, 4)
            for px, py in ((92, 116), (150, 106), (120, 146), (168, 146), (84, 150))
        )
        return group(
            body(
                d,
                fill,
                path("M58 150 C100 182 170 176 204 120 L210 196 L50 196Z", BAKED, 0.38),
                eyes,
                oval(110, 94, 26, 7, WHITE, 0.4, -8),
            ),
            move=(x - 128, y - 128),
            turn=turn,
            scale=scale,
        )

    return (
        grounded(206, 208)
        + one(150, 92, 0.72, -14, DOUGH)
        + one(76, 132, 0.74, 24, "#E2B778")
        + one(186, 150, 0.74, 66, "#DDAE6C")
        + one(124, 166, 0.84, 4, DOUGH)
    )


def grapes():
    """A bunch of grapes."""
    rows = (
        (76, (84, 116, 148, 176)),
        (106, (68, 100, 132, 164, 192)),
        (136, (84, 116, 148, 178)),
        (164, (98, 130, 162)),
        (190, (114, 146)),
        (214, (130,)),
    )
    berries = "".join(
        disc(x, y, 20.5, WINE)
        + disc(x - 1.5, y - 1.5, 18, PLUM if (x + y) % 3 else "#82406F")
        + oval(x - 7, y - 8, 5, 3.6, WHITE, 0.5, -40)
        for y, row in rows
        for x in row
    )
    sheet = path(
        "M136 62 C132 40 150 22 166 34 C176 20 198 26 198 42 C214 44 216 64 202 70 C196 84 172 84 164 74 "
        "C152 82 138 76 136 62Z",
        LEAF,
    ) + line("M140 64 L190 46 M160 56 L168 38 M166 56 L178 72", WHITE, 2.4, 0.4)
    return group(line("M128 70 C126 48 120 36 108 24", BROWN, 9), berries, sheet, move=(-2, 4))


def lemon():
    """A lemon and a half."""
    d = (
        "M22 128 C30 122 36 116 42 106 C64 70 108 58 150 66 C188 74 206 100 214 118 C220 122 232 122 234 128 "
        "C232 136 220 136 214 140 C204 164 180 186 146 190 C104 196 62 184 42 150 C36 140 30 134 22 128Z"
    )
    whole = body(
        d,
        YELLOW,
        path("M30 150 C90 190 170 180 224 124 L236 206 L30 206Z", AMBER, 0.55),
        oval(106, 92, 36, 10, WHITE, 0.5, -12),
        *(disc(x, y, 2.4, AMBER, 0.9) for x, y in ((90, 130), (120, 114), (150, 104), (132, 142), (170, 126))),
    )
    wedges = "".join(
        group(
            path("M128 124 C116 110 112 98 114 90 C122 84 134 84 142 90 C144 98 140 110 128 124Z", YELLOW),
            turn=turn,
            about=(128, 128),
        )
        for turn in range(0, 360, 45)
    )
    half = disc(128, 128, 56, AMBER) + disc(128, 128, 52, CREAM) + wedges + disc(128, 128, 4, CREAM)
    return (
        grounded(200, 212)
        + group(whole, turn=-24, scale=0.9, move=(-6, -26))
        + leaf(196, 68, 40, -64, LEAF)
        + group(oval(132, 134, 56, 56, SHADOW, 0.16), half, move=(42, 32))
    )


def avocado():
    """An avocado cut in halves."""
    d = (
        "M128 40 C154 40 164 68 174 98 C186 126 196 138 196 160 C196 196 166 218 128 218 C90 218 60 196 60 160 "
        "C60 138 70 126 82 98 C92 68 102 40 128 40Z"
    )
    half = (
        path(d, FOREST)
        + group(path(d, GREEN), scale=0.91, move=(0, 1))
        + group(path(d, "#DCE08F"), scale=0.80, move=(0, 3))
    )
    stone = disc(128, 160, 33, BROWN) + disc(125, 157, 29, BAKED) + oval(114, 146, 9, 6, WHITE, 0.4, -36)
    hollow = disc(128, 160, 31, LIME) + disc(131, 164, 26, "#C9D07A")
    return group(
        oval(84, 206, 58, 9, SHADOW, 0.14),
        oval(178, 212, 58, 9, SHADOW, 0.14),
        group(half, hollow, scale=0.84, turn=14, move=(52, 2)),
        group(half, stone, scale=0.88, turn=-12, move=(-42, 0)),
    )


def strawberries():
    """A punnet of strawberries."""

    def one(x, y, scale, turn):
        d = "M128 212 C92 196 60 146 66 110 C70 84 104 80 128 92 C152 80 186 84 190 110 C196 146 164 196 128 212Z"
        seeds = "".join(
            oval(px, py, 3.4, 5, BUTTER)
            for px, py in (
                (90, 116),
                (128, 120),
                (166, 116),
                (108, 138),
                (148, 138),
                (92, 150),
                (128, 158),
                (164, 150),
                (112, 176),
                (144, 176),
                (128, 192),
            )
        )
        crown = "".join(
            group(path("M128 92 C138 84 154 86 168 98 C154 108 138 106 128 92Z", GREEN), turn=turn, about=(128, 92))
            for turn in (20, 62, 118, 160, -10, 190)
        ) + line("M128 92 L130 70", LEAF, 9)
        return group(
            body(d, RED, path("M160 70 C186 120 160 190 120 214 L210 214 L210 70Z", BERRY, 0.55), seeds),
            crown,
            move=(x - 128, y - 140),
            turn=turn,
            scale=scale,
        )

    tray = "M34 140 L50 204 C52 210 56 212 62 212 L194 212 C200 212 204 210 206 204 L222 140Z"
    slats = "".join(line(f"M{64 + x * 26} 150 L{70 + x * 23.4} 214", GREEN, 4, 0.6) for x in range(6))
    return (
        grounded(180, 212)
        + one(84, 108, 0.56, -18)
        + one(172, 108, 0.56, 20)
        + one(128, 88, 0.58, 4)
        + one(60, 138, 0.46, -34)
        + one(196, 138, 0.46, 34)
        + one(106, 136, 0.54, 10)
        + one(152, 138, 0.54, -8)
        + body(tray, LIME, slats, box(180, 130, 50, 90, SHADOW, 0, 0.10))
        + box(28, 140, 200, 13, GREEN, 6.5)
    )
