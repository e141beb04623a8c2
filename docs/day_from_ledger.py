#!/usr/bin/env python3
"""Adds up what a Tillkeeper ledger says was sold, from its facts alone, as the page "The format of the ledger" describes them.

    python3 day_from_ledger.py [--json] [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--drawer NUMBER] FILE_OR_DIRECTORY

A file is a ledger or a backup of one; a directory means its ledger.db. The days are business days, both included; left out, all.
With a drawer, only what counts for the shifts of that one: of a till with two, the days of each come to those of the till.
The file is opened to be read only. Logs to train on count nowhere. It needs Python 3.11 or later and nothing else, and shares no
code with the program that makes reports: where the two differ, one of them is wrong.

Money is in minor units of its currency (cents), quantities in thousandths of their unit, rates in parts per million.
"""

import argparse
import collections
import datetime
import json
import pathlib
import sqlite3
import struct
import sys

KIND_LENGTH_AT = 77
# Behind the kind: version, flags, wall, zone, hlc, boot, mono, clock quality, actor.
TAIL = struct.Struct(">HHqhQQQB16s")
TRAINING = 2
MILLION = 1_000_000


def facts(ledger):
    """Every fact that counts, in the order of its arrival: kind, payload, local time, actor."""
    connection = sqlite3.connect(f"{ledger.resolve().as_uri()}?mode=ro", uri=True)
    for envelope, payload in connection.execute("select envelope, payload from fact order by arrival"):
        length = envelope[KIND_LENGTH_AT]
        kind = envelope[KIND_LENGTH_AT + 1 : KIND_LENGTH_AT + 1 + length].decode("ascii")
        _, flags, wall, zone, *_, actor = TAIL.unpack_from(envelope, KIND_LENGTH_AT + 1 + length)
        if flags & TRAINING:
            continue
        local = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=wall, minutes=zone)
        yield kind, payload, local, actor.hex()


