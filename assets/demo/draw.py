"""Draws the pictures of the demo shop: `python3 draw.py` writes pictures/<sku>.png for every product of shop.json.

Needs cairosvg (SVG to pixels) and Pillow (small PNG files) from PyPI. `--sheet FILE` writes one picture of all the
pictures instead, to look at them together. The same shop gives the same pictures, pixel by pixel.
"""

import argparse
import io
import json
import pathlib
import sys

import cairosvg
from PIL import Image

from drawing.motifs import MOTIFS
from drawing.palette import TINTS
from drawing.shapes import SIZE, Clips, picture

HERE = pathlib.Path(__file__).parent
BYTES_MAX = 12 * 1024  # of one picture
COLOURS = (64, 48, 32)  # of one picture, as many as fit: flat shapes need few, their smooth edges the rest
COLUMNS = 8  # of the sheet


def draw(product):
    """The picture of one product as an image."""
    Clips.count = 0
    svg = picture(TINTS[product["category"]], MOTIFS[product["sku"]]())
    # Drawn twice as large and made smaller: smoother edges.
    large = cairosvg.svg2png(bytestring=svg.encode(), output_width=2 * SIZE, output_height=2 * SIZE)
    return Image.open(io.BytesIO(large)).convert("RGB").resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def png(image):
    """The image as the bytes of a small PNG file, with as many colours as fit."""
    for colours in COLOURS:
        out = io.BytesIO()
        few = image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True)
        if out.tell() <= BYTES_MAX:
            return out.getvalue()
    raise ValueError(f"more than {BYTES_MAX} bytes with {COLOURS[-1]} colours")


def write_sheet(products, file):
    """Writes all pictures into one."""
    rows = -(-len(products) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (SIZE + 8), rows * (SIZE + 8)), "#FFFFFF")
    for index, product in enumerate(products):
        place = (index % COLUMNS * (SIZE + 8) + 4, index // COLUMNS * (SIZE + 8) + 4)
        sheet.paste(Image.open(io.BytesIO(png(draw(product)))).convert("RGB"), place)
    sheet.save(file)


def write_pictures(products):
    """Writes one file for each product."""
    for product in products:
        file = HERE / product["picture"]
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(png(draw(product)))


def main():
    """Reads the shop and draws it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sheet", metavar="FILE", help="write one picture of all pictures instead")
    parser.add_argument("--only", metavar="DIGIT", default="", help="only the SKUs that begin with this")
    arguments = parser.parse_args()
    products = json.loads((HERE / "shop.json").read_text(encoding="utf-8"))["products"]
    products = [product for product in products if product["sku"].startswith(arguments.only)]
    missing = [product["sku"] for product in products if product["sku"] not in MOTIFS]
    if missing:
        sys.exit(f"no motif in drawing/motifs.py for the SKU {', '.join(missing)}")
    if arguments.sheet:
        write_sheet(products, arguments.sheet)
    else:
        write_pictures(products)


if __name__ == "__main__":
    main()
