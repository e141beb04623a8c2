"""Writes scans.jsonl: what the library biip (PyPI, Apache-2.0) makes of GS1 symbols and of numbers with a weight or price.

It is run by hand when the list of scans changes, with biip 5.2.0 installed; the tests only read what it wrote:
python3 make.py > scans.jsonl
"""

import json
import random

import biip
from biip.checksums import gs1_price_weight_check_digit, gs1_standard_check_digit
from biip.gs1_messages import GS1Message
from biip.gtin import Gtin
from biip.rcn import RcnRegion
from biip.upc import Upc

draw = random.Random(20260302)
GS = "\x1d"
CHARACTERS = "ABCXYZabc0123456789-/."


def digits(count):
    return "".join(draw.choice("0123456789") for _ in range(count))


def checked(payload):
    return payload + str(gs1_standard_check_digit(payload))


def date():
    return f"{draw.randint(20, 40):02}{draw.randint(1, 12):02}{draw.randint(0, 28):02}"


def text(limit):
    return "".join(draw.choice(CHARACTERS) for _ in range(draw.randint(1, limit)))


ELEMENTS = [
    lambda: ("10", text(20)),
    lambda: ("11", date()),
    lambda: ("15", date()),
    lambda: ("17", date()),
    lambda: ("20", digits(2)),
    lambda: ("21", text(20)),
    lambda: ("30", str(draw.randint(1, 99))),
    lambda: ("240", text(30)),
    lambda: ("310" + draw.choice("0123"), digits(6)),
    lambda: ("315" + draw.choice("0123"), digits(6)),
    lambda: ("320" + draw.choice("0123"), digits(6)),
    lambda: ("392" + draw.choice("0123"), str(draw.randint(1, 999999))),
    lambda: ("400", text(30)),
    lambda: ("422", "250"),
    lambda: ("7003", "2612311200"),
    lambda: ("91", text(40)),
]
FIXED = ("11", "15", "17", "20", "310", "315", "320")


def message():
    parts = [("01", checked(draw.choice("019") + digits(12)))]
    seen = set()
    for make in draw.sample(ELEMENTS, draw.randint(0, 5)):
        ai, value = make()
        parts.append((ai, value))
    scan = ""
    for place, (ai, value) in enumerate(parts):
        scan += ai + value
        if place + 1 < len(parts) and not ai.startswith(("01", *FIXED)):
            scan += GS
    return scan


def gs1(scan):
    try:
        parsed = GS1Message.parse(scan)
    except biip.ParseError:
        return None
    return [
        {
            "ai": element.ai.ai,
            "value": element.value,
            "date": element.date.isoformat() if element.date else None,
            "decimal": str(element.decimal) if element.decimal is not None else None,
        }
        for element in parsed.element_strings
    ]


def rcn(region, code):
    try:
        parsed = Gtin.parse(code, config=biip.ParseConfig(rcn_region=region))
    except biip.ParseError:
        return None
    measures = {name: getattr(parsed, name, None) for name in ("weight", "price", "count")}
    if all(measure is None for measure in measures.values()):
        return None
    said = {name: str(measure) if measure is not None else None for name, measure in measures.items()}
    return {**said, "emptied": parsed.without_variable_measure().as_gtin_13()}


for _ in range(600):
    scan = message()
    print(json.dumps({"kind": "gs1", "scan": scan, "says": gs1(scan)}))
# What is cut off, or has a letter in a number, is said to be none, or read alike.
for _ in range(200):
    scan = message()
    at = draw.randrange(1, len(scan))
    scan = draw.choice([scan[:at], scan[:at] + draw.choice("Az05") + scan[at + 1 :]])
    print(json.dumps({"kind": "gs1", "scan": scan, "says": gs1(scan)}))

for region in RcnRegion:
    for prefix in range(20, 30):
        for _ in range(6):
            code = checked(f"{prefix}{digits(10)}")
            print(json.dumps({"kind": "rcn", "country": region.value.upper(), "code": code, "says": rcn(region, code)}))
    # Most numbers of chance have a wrong inner check digit: these have a right one.
    for prefix in (22, 23, 25, 26, 28, 29):
        value = digits(5)
        code = checked(f"{prefix}{digits(4)}{gs1_price_weight_check_digit(value)}{value}")
        print(json.dumps({"kind": "rcn", "country": region.value.upper(), "code": code, "says": rcn(region, code)}))
    value = digits(4)
    code = checked(f"20{digits(5)}{gs1_price_weight_check_digit(value)}{value}")
    print(json.dumps({"kind": "rcn", "country": region.value.upper(), "code": code, "says": rcn(region, code)}))

for length in (8, 12, 13, 14):
    for _ in range(80):
        code = draw.choice([checked(digits(length - 1)), digits(length)])
        try:
            Gtin.parse(code)
            valid = True
        except biip.ParseError:
            valid = False
        print(json.dumps({"kind": "gtin", "code": code, "valid": valid}))

for _ in range(200):
    six = digits(6)
    print(json.dumps({"kind": "upc_e", "code": six, "upc_a": Upc.parse(six).as_upc_a()}))
for _ in range(200):
    payload = draw.choice("01") + digits(6)
    upc = Upc.parse(payload)
    print(json.dumps({"kind": "upc_e", "code": payload, "upc_a": upc.as_upc_a()}))