def rounded(numerator, denominator, rounding):
    """A quotient as a whole number, rounded as the shop's tax policy says."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    whole, rest = divmod(abs(numerator), abs(denominator))
    twice = 2 * rest
    if rounding == "half_up":
        whole += twice >= abs(denominator)
    elif rounding == "half_even":
        whole += twice > abs(denominator) or (twice == abs(denominator) and whole % 2 == 1)
    return sign * whole


class Day:
    """What was sold within some days, in one currency."""

    def __init__(self):
        self.days = collections.defaultdict(collections.Counter)
        self.hours = collections.defaultdict(collections.Counter)
        self.operators = collections.defaultdict(collections.Counter)
        self.products = collections.defaultdict(collections.Counter)
        self.taxes = collections.defaultdict(collections.Counter)
        self.tenders = collections.defaultdict(collections.Counter)
        self.acts = collections.defaultdict(collections.Counter)

    def act(self, act, times, amount=0):
        self.acts[act].update(times=times, amount=amount)

    def sale(self, day, local, actor, sale, decimals):
        sums = collections.Counter(
            sales=1,
            items=sum(sign(line) * pieces(line) for line in sale["lines"]),
            net=sum(row["net"] for row in sale["taxes"]),
            tax=sum(row["tax"] for row in sale["taxes"]),
            total=sale["total"],
        )
        for to in (self.days[day], self.hours[local.hour], self.operators[actor]):
            to.update(sums)
        for row in sale["taxes"]:
            self.taxes[row["rate"]].update(net=row["net"], tax=row["tax"])
        for tender in sale["tenders"]:
            way = tender["direction"]
            kept = tender["tendered"] - tender["change"]
            self.tenders[tender["kind"]].update({f"{way}_times": 1, way: kept})
        policy = sale["tax_policy"]
        for line, tax in zip(sale["lines"], parts_of_tax(sale)):
            net = line["amount"] - (tax if policy["mode"] == "included" else 0)
            moved = line["quantity"] * line.get("pack", 1000) // 1000
            self.products[line.get("product")].update(
                lines=1,
                thousandths=sign(line) * moved,
                net=sign(line) * net,
                tax=sign(line) * tax,
            )
            if line["direction"] == "return":
                self.act("return", 1, line["amount"])
            if "list_price" in line:
                # Millionths of the major unit × thousandths of the unit, to minor units.
                exact = line["list_price"] * line["quantity"] * 10 ** decimals
                listed = rounded(exact, MILLION * 1000, policy["rounding"])
                typed = line["amount"] + line.get("share", 0) + line.get("discount", {}).get("amount", 0) + line.get("exempt", {}).get("off", 0)
                self.act("override", 1, sign(line) * (listed - typed))
            if "discount" in line:
                self.act("discount", 1, sign(line) * line["discount"]["amount"])
        if "discount" in sale:
            self.act("discount", 1, sum(sign(line) * line.get("share", 0) for line in sale["lines"]))
        tip = sum(tender.get("tip", 0) for tender in sale["tenders"])
        if tip:
            self.act("tip", 1, tip)
        self.trail(sale)

    def correct(self, said):
        """What was keyed as one way was another: it moves on the day somebody said so."""
        way = said["direction"]
        self.tenders[said["from"]].update({way: -said["amount"]})
        self.tenders[said["to"]].update({way: said["amount"]})

    def trail(self, sale):
        voided = sum(
            entry["act"] == "line_voided" or (entry["act"], entry.get("what")) == ("undone", "line_added")
            for entry in sale.get("trail", ())
        )
        if voided:
            self.act("void_line", voided)

    def merge(self, merged):
        """What was sold of a double counts for the product it was merged into, whenever that was."""
        for double in merged.keys() & self.products.keys():
            kept = double
            for _ in merged:
                kept = merged.get(kept, kept)
            self.products[kept].update(self.products.pop(double))

    def told(self):
        return {
            name: {str(key): {word: value for word, value in sums.items() if value} for key, sums in groups.items()}
            for name, groups in vars(self).items()
        }


def sign(line):
    return -1 if line["direction"] == "return" else 1


def parts_of_tax(sale):
    """The part of each line in the tax of its sale: its own where tax is rounded on lines or it takes back a line of another
    sale, else what the tax of its rate grows by with it."""
    policy = sale["tax_policy"]
    sums = collections.Counter()
    for line in sale["lines"]:
        if policy["scope"] == "line" or "of" in line:
            yield line["tax"]
            continue
        rate = line["tax_rate"]
        whole = MILLION + (rate if policy["mode"] == "included" else 0)
        before = sums[rate]
        sums[rate] += sign(line) * line["amount"]
        yield abs(rounded(sums[rate] * rate, whole, policy["rounding"]) - rounded(before * rate, whole, policy["rounding"]))


def pieces(line):
    """How many pieces a line is; one by weight or measure is one."""
    return line["quantity"] // 1000 if line["unit"] == "each" else 1


# Minor units per major one where it is not a hundred (ISO 4217).
DECIMALS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "XOF": 0, "XAF": 0, "XPF": 0, "PYG": 0, "UGX": 0,
            "RWF": 0, "KMF": 0, "GNF": 0, "DJF": 0, "BIF": 0, "VUV": 0, "TND": 3, "BHD": 3, "IQD": 3, "JOD": 3,
            "KWD": 3, "LYD": 3, "OMR": 3}  # fmt: skip


def add_up(ledger, first, last, drawer=None):
    """What was sold from the first day to the last, by currency, into any drawer or into one; the empty one has what is of none."""
    currencies = collections.defaultdict(Day)
    merged = {}
    for kind, payload, local, actor in facts(ledger):
        if kind == "product.merged":
            said = json.loads(payload)
            merged[said["merged"]] = said["kept"]
        if kind not in ("sale.completed", "sale.cancelled", "payment.corrected", "drawer.opened", "receipt.reprinted"):
            continue
        said = json.loads(payload)
        # A receipt that is printed again is of no drawer.
        if drawer is not None and (kind == "receipt.reprinted" or said.get("drawer", 1) != drawer):
            continue
        day = said.get("business_day", local.date().isoformat())
        if not (first or "") <= day <= (last or "9999-12-31"):
            continue
        if kind == "sale.completed":
            code = said["currency"]
            currencies[code].sale(day, local, actor, said, DECIMALS.get(code, 2))
        elif kind == "payment.corrected":
            currencies[said["currency"]].correct(said)
        elif kind == "sale.cancelled":
            currencies[said["currency"]].act("cancel", 1, said["total"])
            currencies[said["currency"]].trail(said)
        elif kind == "drawer.opened":
            currencies[""].act("no_sale", 1)
        else:
            currencies[""].act("reprint", 1)
    for day in currencies.values():
        day.merge(merged)
    return {code: day.told() for code, day in currencies.items()}


def written(told):
    """The sums for people to read."""
    for code, groups in told.items():
        print(f"# {code or 'without money'}")
        for name, sums in groups.items():
            for key, words in sorted(sums.items()):
                print(f"{name:<10} {key:<36} " + "  ".join(f"{word} {value}" for word, value in words.items()))


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--json", action="store_true", help="one JSON object instead of lines to read")
    asked.add_argument("--from", dest="first", help="the first business day")
    asked.add_argument("--to", dest="last", help="the last business day")
    asked.add_argument("--drawer", type=int, help="only what went into this drawer, by its number")
    asked.add_argument("ledger", type=pathlib.Path)
    words = asked.parse_args()
    ledger = words.ledger / "ledger.db" if words.ledger.is_dir() else words.ledger
    if not ledger.is_file():
        print(f"{ledger} is no ledger", file=sys.stderr)
        return 2
    told = add_up(ledger, words.first, words.last, words.drawer)
    if words.json:
        json.dump(told, sys.stdout, sort_keys=True)
    else:
        written(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
