"""Jars, tins, bags and bars."""

from .palette import (
    AMBER,
    BAKED,
    BROWN,
    CHOCOLATE,
    COCOA,
    CREAM,
    CRUMB,
    KRAFT,
    PLUM,
    RED,
    SHADOW,
    STEEL,
    STEEL_DARK,
    WHITE,
    YELLOW,
)
from .shapes import body, box, disc, gleam, grounded, group, line, oval, path, shade


def jar(content, lid, lid_dark, mark):
    """A jar with a screw lid."""
    d = (
        "M70 82 L186 82 C200 88 206 98 206 112 L206 190 C206 206 198 214 182 214 L74 214 C58 214 50 206 50 190 L50 112 "
        "C50 98 56 88 70 82Z"
    )
    label = body("M50 118 L206 118 L206 192 L50 192Z", CREAM, box(50, 122, 156, 3, lid), box(50, 185, 156, 3, lid))
    ridges = "".join(line(f"M{74 + x * 12} 56 L{74 + x * 12} 76", lid_dark, 3) for x in range(10))
    return (
        grounded(166, 213)
        + body(
            d,
            content,
            oval(128, 84, 90, 12, WHITE, 0.22),
            label,
            group(mark, move=(0, 27), scale=1.22),
            shade(176, 60, 40, 170, 0.12),
            gleam(60, 96, 9, 106, 0.45),
        )
        + box(62, 50, 132, 34, lid, 9)
        + ridges
        + box(62, 74, 132, 10, lid_dark, 5)
        + box(70, 54, 60, 4, WHITE, 2, 0.4)
    )


def tin(colour, dark, mark):
    """A tin with a paper label."""
    d = "M58 64 L198 64 L198 206 C198 214 160 220 128 220 C96 220 58 214 58 206Z"
    return (
        grounded(160, 214)
        + body(
            d,
            STEEL,
            path("M50 78 C90 92 166 92 206 78 L206 196 C166 210 90 210 50 196Z", colour),
            path("M50 84 C90 98 166 98 206 84 L206 90 C166 104 90 104 50 90Z", dark),
            path("M50 184 C90 198 166 198 206 184 L206 190 C166 204 90 204 50 190Z", dark),
            oval(128, 148, 46, 40, CREAM),
            group(mark, move=(0, 20), scale=1.05),
            shade(170, 50, 40, 180, 0.14),
            gleam(68, 82, 8, 126, 0.4),
        )
        + oval(128, 64, 70, 19, STEEL_DARK)
        + oval(128, 62, 66, 16, STEEL)
        + oval(128, 63, 52, 11, "#D5DADC")
        + oval(128, 62, 18, 5, STEEL_DARK)
        + oval(128, 61, 12, 2.8, STEEL)
    )


def can():
    """A can of cola with drops of dew."""
    d = "M88 48 L168 48 L182 66 L182 202 L170 218 L86 218 L74 202 L74 66Z"
    glass = (
        path("M108 112 L148 112 L143 160 L113 160Z", BROWN)
        + path("M108 112 L148 112 L147 121 L109 121Z", CRUMB)
        + box(115, 128, 13, 13, CREAM, 3, 0.8)
        + box(128, 140, 12, 12, CREAM, 3, 0.6)
        + line("M132 130 L146 94 L154 92", RED, 5)
    )
    dew = "".join(
        oval(x, y, 3.4, 4.4, WHITE, 0.55)
        for x, y in ((98, 84), (142, 78), (160, 92), (102, 192), (146, 190), (124, 200), (166, 182), (118, 78))
    )
    return (
        grounded(120, 217)
        + body(
            d,
            "#8E2F2A",
            disc(128, 136, 45, AMBER),
            glass,
            dew,
            box(60, 40, 140, 24, STEEL),
            box(60, 206, 140, 20, STEEL),
            box(60, 62, 140, 4, CHOCOLATE),
            shade(154, 40, 40, 190, 0.14),
            gleam(84, 70, 8, 130, 0.4),
        )
        + oval(128, 48, 41, 9, STEEL_DARK)
        + oval(128, 47, 36, 6.4, STEEL)
        + oval(134, 47, 13, 3, STEEL_DARK)
    )


def paper_bag(colour, dark, fold, mark, label=CREAM):
    """A block-bottomed paper bag, its top folded over."""
    d = "M62 78 L194 78 L204 206 C204 214 200 216 192 216 L64 216 C56 216 52 214 52 206Z"
    return (
        grounded(168, 215)
        + body(
            d,
            colour,
            path("M62 78 L84 78 L78 216 L40 216Z", dark, 0.55),
            path("M194 78 L172 78 L178 216 L216 216Z", dark, 0.8),
            line("M84 78 L78 216 M172 78 L178 216", dark, 2.4),
        )
        + oval(128, 150, 40, 42, label)
        + group(mark, move=(0, 22), scale=1.1)
        + path("M60 48 L196 48 L198 82 L58 82Z", fold)
        + path("M58 76 L198 76 L198 84 L58 84Z", SHADOW, 0.14)
        + line("M60 58 L196 58", SHADOW, 2, 0.12)
    )


