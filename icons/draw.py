"""Draws the application's icons: `python3 draw.py` writes every file the bundles need beside this one.

A receipt comes out of a till's slot, ticked. Needs cairosvg (SVG to pixels) and Pillow (the macOS container) from PyPI.
The same script gives the same icons.
"""

import io
import pathlib
import struct

import cairosvg
from PIL import Image

HERE = pathlib.Path(__file__).parent

TEAL = "#1F6F6B"
TEAL_LIGHT = "#2F8A86"
NIGHT = "#143F40"
PAPER = "#FFFAEF"
PAPER_SHADE = "#E9DFCB"
LINE = "#CDBFA6"
AMBER = "#F2A63B"
WHITE = "#FFFFFF"

# Below this many pixels the fine lines go and the rest grows bolder.
FINE_FROM = 48
PNG_FILES = {"32x32.png": 32, "128x128.png": 128, "128x128@2x.png": 256, "icon.png": 512}
# Windows takes the first layer for the window while developing: 32 pixels fit its title bar.
ICO_SIZES = (32, 16, 24, 48, 64, 256)
ICNS_SIZES = (16, 32, 64, 128, 256, 512, 1024)


def ground(inset, radius):
    """The rounded square, its upper part in the light, and the slot."""
    side = 512 - 2 * inset
    return (
        f'<clipPath id="ground"><rect x="{inset}" y="{inset}" width="{side}" height="{side}" rx="{radius}"/></clipPath>'
        f'<g clip-path="url(#ground)"><rect width="512" height="512" fill="{TEAL}"/>'
        f'<rect width="512" height="172" fill="{TEAL_LIGHT}"/></g>'
    )


def paper(left, right, top, bottom, teeth):
    """A strip of paper with a torn lower edge."""
    step = (right - left) / teeth
    edge = "".join(
        f" L{right - step * (index + 0.5):.1f} {bottom + step * 0.42:.1f} L{right - step * (index + 1):.1f} {bottom}"
        for index in range(teeth)
    )
    return f"M{left} {top} L{right} {top} L{right} {bottom}{edge}Z"


def bar(x, y, width, height, colour):
    """A bar with round ends."""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{height / 2}" fill="{colour}"/>'


def tick(d, width):
    """The tick in the disc."""
    return (
        f'<path d="{d}" fill="none" stroke="{WHITE}" stroke-width="{width}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def fine():
    """The icon with all its parts."""
    strip = paper(142, 370, 172, 412, 6)
    return (
        ground(24, 108)
        + bar(92, 148, 328, 48, NIGHT)
        + f'<path d="{strip}" transform="translate(10 14)" fill="{NIGHT}" fill-opacity="0.35"/>'
        + f'<path d="{strip}" fill="{PAPER}"/>'
        + f'<rect x="142" y="172" width="228" height="20" fill="{PAPER_SHADE}"/>'
        + bar(174, 226, 96, 18, LINE)
        + bar(298, 226, 42, 18, LINE)
        + bar(174, 264, 70, 18, LINE)
        + bar(298, 264, 42, 18, LINE)
        + bar(174, 318, 62, 26, NIGHT)
        + f'<circle cx="350" cy="360" r="74" fill="{TEAL}"/><circle cx="350" cy="360" r="60" fill="{AMBER}"/>'
        + tick("M322 362 L342 382 L380 340", 19)
        + f'<circle cx="132" cy="98" r="15" fill="{AMBER}"/>'
        + bar(166, 88, 78, 20, NIGHT)
    )


def bold():
    """The icon for few pixels."""
    strip = paper(120, 392, 176, 420, 4)
    return (
        ground(8, 112)
        + bar(64, 132, 384, 76, NIGHT)
        + f'<path d="{strip}" fill="{PAPER}"/>'
        + bar(164, 232, 120, 36, LINE)
        + bar(164, 300, 76, 40, NIGHT)
        + f'<circle cx="348" cy="352" r="112" fill="{TEAL}"/><circle cx="348" cy="352" r="88" fill="{AMBER}"/>'
        + tick("M308 356 L338 386 L392 324", 34)
    )


def pixels(size):
    """The icon as an image with transparency."""
    parts = fine() if size >= FINE_FROM else bold()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">{parts}</svg>'
    # Drawn four times as large and made smaller: smoother edges.
    large = cairosvg.svg2png(bytestring=svg.encode(), output_width=4 * size, output_height=4 * size)
    return Image.open(io.BytesIO(large)).convert("RGBA").resize((size, size), Image.Resampling.LANCZOS)


def png(size):
    """The icon as the bytes of a PNG file."""
    out = io.BytesIO()
    pixels(size).save(out, "PNG", optimize=True)
    return out.getvalue()


def ico():
    """The Windows container: a directory of layers, each a PNG; written here because their order matters."""
    layers = [(size, png(size)) for size in ICO_SIZES]
    place = 6 + 16 * len(layers)
    directory = struct.pack("<HHH", 0, 1, len(layers))
    for size, data in layers:
        # A side of 256 is written as 0.
        directory += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return directory + b"".join(data for _, data in layers)


def icns():
    """The macOS container."""
    out = io.BytesIO()
    images = [pixels(size) for size in ICNS_SIZES]
    images[-1].save(out, "ICNS", append_images=images[:-1])
    return out.getvalue()


def main():
    """Writes all files."""
    for name, size in PNG_FILES.items():
        (HERE / name).write_bytes(png(size))
    (HERE / "icon.ico").write_bytes(ico())
    (HERE / "icon.icns").write_bytes(icns())


if __name__ == "__main__":
    main()
