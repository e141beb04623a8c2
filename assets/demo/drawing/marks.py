"""The marks on labels: small drawings around (128, 128), about 50 wide."""

from .palette import AMBER, BAKED, BROWN, BUTTER, CREAM, CRUMB, GREEN, INK, LEAF, OLIVE, ORANGE, RED, WHITE, YELLOW
from .shapes import around, body, box, disc, group, leaf, line, oval, path


def strawberry_mark():
    """A strawberry."""
    d = "M128 154 C110 146 102 126 106 116 C110 108 120 108 128 113 C136 108 146 108 150 116 C154 126 146 146 128 154Z"
    seeds = "".join(
        oval(x, y, 1.9, 2.8, BUTTER)
        for x, y in ((116, 122), (128, 124), (140, 122), (122, 134), (134, 134), (128, 144))
    )
    return (
        path(d, RED)
        + seeds
        + path(
            "M128 114 C118 114 112 110 110 104 C118 102 124 104 128 108 C132 104 138 102 146 "
            "104 C144 110 138 114 128 114Z",
            LEAF,
        )
    )


def bee_mark():
    """A bee."""
    wings = oval(120, 112, 8, 14, "#CFE2E6", 1, -28) + oval(138, 112, 8, 14, "#DCEBEE", 1, 20)
    d = "M104 132 C104 120 116 116 130 116 C146 116 154 124 154 132 C154 140 146 148 130 148 C116 148 104 144 104 132Z"
    return (
        wings
        + body(d, AMBER, box(118, 110, 8, 44, INK), box(134, 110, 8, 44, INK))
        + line("M106 124 C100 120 98 116 96 112", INK, 3)
        + disc(109, 130, 2.4, INK)
    )


def olive_mark():
    """Two olives on a twig."""
    return (
        line("M104 112 C120 104 138 106 152 116", LEAF, 4)
        + leaf(116, 108, 24, -40, GREEN)
        + leaf(136, 108, 24, -20, GREEN)
        + oval(116, 132, 12, 16, OLIVE, 1, 8)
        + oval(142, 136, 12, 16, "#6E7030", 1, -8)
        + oval(112, 126, 3, 5, WHITE, 0.5, 8)
        + oval(138, 130, 3, 5, WHITE, 0.5, -8)
    )


def wheat_mark(colour=BAKED):
    """An ear of wheat."""
    grains = "".join(
        oval(128 + side * 9, y, 5, 10, colour, 1, side * 32) for side in (-1, 1) for y in (108, 122, 136)
    ) + oval(128, 96, 5, 11, colour)
    return line("M128 100 L128 160", colour, 4) + grains


def tomato_mark():
    """A tomato."""
    crown = "".join(
        group(path("M128 112 q6 -4 16 1 q-8 8 -16 -1Z", LEAF), turn=turn, about=(128, 112))
        for turn in (0, 60, 120, 180, 240)
    )
    return (
        oval(128, 130, 27, 23, RED) + oval(117, 124, 4, 8, WHITE, 0.45, 24) + crown + line("M128 112 L130 102", LEAF, 4)
    )


def chickpea_mark():
    """A few chickpeas."""
    return "".join(
        disc(x, y, 11.5, BAKED) + disc(x - 1, y - 1, 10, CRUMB) + line(f"M{x} {y - 8} q5 6 1 13", BAKED, 2.2, 0.8)
        for x, y in ((128, 112), (112, 130), (144, 130), (128, 146))
    )


def bean_mark(colour=BROWN):
    """Coffee beans."""

    def bean(x, y, turn):
        return group(
            oval(128, 128, 12, 17, colour),
            line("M128 113 C121 122 135 134 128 143", CREAM, 2.8),
            turn=turn,
            move=(x - 128, y - 128),
        )

    return bean(114, 122, -24) + bean(143, 124, 26) + bean(129, 148, 82)


def grape_mark(colour):
    """A small bunch of grapes."""
    return "".join(
        disc(x, y, 7.6, colour) for x, y in ((113, 118), (128, 116), (143, 118), (120, 131), (136, 131), (128, 144))
    ) + leaf(126, 108, 24, -20, GREEN)


def orange_mark():
    """An orange cut in half."""
    return (
        disc(128, 128, 25, ORANGE)
        + disc(128, 128, 21, CREAM)
        + around(
            128,
            128,
            0,
            8,
            lambda x, y, turn: group(
                path("M128 125 L121 110 Q128 106 135 110Z", ORANGE), turn=turn + 22, about=(128, 128)
            ),
        )
    )


def lemon_mark():
    """A lemon."""
    return (
        path(
            "M98 128 C104 124 108 108 128 108 C148 108 152 124 158 128 C152 132 148 148 128 148 C108 148 104 132 98 "
            "128Z",
            YELLOW,
        )
        + oval(118, 120, 9, 3, WHITE, 0.6, -16)
        + leaf(140, 112, 22, -50, GREEN)
    )


def apple_mark():
    """An apple."""
    return (
        path(
            "M128 114 C136 106 156 108 154 130 C152 146 140 154 134 152 C130 150 126 150 122 152 C116 154 104 146 102 "
            "130 C100 108 120 106 128 114Z",
            RED,
        )
        + line("M128 114 L130 104", BROWN, 4)
        + leaf(131, 108, 18, -24, GREEN)
        + oval(113, 126, 3, 7, WHITE, 0.5, 16)
    )


def hop_mark():
    """A hop cone."""
    scales = "".join(
        path(f"M{x} {y} q11 6 10 18 q-16 -1 -20 -9 q4 -8 10 -9Z", colour)
        for x, y, colour in (
            (128, 138, LEAF),
            (118, 126, GREEN),
            (138, 126, LEAF),
            (128, 120, GREEN),
            (120, 112, LEAF),
            (136, 112, GREEN),
            (128, 106, LEAF),
        )
    )
    return line("M128 106 L132 96", LEAF, 4) + scales


def drop_mark(colour):
    """A drop."""
    return path(
        "M128 102 C140 118 148 126 148 136 C148 147 139 154 128 154 C117 154 108 147 108 136 C108 126 116 118 128 102Z",
        colour,
    ) + oval(118, 138, 4, 8, WHITE, 0.5, 10)


def chateau_mark(colour):
    """A house with two towers."""
    return (
        path("M98 152 L98 122 L106 108 L114 122 L114 130 L142 130 L142 122 L150 108 L158 122 L158 152Z", colour)
        + path("M123 152 L123 142 Q128 136 133 142 L133 152Z", CREAM)
        + box(103, 126, 6, 8, CREAM)
        + box(147, 126, 6, 8, CREAM)
    )
