"""Shapes as SVG text: what the motifs are put together from. Coordinates are pixels of a 256 by 256 canvas."""

import math

from .palette import GROUND, SHADOW

SIZE = 256


class Clips:
    """Names the clipping paths of one picture: one, two, three in the order they are asked for."""

    count = 0

    @classmethod
    def name(cls):
        """The next free name."""
        cls.count += 1
        return f"c{cls.count}"


def path(d, fill, opacity=1.0):
    """A filled path."""
    return f'<path d="{d}" fill="{fill}" fill-opacity="{opacity}"/>'


def line(d, colour, width, opacity=1.0):
    """A stroked path with round ends."""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-opacity="{opacity}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def oval(x, y, rx, ry, fill, opacity=1.0, turn=0):
    """An ellipse around (x, y), turned by `turn` degrees."""
    return (
        f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx}" ry="{ry}" fill="{fill}" fill-opacity="{opacity}" '
        f'transform="rotate({turn:.1f} {x:.1f} {y:.1f})"/>'
    )


def disc(x, y, r, fill, opacity=1.0):
    """A circle around (x, y)."""
    return oval(x, y, r, r, fill, opacity)


def box(x, y, width, height, fill, radius=0, opacity=1.0):
    """A rectangle with round corners."""
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="{fill}" '
        f'fill-opacity="{opacity}"/>'
    )


def body(d, fill, *inside):
    """A filled path with `inside` drawn within its outline only."""
    name = Clips.name()
    return (
        f'<clipPath id="{name}"><path d="{d}"/></clipPath>{path(d, fill)}'
        f'<g clip-path="url(#{name})">{"".join(inside)}</g>'
    )


def group(*parts, move=(0, 0), turn=0, scale=1.0, about=(128, 128)):
    """Parts moved, and turned and scaled about a point."""
    x, y = about
    return (
        f'<g transform="translate({move[0]} {move[1]}) translate({x} {y}) rotate({turn}) scale({scale}) '
        f'translate({-x} {-y})">{"".join(parts)}</g>'
    )


def around(x, y, radius, count, draw, start=0.0):
    """`draw(x, y, degrees)` at `count` places on a circle."""
    parts = []
    for index in range(count):
        degrees = start + 360 * index / count
        angle = math.radians(degrees)
        parts.append(draw(x + radius * math.cos(angle), y + radius * math.sin(angle), degrees))
    return "".join(parts)


def shade(x, y, width, height, strength=0.12):
    """The side away from the light."""
    return box(x, y, width, height, SHADOW, 0, strength)


def gleam(x, y, width, height, strength=0.35):
    """The stripe of light on something smooth."""
    return box(x, y, width, height, "#FFFFFF", width / 2, strength)


def grounded(width, y=214, x=128):
    """The shadow something casts on the ground."""
    return oval(x, y, width / 2, max(6, width / 18), SHADOW, 0.16)


def leaf(x, y, length, turn, fill):
    """A leaf that grows from (x, y) to the right before it is turned."""
    half = length * 0.3
    d = f"M{x} {y} Q{x + length * 0.45} {y - half} {x + length} {y} Q{x + length * 0.45} {y + half} {x} {y}Z"
    vein = line(f"M{x + length * 0.12} {y} L{x + length * 0.8} {y}", "#FFFFFF", 1.8, 0.35)
    return f'<g transform="rotate({turn} {x} {y})">{path(d, fill)}{vein}</g>'


def picture(tint, motif):
    """The whole picture: paper, tinted disc, motif."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}">'
        f"{box(0, 0, SIZE, SIZE, GROUND)}{disc(128, 128, 110, tint)}{motif}</svg>"
    )
