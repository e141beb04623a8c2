"""Hot drinks."""

from .palette import AMBER, BAKED, BROWN, CHOCOLATE, CREAM, CRUST, RED, SHADOW, STEEL, TEAL, WHITE
from .shapes import around, body, box, disc, gleam, grounded, group, leaf, line, oval, path, shade


def steam(*places):
    """Wisps of steam."""
    return "".join(line(f"M{x} {y} c-12 -12 12 -20 0 -34", WHITE, 6, 0.9) for x, y in places)


def saucer(y, wide):
    """A saucer seen from the side."""
    return (
        grounded(wide * 1.5, y + 14)
        + path(
            f"M{128 - wide} {y - 6} C{128 - wide * 0.7} {y + 16} {128 + wide * 0.7} {y + 16} {128 + wide} {y - 6}Z",
            STEEL,
        )
        + oval(128, y - 6, wide, 9, WHITE)
        + oval(128, y - 5, wide * 0.5, 5, SHADOW, 0.12)
    )


def cup(left, right, top, bottom, colour, drink, foam=""):
    """A cup with its handle; `foam` is drawn on the drink."""
    middle, wide = (left + right) / 2, (right - left) / 2
    d = (
        f"M{left} {top} C{left} {bottom - 20} {left + wide * 0.5} {bottom} {middle} {bottom} "
        f"C{right - wide * 0.5} {bottom} {right} {bottom - 20} {right} {top}Z"
    )
    low = (top + bottom) / 2 - 4
    handle = line(
        f"M{right - 6} {top + 14} C{right + 34} {top + 4} {right + 34} {low + 22} {right - 14} {low + 24}", colour, 12
    )
    return (
        handle
        + body(d, colour, shade(right - wide * 0.5, top, 80, bottom, 0.08), gleam(left + 14, top + 22, 8, 50, 0.6))
        + oval(middle, top, wide, 17, colour)
        + oval(middle, top, wide, 17, SHADOW, 0.06)
        + oval(middle, top + 2, wide - 8, 12, drink)
        + foam
    )


def espresso():
    """A small cup of espresso with its crema."""
    crema = oval(122, 120, 38, 8.5, CRUST) + oval(116, 119, 20, 3.4, AMBER, 0.8)
    return (
        saucer(200, 88)
        + cup(72, 172, 118, 198, WHITE, CHOCOLATE, crema)
        + box(178, 190, 46, 5, STEEL, 2.5)
        + oval(224, 192, 12, 5, STEEL)
        + steam((106, 94), (138, 94))
    )


def cappuccino():
    """A wide cup of cappuccino with a heart poured in the foam."""
    foam = (
        oval(118, 98, 66, 13.5, BAKED)
        + oval(118, 98, 58, 11, CREAM)
        + path(
            "M118 107 C96 102 82 96 94 91 C104 88 114 91 118 94 C122 91 132 88 142 91 C154 96 140 102 118 107Z", BAKED
        )
    )
    return saucer(200, 106) + cup(44, 192, 96, 198, TEAL, BROWN, foam) + steam((88, 70), (118, 64), (148, 70))


def tea():
    """A round pot of tea with a tag hanging out."""
    d = "M62 142 C62 106 92 90 124 90 C156 90 186 106 186 142 C186 178 160 206 124 206 C88 206 62 178 62 142Z"
    spout = path("M176 160 C206 156 204 118 228 104 L236 112 C222 128 226 178 174 184Z", CREAM)
    handle = line("M70 118 C24 106 22 176 70 178", CREAM, 13)
    lid = path("M88 96 C94 74 154 74 160 96 C150 104 98 104 88 96Z", WHITE) + oval(124, 72, 10, 9, RED)
    tag = (
        line("M150 96 C166 104 164 122 160 134", STEEL, 3)
        + group(box(148, 132, 24, 30, RED, 3), turn=8, about=(160, 134))
        + leaf(150, 152, 18, -30, WHITE)
    )
    petals = around(104, 156, 11, 5, lambda x, y, _: disc(x, y, 8, TEAL), -90) + disc(104, 156, 6, AMBER)
    return (
        grounded(150, 206, 126)
        + handle
        + spout
        + body(
            d,
            CREAM,
            shade(154, 80, 60, 140, 0.08),
            gleam(76, 122, 9, 44, 0.8),
            box(50, 186, 150, 5, TEAL, 0, 0.7),
            petals,
        )
        + lid
        + tag
        + box(96, 203, 56, 8, STEEL, 4)
        + steam((226, 88))
    )
