#!/usr/bin/env python3
"""Makes the fonts beside this file: the letters paper needs, out of the whole fonts.

They come from Debian's fonts-noto-core (20201225) and, because Debian has no Noto Emoji without colours, from the npm
package @fontsource/noto-emoji (5.3.2). All are under the SIL Open Font License 1.1, whose text is OFL.txt.

    apt-get install fonts-noto-core fonts-noto-cjk && pip install fonttools==4.68.0 brotli
    npm pack @fontsource/noto-emoji@5.3.2 && tar xzf fontsource-noto-emoji-5.3.2.tgz
    python3 subset.py package/files/noto-emoji-emoji-400-normal.woff2

It also makes the few Chinese, Japanese and Korean letters the tests draw, out of fonts-noto-cjk (20220127).

The same input gives the same bytes. Hints are dropped: paper has eight dots a millimetre and more.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

DEBIAN = Path("/usr/share/fonts/truetype/noto")
CJK = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
HERE = Path(__file__).parent
TESTS = HERE / "../../src-tauri/crates/devices/tests/paper"

# Blocks of Unicode by the letters shops write: Latin with its neighbours, Greek, Cyrillic, punctuation, money, arrows,
# the frames of tables, a few marks.
EUROPE = (
    "20-7E,A0-24F,259,2B9-2BC,2C6-2DD,300-304,306-30C,327,328,37A-37F,384-3CE,400-45F,462,463,472-475,490-493,49A,"
    "49B,4A2,4A3,4AE-4B1,4BA,4BB,4D8,4D9,4E8,4E9,1E00-1E03,1E0A,1E0B,1E1E,1E1F,1E40,1E41,1E56,1E57,1E60,1E61,1E6A,"
    "1E6B,1E80-1E85,1E9E,1EA0-1EF9,2000-200F,2010-2027,202A-203A,2044,2066-2070,2074-208E,20A0-20BF,2113,2116,2122,"
    "2126,212E,215B-215E,2190-2195,2202,2206,220F,2211,2212,2215,2219,221A,221E,222B,2248,2260,2264,2265,2500-257F,"
    "2580-259F,25A0-25A2,25AA,25AB,25B2,25BA,25BC,25C4,25CA,25CB,25CF,2605,2606,2610-2612,2640,2642,2660-2667,266A,"
    "266B,2713,2717,FB00-FB04,FFFD"
)
ARABIC = (
    "20,A0,28-2F,3A,5B,5D,7B,7D,AB,BB,600-604,606-61C,61E-6FF,750-77F,8A0-8B4,200B-200F,2010,2011,2026,202A-202E,"
    "2066-2069,25CC,FDF2,FDFC,FEFC,FEF5-FEFB"
)
HEBREW = "20,A0,591-5F4,200C-200F,20AA,25CC,FB1D-FB4F"
THAI = "20,A0,E01-E3A,E3F-E5B,200B-200F,25CC"
# Stars, boxes, hands and hearts that stand in texts.
SYMBOLS = "20,2190-21FF,25A0-25FF,2600-26FF,2700-27BF,2B05-2B07,2B1B,2B1C,2B50-2B55"
# What people put into the names of goods: food and drink, clothes and things, weather, hearts and faces, flags no.
EMOJI = (
    "203C,2049,2122,2139,2194-2199,231A,231B,23F0,23F3,2600-2604,260E,2611,2614,2615,2618,261D,2620,2622,2623,2639,"
    "263A,2648-2653,2660,2663,2665,2666,2668,267B,267F,2692-2697,2699,26A0,26A1,26BD,26BE,26C4,26C5,26D4,26F5,2702,"
    "2705,2708-270D,270F,2712,2714,2716,271D,2728,2733,2744,274C,274E,2753-2755,2757,2763,2764,2795-2797,27A1,"
    "2B05-2B07,2B1B,2B1C,2B50,2B55,1F300-1F320,1F32D-1F37F,1F380-1F393,1F3A0-1F3CF,1F3E0-1F3F0,1F3F7,1F400-1F43F,"
    "1F44A-1F450,1F451-1F469,1F47B,1F484,1F48A-1F48E,1F490,1F493-1F49F,1F4A1,1F4A5,1F4A7,1F4AF,1F4B0,1F4B3-1F4B8,"
    "1F4BB,1F4BC,1F4C5,1F4C6,1F4CC,1F4D6-1F4DA,1F4DE,1F4E6,1F4F1,1F4F7,1F4FA,1F501,1F50B,1F50D,1F511,1F514,1F525,"
    "1F527,1F528,1F52A,1F54C,1F56F,1F57A,1F5A4,1F600-1F64F,1F680,1F695,1F697,1F69A,1F6B2,1F6BF,1F6CD,1F6D2,1F6F5,"
    "1F90D,1F90E,1F910-1F917,1F922-1F92F,1F942,1F943,1F944,1F950-1F96F,1F970-1F97A,1F980-1F9AE,1F9C0-1F9CB,1F9E1,"
    "1F9F4-1F9FF,1FAD0-1FAD9,1F9B7,1F9E5,1F9E6"
)

# What the names of goods in the tests are written with.
SAMPLE = "20-7E,5927,7C73,996D,8336,7EFF,725B,5976,9762,5305,82F9,679C,62B9,62C9,5ABD,304A,8336,FF0C,FF08,FF09,5143,30B3,30FC,30D2,AE40,CE58,30E9,30E1,30F3,6A5F,8C46,8150,9152,70B8,9E21,997A,5B50,65B0,9C9C,5341,516B,674E,660E"
# What joins letters and places marks.
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "init", "medi", "fina", "isol", "rlig", "liga", "calt"]

FONTS = [
    ("NotoSansMono-Condensed.ttf", EUROPE),
    ("NotoSansMono-CondensedBold.ttf", EUROPE),
    ("NotoSans-Regular.ttf", EUROPE),
    ("NotoSans-Bold.ttf", EUROPE),
    ("NotoSansArabic-Regular.ttf", ARABIC),
    ("NotoSansArabic-Bold.ttf", ARABIC),
    ("NotoSansHebrew-Regular.ttf", HEBREW),
    ("NotoSansHebrew-Bold.ttf", HEBREW),
    ("NotoSansThai-Regular.ttf", THAI),
    ("NotoSansThai-Bold.ttf", THAI),
    ("NotoSansSymbols2-Regular.ttf", SYMBOLS),
]


def code_points(blocks: str) -> list[int]:
    points: list[int] = []
    for block in blocks.split(","):
        first, _, last = block.partition("-")
        points.extend(range(int(first, 16), int(last or first, 16) + 1))
    return points


def make(source: Path, blocks: str, target: Path, features: list[str], number: int = 0) -> None:
    options = subset.Options()
    options.hinting = False
    options.drop_tables += ["STAT", "MVAR", "DSIG", "meta"]
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    options.layout_features = features
    font = TTFont(source, fontNumber=number, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=code_points(blocks))
    subsetter.subset(font)
    font.flavor = None
    # All of them are looked up by family and weight alone.
    font["OS/2"].usWidthClass = 5
    font.save(target)
    print(f"{target.name}: {target.stat().st_size:,} bytes, {len(font.getBestCmap())} characters")


def main() -> None:
    for name, blocks in FONTS:
        make(DEBIAN / name, blocks, HERE / name, FEATURES)
    # Without its features each emoji is one picture: families and skin colours are what they are made of, side by side.
    make(Path(sys.argv[1]), EMOJI, HERE / "NotoEmoji-Regular.ttf", [])
    # The third font of the collection is for simplified Chinese.
    make(CJK, SAMPLE, TESTS / "cjk-sample.otf", [], 2)


if __name__ == "__main__":
    main()