def pasta_packet():
    """A packet of fusilli with a window."""
    d = "M60 60 L196 60 C190 110 192 170 200 214 L56 214 C64 170 66 110 60 60Z"
    window = (
        "M84 108 C84 100 88 96 96 96 L160 96 C168 96 172 100 172 108 L172 176 C172 184 168 188 160 188 L96 188 C88 188 "
        "84 184 84 176Z"
    )

    def twist(x, y, turn):
        return group(
            line("M104 128 L152 128", BAKED, 17),
            line("M104 128 L152 128", YELLOW, 12),
            "".join(line(f"M{px} 133 L{px + 7} 123", BAKED, 3.4) for px in (104, 114, 124, 134, 144)),
            move=(x - 128, y - 128),
            turn=turn,
            scale=0.86,
        )

    pasta = "".join(
        twist(x, y, turn)
        for x, y, turn in (
            (104, 112, 24),
            (150, 108, -30),
            (112, 142, -18),
            (156, 140, 40),
            (102, 172, 20),
            (146, 172, -14),
            (176, 166, 70),
            (82, 140, 80),
        )
    )
    teeth = "".join(path(f"M{58 + x * 14} {y} l7 {h} l7 {-h}Z", "#5C8A8C") for x in range(10) for y, h in ((46, -8),))
    return (
        grounded(156, 215)
        + body(d, "#4F8A8B", shade(176, 50, 40, 180, 0.10), gleam(70, 84, 7, 120, 0.25))
        + body(window, CHOCOLATE, pasta)
        + box(58, 44, 140, 22, "#5C8A8C", 2)
        + teeth
        + "".join(line(f"M{66 + x * 14} 48 L{66 + x * 14} 62", WHITE, 2, 0.35) for x in range(10))
        + line("M104 202 L152 202", CREAM, 5, 0.8)
    )


def rice_sack():
    """A small cloth sack of rice, open, with grains before it."""
    d = "M72 92 C44 120 42 180 58 206 C64 214 74 216 88 216 L168 216 C182 216 192 214 198 206 C214 180 212 120 184 92Z"
    heap = "M74 92 C84 60 108 48 128 48 C148 48 172 60 182 92Z"
    grains = "".join(
        oval(x, y, 6, 2.4, STEEL, 0.9, x * 13 % 180)
        for x, y in ((110, 70), (132, 60), (150, 74), (94, 84), (126, 80), (166, 86), (142, 88), (112, 86), (122, 56))
    )
    cuff = "M66 84 C90 100 166 100 190 84 C196 92 194 100 188 106 C160 120 96 120 68 106 C62 100 60 92 66 84Z"
    bowl = (
        path("M104 162 L152 162 C152 180 142 188 128 188 C114 188 104 180 104 162Z", RED)
        + path("M108 162 C110 146 120 142 128 142 C136 142 146 146 148 162Z", WHITE)
        + line("M108 162 L148 162", STEEL, 2)
        + line("M136 150 L162 134 M142 154 L166 142", BROWN, 3.4)
    )
    spilt = "".join(
        oval(x, y, 7.5, 3, WHITE, 1, turn)
        for x, y, turn in ((206, 212, 10), (222, 216, -30), (214, 205, 50), (44, 214, 30), (32, 210, -10))
    )
    return (
        grounded(190, 216)
        + path(heap, WHITE)
        + grains
        + body(
            d,
            KRAFT,
            shade(170, 80, 60, 160, 0.12),
            line("M84 126 C78 150 78 180 86 206", WHITE, 5, 0.25),
            oval(128, 164, 38, 36, "#E8CFA4"),
            bowl,
        )
        + path(cuff, "#DDBB8C")
        + line("M74 102 C100 114 156 114 182 102", "#A97F4C", 3.4)
        + spilt
    )


def chocolate_bar():
    """A bar of chocolate, its wrapper torn open."""
    squares = "".join(
        box(84 + column * 31, 34 + row * 31, 28, 28, COCOA, 4)
        + box(88 + column * 31, 38 + row * 31, 20, 20, CHOCOLATE, 3)
        + line(f"M{90 + column * 31} {40 + row * 31} L{104 + column * 31} {40 + row * 31}", "#8A5A3C", 2.4, 0.8)
        for row in range(3)
        for column in range(3)
    )
    foil = path(
        "M74 120 L84 108 L94 120 L106 106 L118 120 L130 108 L142 120 L154 106 L166 120 L176 108 L184 120 L184 150 "
        "L74 150Z",
        STEEL,
    )
    wrap = "M72 128 L184 128 L184 218 C184 222 182 224 178 224 L78 224 C74 224 72 222 72 218Z"
    return group(
        path("M80 34 L190 34 L194 228 L84 232Z", SHADOW, 0.14),
        box(80, 30, 97, 110, CHOCOLATE, 5)
        + squares
        + foil
        + body(
            wrap,
            PLUM,
            box(66, 142, 130, 4, AMBER),
            box(66, 204, 130, 4, AMBER),
            oval(128, 175, 30, 24, CREAM),
            group(
                path("M128 104 C150 108 158 126 152 146 C140 158 116 158 104 146 C98 126 106 108 128 104Z", BROWN),
                line(
                    "M128 106 L128 154 M114 112 C108 126 108 140 114 150 M142 112 C148 126 148 140 142 150",
                    CRUMB,
                    2.6,
                    0.8,
                ),
                scale=0.62,
                move=(0, 47),
            ),
            shade(160, 120, 40, 120, 0.10),
        ),
        turn=14,
        move=(0, 0),
    )
