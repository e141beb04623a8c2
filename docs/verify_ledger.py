#!/usr/bin/env python3
"""Checks Tillkeeper ledgers against the page "The format of the ledger" (ledger-format.md), and says the first fault it finds.

    python3 verify_ledger.py [--json] FILE_OR_DIRECTORY…

A file is a ledger, a backup of one, or an archive of one month. A directory means its ledger.db with the change-sets in its
folder `changes`, and the archives in its folder `archive`, which have to go on where the one before ended. The files are opened to be read only, also beside a running till, and nothing is written.
It needs Python 3.11 or later and nothing else, and shares no code with the program that writes ledgers.

The exit code is 0 when every ledger is whole, 1 when one is damaged, and 2 when one cannot be read or the call is wrong
(the highest, when there are several). A file that cannot be read is reported under rule 0; the other rules are those of the
page, in "What has to hold" and "Backups and archives".
"""

import argparse
import contextlib
import datetime
import functools
import hashlib
import itertools
import json
import os
import pathlib
import re
import sqlite3
import stat
import struct
import sys

# --- Ed25519 (RFC 8032): verification alone, over public values, so that nothing here has to be constant in time ---

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)  # extended coordinates: x = X/Z, y = Y/Z, T = XY/Z


def decompress(encoded):
    """The point that 32 bytes encode, or None: also for the encodings that RFC 8032 5.1.3 rejects as not canonical."""
    if len(encoded) != 32:
        return None
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * SQRT_M1 % P
        if v * x * x % P != u:
            return None
    if x == 0 and sign:
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def compress(point):
    x, y, z, _ = point
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def prepared(point):
    """A point in the form in which it is added most cheaply."""
    x, y, z, t = point
    return ((y + x) % P, (y - x) % P, 2 * z % P, 2 * D * t % P)


def add(point, other):
    """The sum of a point and a prepared point. Complete: it holds for equal points and for the identity as well."""
    x, y, z, t = point
    sums, differences, twice_z, scaled_t = other
    a = (y - x) * differences % P
    b = (y + x) * sums % P
    c = t * scaled_t % P
    d = z * twice_z % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def table_of(point):
    """Multiples of a point by 1…15 times each power of 16: with these, a multiplication needs no doubling."""
    table = []
    for _ in range(64):
        step = prepared(point)
        row, multiple = [None, step], point
        for _ in range(14):
            multiple = add(multiple, step)
            row.append(prepared(multiple))
        table.append(row)
        point = add(multiple, step)
    return table


def add_multiple(point, scalar, table):
    for row in table:
        digit = scalar & 15
        if digit:
            point = add(point, row[digit])
        scalar >>= 4
    return point


@functools.cache
def base_table():
    return table_of(decompress((4 * pow(5, -1, P) % P).to_bytes(32, "little")))


@functools.lru_cache(maxsize=8)
def key_table(public_key):
    """The table of the negative of a public key's point, or None where the bytes are no usable key."""
    point = decompress(public_key)
    if point is None:
        return None
    eightfold = point
    for _ in range(3):
        eightfold = add(eightfold, prepared(eightfold))
    if eightfold[0] == 0 and eightfold[1] == eightfold[2]:
        return None  # of small order: such a "key" accepts signatures that anybody can make
    x, y, z, t = point
    return table_of((P - x, y, z, P - t))


def verify_signature(public_key, message, signature):
    """Whether an Ed25519 signature holds. S and both points must be in their one canonical form."""
    if len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    table = key_table(public_key)
    if table is None:
        return False
    challenge = hashlib.sha512(signature[:32] + public_key + message).digest()
    k = int.from_bytes(challenge, "little") % L
    # S·B − k·A, whose encoding is canonical, so that an R in another form is never equal to it
    return compress(add_multiple(add_multiple(IDENTITY, s, base_table()), k, table)) == signature[:32]


# --- faults ---


class Fault(Exception):
    """A rule that does not hold. `log` and `seq` are filled in by whoever knows where it was found."""

    def __init__(self, rule, words, log=None, seq=None):
        super().__init__(words)
        self.rule, self.words, self.log, self.seq = rule, words, log, seq


def plain(text, limit=90):
    """Text from the file, made safe to print: no control characters, and not longer than a line."""
    text = text if len(text) <= limit else text[:limit] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def show(value):
    """A value from the file, for the words of a fault."""
    if isinstance(value, Text):
        value = value[:400].decode("utf-8", "backslashreplace")
    elif isinstance(value, bytes):
        return f"{value.hex() if len(value) <= 64 else value[:32].hex() + '…'} ({count(len(value), 'byte')})"
    if value is None:
        return "nothing"
    if isinstance(value, NotWhole):
        return plain(value, 40)
    if type(value) is int:
        return str(value) if value.bit_length() < 200 else "a number of more than 60 digits"
    if type(value) is str:
        return f'"{plain(value)}"'
    try:
        return plain(json.dumps(value, ensure_ascii=False))
    except (ValueError, TypeError, RecursionError):
        return f"a {type(value).__name__}"


def count(number, one, many=None):
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def moment(milliseconds):
    try:
        at = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=milliseconds)
        return at.strftime("%Y-%m-%d %H:%M:%S UTC")
    except (OverflowError, ValueError):
        return f"{milliseconds} milliseconds since 1970"


# --- the envelope ---

HEAD = struct.Struct(">4sB16s16s16s16sQB")
TAIL = struct.Struct(">HHqhQQQB16s32s32s")
ZERO_HASH = bytes(32)
ID_NAMES = ("organisation", "store", "terminal", "incarnation")


class Envelope:
    __slots__ = ("ids", "seq", "kind", "version", "flags", "wall", "hlc", "previous", "payload_hash")

    def __init__(self, data):
        if type(data) is not bytes:
            raise Fault(1, f"The envelope should be bytes; there is {show(data)}.")
        if len(data) < HEAD.size:
            raise Fault(1, f"The envelope should be at least 197 bytes long; it has {len(data)}.")
        magic, form, organisation, store, terminal, incarnation, self.seq, length = HEAD.unpack_from(data)
        if magic != b"TKPR":
            raise Fault(1, f'The envelope should begin with "TKPR" (54 4b 50 52); it begins with {magic.hex(" ")}.')
        if form != 1:
            raise Fault(1, f"The envelope should be of format 1; it says format {form}.")
        if len(data) != 197 + length:
            raise Fault(1, f"The envelope should be {197 + length} bytes long, as its kind has {length}; it has {len(data)}.")
        kind = data[78 : 78 + length]
        if not kind.isascii():
            raise Fault(1, f"The kind in the envelope should be ASCII; there is {show(kind)}.")
        self.kind = kind.decode("ascii")
        self.ids = (organisation, store, terminal, incarnation)
        (
            self.version,
            self.flags,
            self.wall,
            _zone,
            self.hlc,
            _boot,
            _mono,
            quality,
            _actor,
            self.previous,
            self.payload_hash,
        ) = TAIL.unpack_from(data, 78 + length)
        if quality > 3:
            raise Fault(1, f"The clock quality in the envelope should be 0, 1, 2 or 3; it is {quality}.")


# --- payloads ---

KNOWN_KINDS = frozenset(
    (
        "ledger.opened",
        "sale.completed",
        "sale.cancelled",
        "payment.begun",
        "payment.ended",
        "payment.corrected",
        "record.changed",
        "record.imported",
        "record.exported",
        "record.erased",
        "session.signed_in",
        "session.signed_out",
        "receipt.reprinted",
        "receipt.mailed",
        "report.mailed",
        "statement.mailed",
        "receipt.confirmed",
        "receipt.given_up",
        "drawer.opened",
        "drawer.chosen",
        "backup.asked",
        "audit.exported",
        "key.introduced",
        "clock.jumped",
        "call.refused",
        "fault.recorded",
        "bundle.made",
        "stock.counted",
        "product.merged",
        "shift.opened",
        "cash.moved",
        "shift.counted",
        "shift.closed",
        "shift.read",
        "shift.reprinted",
        "invoice.issued",
        "invoice.given",
        "account.paid",
        "account.written_off",
    )
)

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
HEX_32 = re.compile(r"[0-9a-f]{64}", re.IGNORECASE | re.ASCII)
LONG_NUMBER = re.compile(rb"[0-9]{19}")
LEAST, MOST, MOST_UNSIGNED = -(2**63), 2**63 - 1, 2**64 - 1


class Unreadable(Exception):
    pass


def without_repeats(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        seen = set()
        for name, _ in pairs:
            if name in seen:
                raise Unreadable(f"it names the field {show(name)} twice")
            seen.add(name)
    return members


class NotWhole(str):
    """A number that is not an integer of 64 bits, as it is written. No rule takes it for a number, or for text."""

    made = 0

    def __init__(self, _text):
        NotWhole.made += 1


def no_constant(text):
    raise Unreadable(f"it has {text}, which is no JSON")


def bounded(text):
    return int(text) if len(text) <= 20 and LEAST <= int(text) <= MOST_UNSIGNED else NotWhole(text)


DECODER = json.JSONDecoder(object_pairs_hook=without_repeats, parse_float=NotWhole, parse_constant=no_constant)
CAREFUL_DECODER = json.JSONDecoder(
    object_pairs_hook=without_repeats, parse_float=NotWhole, parse_constant=no_constant, parse_int=bounded
)

REPORT = {
    "expected": None,
    "held": None,
    "figures": {
        "discounts": dict.fromkeys(("count", "amount")),
        **dict.fromkeys(
            (
                *("sales", "sold", "refunds", "refunded", "rounding", "tips"),
                *("account_card", "account_written_off", "cancelled", "no_sales", "counts"),
            )
        ),
        "cash": dict.fromkeys(
            ("float", "taken", "change", "refunded", "paid_in", "paid_out", "expenses", "drops", "corrected", "account")
        ),
        "taxes": [dict.fromkeys(("rate", "net", "tax"))],
        "tenders": [dict.fromkeys(("kind", "count", "taken", "given"))],
    },
}

# The fields that rules need. A number there that is not whole breaks the rule that needs it, and elsewhere rule 4.
NEEDED = {
    "ledger.opened": dict.fromkeys((*ID_NAMES, "series", "reason")),
    "sale.completed": {
        **dict.fromkeys(("sale", "number", "receipt_number", "currency", "total")),
        "tax_policy": {"mode": None},
        "lines": [{"amount": None, "direction": None}],
        "taxes": [{"net": None, "tax": None}],
        "tenders": [{"tendered": None, "change": None, "tip": None, "direction": None}],
        "cash_rounding": None,
    },
    "key.introduced": {"public_key": None},
    "shift.opened": {"float": None},
    "cash.moved": {"amount": None},
    "account.paid": {"number": None, "amount": None, "owed": None},
    "account.written_off": {"amount": None, "owed": None},
    "payment.corrected": {"amount": None},
    "invoice.issued": {
        **dict.fromkeys(("number", "total")),
        "taxes": [dict.fromkeys(("rate", "net", "tax"))],
    },
    "shift.read": REPORT,
    "shift.closed": {**REPORT, **dict.fromkeys(("number", "z_number", "counted", "over_short", "left"))},
}


def stray_number(value, needed=()):
    """A number that is not whole where no rule needs one, or None. (`needed` is None, an object or a list of NEEDED.)"""
    if isinstance(value, NotWhole):
        return value if needed == () else None
    if type(value) is list:
        inner = needed[0] if type(needed) is list else ()
        pairs = ((inner, item) for item in value)
    elif type(value) is dict:
        fields = needed if type(needed) is dict else {}
        pairs = ((fields.get(name, ()), item) for name, item in value.items())
    else:
        return None
    return next((found for inner, item in pairs if (found := stray_number(item, inner)) is not None), None)


def read_payload(payload, kind=None):
    """The JSON object that the bytes of a payload are; Unreadable says why they are none."""
    made = NotWhole.made
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"it is not valid UTF-8 at byte {error.start}") from None
    try:
        value = (CAREFUL_DECODER if LONG_NUMBER.search(payload) else DECODER).decode(text)
    except RecursionError:
        raise Unreadable("its lists and objects stand in each other too deeply to be read") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"it is not valid JSON at character {error.pos}: {error.msg}") from None
    except ValueError as error:
        raise Unreadable(f"it is not valid JSON: {error}") from None
    if type(value) is not dict:
        raise Unreadable("it is not a JSON object")
    if NotWhole.made != made:
        stray = stray_number(value, NEEDED.get(kind, {}))
        if stray is not None:
            raise Unreadable(f"it has the number {plain(stray, 40)}, and only whole numbers of 64 bits may stand there")
    return value


def moved_by(sale, kind):
    """What a sale's tenders of this kind brought the account of its customer, or None where it has none."""
    of_kind = [tender for tender in sale["tenders"] if tender["kind"] == kind]
    if not of_kind:
        return None
    return sum((tender["tendered"] - tender["change"]) * (1 if tender["direction"] == "given" else -1) for tender in of_kind)


def uuid_bytes(value):
    """The sixteen bytes of an id that is written as text, or None."""
    if type(value) is str and UUID.fullmatch(value):
        return bytes.fromhex(value.replace("-", ""))
    return None


def uuid_text(value):
    if type(value) is bytes and len(value) == 16:
        digits = value.hex()
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    return show(value)


def money(holder, name, where):
    value = holder.get(name)
    if type(value) is not int or not LEAST <= value <= MOST:
        raise Fault(8, f"{where} should have a `{name}` that is a whole number of minor units; there is {show(value)}.")
    return value


def objects(holder, name):
    value = holder.get(name)
    if type(value) is not list:
        raise Fault(8, f"The sale should have a list `{name}`; there is {show(value)}.")
    for place, item in enumerate(value, 1):
        if type(item) is not dict:
            raise Fault(8, f"Entry {place} of `{name}` should be an object; there is {show(item)}.")
        yield place, item


def whole(holder, name, where):
    value = holder.get(name)
    if type(value) is not int or not LEAST <= value <= MOST:
        raise Fault(16, f"{where} should have a `{name}` that is a whole number; there is {show(value)}.")
    return value


def held_in(report):
    """Cash of customers whose sale was still open when a report was made."""
    return whole(report, "held", "The report") if report.get("held") is not None else 0


CASH = ("float", "taken", "change", "refunded", "paid_in", "paid_out", "expenses", "drops", "corrected", "account")
ACCOUNTS = ("account_card", "account_written_off")
COUNTS = ("sales", "sold", "refunds", "refunded", "rounding", "tips", *ACCOUNTS, "cancelled", "no_sales", "counts")


OF_A_DRAWER = frozenset(
    (
        "sale.cancelled",
        "drawer.opened",
        "payment.corrected",
        "shift.opened",
        "cash.moved",
        "account.paid",
        "account.written_off",
        "shift.counted",
        "shift.read",
        "shift.closed",
    )
)


def discounts_of(sale):
    """How many discounts a sale and its lines had, and what they took off; None where that cannot be read."""
    on_all = sale.get("discount") is not None
    times, off = int(on_all), 0
    for line in sale.get("lines", ()):
        sign = -1 if line["direction"] == "return" else 1
        discount = line.get("discount")
        if discount is not None:
            if type(discount) is not dict or type(discount.get("amount")) is not int:
                return None
            times, off = times + 1, off + sign * discount["amount"]
        share = line.get("share")
        if on_all and share is not None:
            if type(share) is not int:
                return None
            off += sign * share
    return times, off


def check_written_off(content):
    """Rule 19, as far as it is of one fact."""
    if any(type(content.get(name)) is not int for name in ("amount", "owed")) or uuid_bytes(content.get("customer")) is None:
        raise Fault(19, "The write-off should have an `amount`, what is `owed`, and its `customer`.")


class Shift:
    """What the running shift of one drawer comes to, counted from the facts since its close before (rule 16)."""

    def __init__(self, left=0, is_whole=False):
        self.is_whole = is_whole
        self.cash = dict.fromkeys(CASH, 0)
        self.cash["float"] = left
        self.counts = dict.fromkeys(COUNTS, 0)
        self.taxes, self.tenders = {}, {}
        self.discounts = (0, 0)

    def sell(self, sale):
        total = sale["total"]
        self.counts["refunds" if total < 0 else "sales"] += 1
        self.counts["refunded" if total < 0 else "sold"] += abs(total)
        self.counts["rounding"] += sale.get("cash_rounding", 0)
        off = discounts_of(sale)
        if off is None:
            self.is_whole = False
            return
        self.discounts = (self.discounts[0] + off[0], self.discounts[1] + off[1])
        for entry in sale["taxes"]:
            rate = entry.get("rate")
            if type(rate) is not int:
                self.is_whole = False
                return
            net, tax = self.taxes.get(rate, (0, 0))
            self.taxes[rate] = (net + entry["net"], tax + entry["tax"])
        for tender in sale["tenders"]:
            kind = tender.get("kind")
            if type(kind) is not str:
                self.is_whole = False
                return
            self.counts["tips"] += tender.get("tip", 0)
            kept, taken_now = tender["tendered"] - tender["change"], tender["direction"] == "taken"
            times, taken, given = self.tenders.get(kind, (0, 0, 0))
            self.tenders[kind] = (times + 1, taken + kept * taken_now, given + kept * (not taken_now))
            if taken_now:
                self.cash["taken"] += tender["tendered"] if kind == "cash" else 0
                self.cash["change"] += tender["change"]
            elif kind == "cash":
                self.cash["refunded"] += kept

    def take(self, kind, content):
        """Counts a fact that is no sale."""
        if kind == "sale.cancelled":
            self.counts["cancelled"] += 1
        elif kind == "drawer.opened":
            self.counts["no_sales"] += 1
        elif kind == "shift.counted":
            self.counts["counts"] += 1
        elif kind == "shift.opened":
            if content.get("afresh") is True:
                self.__init__(0, self.is_whole)
            self.cash["float"] = content.get("float")
            self.is_whole = self.is_whole and type(content.get("float")) is int
        elif kind == "payment.corrected":
            self.correct(content)
        elif kind == "account.paid":
            amount = content.get("amount")
            if content.get("kind") not in ("cash", "card") or type(amount) is not int:
                self.is_whole = False
            elif content["kind"] == "cash":
                self.cash["account"] += amount
            else:
                self.counts["account_card"] += amount
        elif kind == "account.written_off":
            if type(content.get("amount")) is int:
                self.counts["account_written_off"] += content["amount"]
            else:
                self.is_whole = False
        elif kind == "cash.moved":
            sums = {"paid_in": "paid_in", "paid_out": "paid_out", "expense": "expenses", "drop": "drops"}
            name, amount = sums.get(content.get("kind")), content.get("amount")
            if name is None or type(amount) is not int:
                self.is_whole = False
            else:
                self.cash[name] += amount

    def correct(self, content):
        """Moves an amount from one way to another, and in the drawer where one of them is cash."""
        amount, direction = content.get("amount"), content.get("direction")
        ways = [content.get("from"), content.get("to")]
        if type(amount) is not int or direction not in ("taken", "given") or any(type(way) is not str for way in ways):
            self.is_whole = False
            return
        is_taken = direction == "taken"
        for way, more in ((ways[0], -amount), (ways[1], amount)):
            times, taken, given = self.tenders.get(way, (0, 0, 0))
            self.tenders[way] = (times, taken + more * is_taken, given + more * (not is_taken))
            if way == "cash":
                self.cash["corrected"] += more if is_taken else -more

    def check(self, report):
        """The equation of a report, and its figures against what was counted."""
        figures = report.get("figures")
        if type(figures) is not dict or type(figures.get("cash")) is not dict:
            raise Fault(16, f"The report should have `figures` with `cash`; there is {show(figures)}.")
        cash = {name: whole({"corrected": 0, "account": 0} | figures["cash"], name, "The drawer's cash") for name in CASH}
        absent = dict.fromkeys(("rounding", "tips", *ACCOUNTS), 0)
        said = {name: whole(absent | figures, name, "The report's figures") for name in COUNTS}
        taxes, tenders = {}, {}
        for name, into, key, fields in (
            ("taxes", taxes, "rate", ("net", "tax")),
            ("tenders", tenders, "kind", ("count", "taken", "given")),
        ):
            if type(figures.get(name)) is not list:
                raise Fault(16, f"The report's figures should have a list `{name}`; there is {show(figures.get(name))}.")
            for entry in figures[name]:
                if type(entry) is not dict or type(entry.get(key)) is not (int if key == "rate" else str):
                    raise Fault(16, f"An entry of `{name}` should have its `{key}`; there is {show(entry)}.")
                if entry[key] in into:
                    raise Fault(16, f"`{name}` should name {show(entry[key])} once; it names it twice.")
                into[entry[key]] = tuple(whole(entry, field, f"An entry of `{name}`") for field in fields)
        expected = whole(report, "expected", "The report")
        there = cash["float"] + cash["taken"] + cash["paid_in"] + cash["corrected"] + cash["account"]
        there -= cash["change"] + cash["refunded"] + cash["paid_out"] + cash["expenses"] + cash["drops"]
        there += held_in(report)
        if there != expected:
            raise Fault(16, f"The drawer should hold {there} minor units by its cash; the report expects {expected}.")
        if not self.is_whole:
            return
        told = figures.get("discounts")
        if told is not None:
            if type(told) is not dict:
                raise Fault(16, f"The report's `discounts` should be an object; there is {show(told)}.")
            told = tuple(whole(told, name, "The report's discounts") for name in ("count", "amount"))
            if told != self.discounts:
                raise Fault(
                    16,
                    f"The discounts of the report should be {self.discounts[0]} of {self.discounts[1]}, as the facts since the "
                    f"close before say; there are {told[0]} of {told[1]}.",
                )
        for name, here, counted in (
            ("cash", cash, self.cash),
            ("counts and sums", said, self.counts),
            ("taxes", taxes, self.taxes),
            ("tenders", tenders, self.tenders),
        ):
            if here != counted:
                raise Fault(
                    16,
                    f"The {name} of the report should be {show(str(counted))}, as the facts since the close before say"
                    f"; there is {show(str(here))}.",
                )


class Drawers:
    """The running shifts of a log's drawers. What cannot be read may be of any of them."""

    def __init__(self):
        self.is_whole = False  # of a drawer that was not closed yet
        self.shifts = {}

    def of(self, content):
        """The shift of the drawer that a fact names, the first where it names none; None where that cannot be read."""
        drawer = content.get("drawer", 1)
        if type(drawer) is not int or not 0 <= drawer <= 255:
            return None
        return self.shifts.setdefault(drawer, Shift(0, self.is_whole))

    def lose(self):
        self.is_whole = False
        for shift in self.shifts.values():
            shift.is_whole = False

    def count(self, kind, content):
        """Counts a sale, or another fact that is no report."""
        shift = self.of(content)
        if shift is None:
            self.lose()
            return
        was_whole, shift.is_whole = shift.is_whole, True
        if kind == "sale.completed":
            shift.sell(content)
        else:
            shift.take(kind, content)
        if shift.is_whole:
            shift.is_whole = was_whole
        else:
            self.lose()

    def report(self, content):
        """The shift that a report is of."""
        shift = self.of(content)
        if shift is None:
            raise Fault(16, f"The report should name its `drawer` by a small number; there is {show(content.get('drawer'))}.")
        return shift


def check_amounts(sale):
    """Rule 8, for one sale. Gives its currency and its total."""
    currency = sale.get("currency")
    if type(currency) is not str or not currency:
        raise Fault(8, f"The sale should name its currency; there is {show(currency)}.")
    total = money(sale, "total", "The sale")
    net = tax = 0
    for place, entry in objects(sale, "taxes"):
        net += money(entry, "net", f"Entry {place} of `taxes`")
        tax += money(entry, "tax", f"Entry {place} of `taxes`")
    if net + tax != total:
        raise Fault(
            8,
            f"Net and tax over all the rates of the sale should come to its total, {total} minor units of {show(currency)}; "
            f"they come to {net + tax} (net {net}, tax {tax}).",
        )
    paid = 0
    for place, tender in objects(sale, "tenders"):
        tendered = money(tender, "tendered", f"Tender {place}")
        change = money(tender, "change", f"Tender {place}")
        tip = money(tender, "tip", f"Tender {place}") if "tip" in tender else 0
        direction = tender.get("direction")
        if direction == "taken":
            paid += tendered - change - tip
        elif direction == "given":
            paid += change + tip - tendered
        else:
            raise Fault(8, f'The direction of tender {place} should be "taken" or "given"; there is {show(direction)}.')
    rounding = money(sale, "cash_rounding", "The sale") if "cash_rounding" in sale else 0
    if paid != total + rounding:
        raise Fault(
            8,
            f"What was paid, less what was given back and tips, should come to the sale's total, {total} minor units of "
            f"{show(currency)}, and what cash was rounded by, {rounding}; it comes to {paid}.",
        )
    policy = sale.get("tax_policy")
    mode = policy.get("mode") if type(policy) is dict else None
    if mode not in ("included", "added"):
        raise Fault(8, f'The `mode` of the sale\'s `tax_policy` should be "included" or "added"; there is {show(mode)}.')
    amounts = 0
    for place, line in objects(sale, "lines"):
        amount = money(line, "amount", f"Entry {place} of `lines`")
        direction = line.get("direction")
        if direction == "sale":
            amounts += amount
        elif direction == "return":
            amounts -= amount
        else:
            raise Fault(
                8,
                f'The direction of entry {place} of `lines` should be "sale" or "return"; there is {show(direction)}.',
            )
    if mode == "included" and amounts != total:
        raise Fault(
            8,
            f"With prices that include tax, the lines of the sale should come to its total, {total} minor units of "
            f"{show(currency)}; they come to {amounts}.",
        )
    if mode == "added" and amounts != net:
        raise Fault(
            8,
            f"With prices that do not include tax, the lines of the sale should come to the sum of net over its rates, "
            f"{net} minor units of {show(currency)}; they come to {amounts}.",
        )
    return currency, total


def rounded(numerator, denominator, rounding):
    """A quotient as a whole number; a tie goes away from zero, unless the rounding says otherwise."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    number, rest = divmod(abs(numerator), abs(denominator))
    if rounding == "half_up":
        number += 2 * rest >= abs(denominator)
    elif rounding == "half_even":
        number += 2 * rest > abs(denominator) or (2 * rest == abs(denominator) and number % 2 == 1)
    return sign * number


def with_taxes(sale):
    """The lines of a sale, each with its part of the tax: what the tax of the document grew by with it, or its own."""
    policy = sale["tax_policy"]
    sums = {}
    for line in sale["lines"]:
        for name in ("line", "quantity", "tax_rate", "tax"):
            if type(line.get(name)) is not int:
                raise Fault(17, f"A line that came back should have a `{name}`; there is {show(line.get(name))}.")
        rate, tax = line["tax_rate"], line["tax"]
        if policy.get("scope") == "document" and line.get("of") is None:

            def tax_of(amount, rate=rate):
                whole = 1_000_000 + (rate if policy["mode"] == "included" else 0)
                return rounded(amount * rate, whole, policy.get("rounding"))

            before = sums.get(rate, 0)
            sums[rate] = before + (-line["amount"] if line["direction"] == "return" else line["amount"])
            tax = abs(tax_of(sums[rate]) - tax_of(before))
        yield line, tax


def check_return(line, lines, returned):
    """One line that takes back of a sale. `returned` is what had come back of each line of it."""
    of = line["of"]
    number, before, quantity = of.get("line"), of.get("before"), line.get("quantity")
    if number not in lines:
        raise Fault(17, f"The line takes back line {show(number)} of a sale that has none.")
    sold, tax = lines[number]
    if before != returned.get(number, 0):
        raise Fault(17, f"{returned.get(number, 0)} thousandths had come back before; the line says {show(before)}.")
    if type(quantity) is not int or before + quantity > sold["quantity"]:
        raise Fault(
            17, f"Of {sold['quantity']} thousandths {before} had come back; {show(quantity)} more are more than was sold."
        )
    returned[number] = before + quantity
    if line["direction"] == sold["direction"]:
        raise Fault(17, "What is taken back should go the other way than it went.")
    for name, all_of_it in (("amount", sold["amount"]), ("tax", tax)):
        part = rounded(all_of_it * (before + quantity), sold["quantity"], "half_up")
        part -= rounded(all_of_it * before, sold["quantity"], "half_up")
        if line.get(name) != part:
            raise Fault(17, f"The share of what came back should have `{name}` {part}; there is {show(line.get(name))}.")


# --- the file ---


class Text(bytes):
    """Text as SQLite keeps it, told apart from a blob, and not yet taken to be valid UTF-8."""


COLUMNS = {
    "log": (*("id", *ID_NAMES), "series", "training", "head_seq", "head_hash", "head_hlc"),
    "fact": ("arrival", "log", "seq", "kind", "envelope", "salt", "payload"),
    "signed_head": ("log", "seq", "hash", "public_key", "signature"),
    "detached": ("arrival", "field", "salt", "value"),
}
# What an archive has beside them.
ARCHIVE_COLUMNS = {
    "archive": ("month", "first_arrival", "last_arrival", "signed_by"),
    "archive_log": ("log", "before_seq", "before_hash", "before_key"),
}


def has_content(path):
    try:
        return os.stat(path).st_size > 0
    except OSError:
        return False


def signs_of_writing(path):
    """What changes beside and in a file when a program writes to it."""
    status = os.stat(path)
    sidecars = tuple(has_content(f"{path}{end}") for end in ("-wal", "-journal"))
    return (status.st_ino, status.st_size, status.st_mtime_ns), sidecars


def open_ledger(path, still):
    uri = pathlib.Path(path).resolve().as_uri() + "?mode=ro" + ("&immutable=1" if still else "")
    database = sqlite3.connect(uri, uri=True, timeout=10, isolation_level=None)
    database.text_factory = Text
    for setting in ("query_only = on", "trusted_schema = off", "cell_size_check = on"):
        database.execute(f"pragma {setting}")
    # In a damaged file the pages of a table may lead in circles.
    steps = itertools.count()
    most = 1_000 + os.stat(path).st_size // 100_000
    database.set_progress_handler(lambda: next(steps) > most, 1_000_000)
    database.execute("begin")  # one moment of the file for every question that follows
    return database


def check_shape(database):
    """Whether the file is an archive; a fault where it is neither a ledger nor one."""
    tables = {bytes(row[0]) for row in database.execute("select name from sqlite_schema where type = 'table' and rootpage > 0")}
    is_archive = any(table.encode() in tables for table in ARCHIVE_COLUMNS)
    for table, columns in (COLUMNS | ARCHIVE_COLUMNS if is_archive else COLUMNS).items():
        if table.encode() not in tables:
            raise Fault(0, f"This is no ledger as the page describes it: it has no table `{table}`.")
        # hidden = 0: neither of a virtual table nor computed from other columns
        present = {bytes(row[1]).lower() for row in database.execute(f"pragma table_xinfo({table})") if row[6] == 0}
        for column in columns:
            if column.encode() not in present:
                raise Fault(0, f"This is no ledger as the page describes it: its table `{table}` has no column `{column}`.")
    return is_archive


class Begin:
    """Where a log begins in the file: behind which place, hash and key. At the first place of all, but for archives."""

    def __init__(self, seq=0, fact_hash=ZERO_HASH, key=None, is_known=True):
        self.seq, self.hash, self.key, self.is_known = seq, fact_hash, key, is_known


class LogSummary:
    def __init__(self, log):
        self.log = log
        self.series, self.training, self.terminal = "", False, b""
        self.facts = self.sales = self.last_number = self.signed_to = self.not_read = 0
        self.first_number = None
        self.begin = self.incarnation = self.hash = self.public_key = None
        self.totals = {}


class Checker:
    """One reading of one ledger, from its first fact to its last."""

    def __init__(self, database):
        self.database = database
        self.personal = database.cursor()
        self.logs = []
        self.log_count = None
        self.is_archive = False
        self.month = self.signed_by = None  # of an archive, and the key that signed its ends
        self.kept = self.erased = 0
        self.sale_ids = {}  # where each sale stands: log and place
        self.returning = {}  # where those stand that took back of a sale
        self.invoices = {}  # where the invoices of a sale stand
        self.by_account = []  # where those stand that moved store credit
        self.has_unread_sales = False
        self.incarnations = {}  # incarnation: log
        self.numbers = {}  # series: [[first, last, log]] of the receipt numbers of logs that count
        self.has_detached = False
        self.place = None  # (log, seq) that is being read, for faults that have no place of their own

    def check(self):
        self.is_archive = check_shape(self.database)
        if self.is_archive:
            self.read_archive()
        ids = self.log_ids()
        self.log_count = len(ids)
        self.has_detached = bool(self.one("select exists (select 1 from detached)")[0])
        for log in ids:
            self.place = (log, None)
            try:
                self.check_log(log)
            except Fault as fault:
                fault.log = log
                raise
        self.place = None
        self.check_rest()
        if not self.is_archive and not self.has_unread_sales:
            faults = [*self.faults_of_returns(), *self.faults_of_invoices(), *self.faults_of_accounts()]
            if faults:
                (log, seq), fault = min(faults, key=lambda entry: (entry[0], entry[1].rule))
                fault.log, fault.seq = log, seq
                raise fault

    def one(self, query, *values):
        return self.database.execute(query, values).fetchone()

    def log_ids(self):
        """Every log that has a row, a fact or a beginning, in order."""
        found = set()
        tables = [("log", "id"), ("fact", "log")]
        if self.is_archive:
            tables.append(("archive_log", "log"))
        for table, column in tables:
            condition = f"typeof({column}) = 'integer' order by {column} limit 1"
            row = self.one(f"select {column} from {table} where {condition}")
            while row is not None:
                last = row[0]
                found.add(last)
                row = self.one(f"select {column} from {table} where {column} > ? and {condition}", last)
                if row is not None and not (type(row[0]) is int and row[0] > last):
                    raise Fault(0, f"SQLite cannot read the file: the rows of its table `{table}` are not in order.")
        return sorted(found)

    def check_rest(self):
        """What belongs to no log."""
        row = self.one("select log, arrival from fact where typeof(log) <> 'integer' limit 1")
        if row:
            raise Fault(2, f"The fact of arrival {show(row[1])} should stand in a log; its `log` is {show(row[0])}.")
        read = sum(summary.facts for summary in self.logs)
        stored = self.one("select count(+arrival) from fact not indexed")[0]
        if read != stored:
            raise Fault(
                2,
                f"The table `fact` holds {count(stored, 'row')}, and {read:,} of them stand at a place of a log: "
                "the others are hidden from whoever reads the file in order.",
            )
        row = self.one("select id from log where typeof(id) <> 'integer' limit 1")
        if row:
            raise Fault(5, f"A row of the table `log` should have a number as its `id`; there is {show(row[0])}.")
        row = self.one(
            "select log, seq from signed_head h where typeof(log) <> 'integer' or not exists"
            " (select 1 from log where id = h.log) and not exists (select 1 from fact f where f.log = h.log)"
            " order by log, seq limit 1"
        )
        if row:
            raise Fault(
                10, f"A signed head should be of a log in this file; it names log {show(row[0])}, place {show(row[1])}."
            )
        row = self.one(
            "select arrival, field from detached d where value is not null"
            " and not exists (select 1 from fact f where f.arrival = d.arrival) limit 1"
        )
        if row:
            raise Fault(
                11,
                f"A personal value is kept under arrival {show(row[0])}, field {show(row[1])}, "
                "and there is no fact of that arrival that says what it should be.",
            )
        if self.is_archive:
            self.check_arrivals()

    # rule 17

    def note_returns(self, state, place):
        for line in state.content["lines"]:
            of = line.get("of")
            sold = uuid_bytes(of.get("sale")) if type(of) is dict else None
            if sold is not None:
                self.returning.setdefault(sold, set()).add((state.log, place))

    def fact_at(self, place):
        row = self.one("select arrival, payload from fact where log = ? and seq = ?", *place)
        return row[0], read_payload(row[1], "sale.completed")

    def faults_of_returns(self):
        """What came back of each sale that is in the file: the faults, each with its place."""
        faults = []
        for sold, places in self.returning.items():
            if sold not in self.sale_ids:
                continue
            _, sale = self.fact_at(self.sale_ids[sold])
            try:
                lines = {line["line"]: (line, tax) for line, tax in with_taxes(sale)}
            except Fault as fault:
                faults.append((min(places), fault))
                continue
            returned = {}
            for _, place, taking in sorted(
                ((arrival, place, taking) for place in places for arrival, taking in [self.fact_at(place)]),
                key=lambda entry: entry[0],
            ):
                try:
                    for line in taking["lines"]:
                        if type(line.get("of")) is dict and uuid_bytes(line["of"].get("sale")) == sold:
                            check_return(line, lines, returned)
                except Fault as fault:
                    faults.append((place, fault))
        return faults

    # rule 18

    def note_invoice(self, state, place):
        sold = uuid_bytes(state.content.get("sale"))
        if sold is None:
            raise Fault(18, f"The invoice should name its sale; there is {show(state.content.get('sale'))}.")
        self.invoices.setdefault(sold, []).append((state.log, place))

    def faults_of_invoices(self):
        """The invoices of each sale: one at most, that says what the sale says. The faults, each with its place."""
        for sold, places in self.invoices.items():
            places.sort()
            for place in places[1:]:
                yield place, Fault(18, f"A sale should have one invoice; sale {uuid_text(sold)} has another one before.")
            if sold not in self.sale_ids:
                continue
            _, sale = self.fact_at(self.sale_ids[sold])
            for place in places:
                _, issued = self.fact_at(place)
                for name in ("receipt_number", "currency", "total", "taxes"):
                    if issued.get(name) != sale.get(name):
                        yield place, Fault(
                            18,
                            f"The invoice should have the `{name}` of its sale, {show(str(sale.get(name)))}; "
                            f"there is {show(str(issued.get(name)))}.",
                        )
                        break

    # rule 19

    def note_account(self, state, place):
        if any(tender.get("kind") in ("store_credit", "on_account") for tender in state.content["tenders"]):
            self.by_account.append((state.log, place))

    def faults_of_accounts(self):
        """What each customer has of store credit, and what each owes, sale by sale as they arrived."""
        credit, owed = {}, {}
        for _, place in sorted((self.fact_at(place)[0], place) for place in self.by_account):
            sale = self.fact_at(place)[1]
            customer = uuid_bytes(sale.get("customer"))
            if customer is None:
                yield place, Fault(19, f"An account should be somebody's; `customer` is {show(sale.get('customer'))}.")
                continue
            whose = customer, sale.get("currency")
            if "tenders" not in sale:
                owes = owed[whose] = owed.get(whose, 0) - sale["amount"]
                if sale["amount"] <= 0 or owes < 0:
                    yield place, Fault(19, f"The customer owed {owes + sale['amount']}; {sale['amount']} came off it.")
                elif sale["owed"] != owes:
                    yield place, Fault(19, f"`owed` should be {owes}; there is {show(sale['owed'])}.")
                continue
            kept = moved_by(sale, "store_credit")
            if kept is not None:
                credit[whose] = credit.get(whose, 0) + kept
            lent = moved_by(sale, "on_account")
            if lent is not None:
                owed[whose] = owed.get(whose, 0) - lent
            left = None if kept is None else credit[whose]
            owes = None if lent is None else owed[whose]
            if kept is not None and kept < 0 and left < 0:
                yield place, Fault(19, f"The customer had {left - kept} of store credit; {-kept} were taken.")
            elif sale.get("credit_left") != left:
                yield place, Fault(19, f"`credit_left` should be {show(left)}; there is {show(sale.get('credit_left'))}.")
            elif sale.get("owed") != owes:
                yield place, Fault(19, f"`owed` should be {show(owes)}; there is {show(sale.get('owed'))}.")

    # archives

    def read_archive(self):
        rows = self.database.execute("select month, first_arrival, last_arrival, signed_by from archive").fetchmany(2)
        self.archive_rows = rows
        if len(rows) == 1:
            month, _, _, signed_by = rows[0]
            self.month = month.decode("utf-8", "backslashreplace") if isinstance(month, bytes) else ""
            self.signed_by = signed_by if type(signed_by) is bytes else None

    def begin_of(self, log):
        if not self.is_archive:
            return Begin()
        rows = self.database.execute(
            "select before_seq, before_hash, before_key from archive_log where log = ?", (log,)
        ).fetchmany(2)
        if len(rows) != 1 or type(rows[0][0]) is not int or not 0 <= rows[0][0] < MOST:
            return Begin(is_known=False)
        seq, fact_hash, key = rows[0]
        return Begin(seq, fact_hash, key if type(key) is bytes and len(key) == 32 else None)

    def check_arrivals(self):
        """Rule 13, as far as it belongs to no log."""
        if len(self.archive_rows) != 1:
            raise Fault(13, f"The table `archive` should have one row; it has {len(self.archive_rows) and 'several' or 'none'}.")
        _, first, last, _ = self.archive_rows[0]
        there = self.one("select min(arrival), max(arrival) from fact")
        if (first, last) != tuple(there):
            raise Fault(
                13,
                f"The archive should hold the facts of arrival {show(first)} to {show(last)}, as it says; it holds those of "
                f"{show(there[0])} to {show(there[1])}.",
            )

    # one log

    def check_log(self, log):
        summary = LogSummary(log)
        rows = self.database.execute(f"select {', '.join(COLUMNS['log'][1:])} from log where id = ?", (log,)).fetchmany(2)
        state = LogState(log, rows, summary, self.begin_of(log))
        with contextlib.closing(self.database.cursor()) as facts, contextlib.closing(self.database.cursor()) as heads:
            facts.execute(
                "select seq, kind, envelope, salt, payload, arrival from fact"
                " where log = ? and typeof(seq) = 'integer' order by seq",
                (log,),
            )
            heads.execute(
                "select seq, hash, public_key, signature from signed_head"
                " where log = ? and typeof(seq) = 'integer' order by seq",
                (log,),
            )
            self.check_rows(state, facts, heads)
        # What has no place comes behind every place.
        for table, rule, what in (("fact", 2, "A fact"), ("signed_head", 10, "A signed head")):
            if rule == 10 and summary.facts:
                state.check_end(state.last)
            row = self.one(f"select seq from {table} where log = ? and typeof(seq) <> 'integer' limit 1", log)
            if row:
                raise Fault(rule, f"{what} of the log should name its place; its `seq` is {show(row[0])}.")
        if self.signed_by is not None and state.public_key == self.signed_by and summary.signed_to != state.last:
            raise Fault(
                13,
                f"The last fact of the log in the archive, at place {state.last}, should be signed by the key "
                f"{self.signed_by.hex()}, which made the archive; it is not.",
            )
        summary.begin, summary.incarnation = state.begin, state.ids[3]
        summary.hash, summary.public_key = state.hash, state.public_key
        self.logs.append(summary)

    def check_rows(self, state, facts, heads):
        log, summary = state.log, state.summary
        head = heads.fetchone()
        first = expected = state.first
        for row in facts:
            seq = row[0]
            place = min(seq, expected)
            self.place = (log, place)
            if head is not None and head[0] < place:
                break
            if seq > expected:
                raise Fault(
                    2,
                    f"Places should follow each other from {first} on without a gap; place {expected} is missing, and the next "
                    f"fact of the log stands at place {seq}.",
                    seq=expected,
                )
            try:
                state.envelope = None
                self.check_fact(state, row, expected)
                while head is not None and head[0] == expected:
                    state.check_head(head)
                    head = heads.fetchone()
                if not state.key_is_named:
                    key = state.content.get("public_key")
                    raise Fault(10, f"The key that is introduced should be 64 hexadecimal digits; there is {show(key)}.")
                self.check_personal(state, row[5])
                self.check_unique(state, expected)
            except Fault as fault:
                fault.seq = seq
                if state.envelope is not None:
                    kind = plain(state.envelope.kind) or "of no kind"
                    fault.words = f"({kind}, written {moment(state.envelope.wall)}) {fault.words}"
                raise
            summary.facts += 1
            state.last = expected
            expected += 1
        if head is not None and (head[0] < first or summary.facts):
            missing = f"the log ends at place {state.last}: facts that were signed are missing"
            if head[0] <= state.last or not summary.facts:
                missing = f"places begin with {first} in this file"
            raise Fault(10, f"A signed head vouches for place {head[0]}, and {missing}.", seq=head[0])
        if not summary.facts:
            claimed = f"; its row names place {show(state.rows[0][6])} as the last" if state.rows else ""
            raise Fault(2, f"Place {first} is missing: the log has no fact at all{claimed}.", seq=first)

    def check_fact(self, state, row, expected):
        """Rules 1 to 8."""
        seq, kind, data, salt, payload, _arrival = row
        envelope = Envelope(data)
        if not isinstance(kind, Text) or kind != envelope.kind.encode("ascii"):
            raise Fault(
                1,
                f"The column `kind` should say {show(envelope.kind)}, as the envelope does; there is {show(kind)}.",
            )
        state.envelope = envelope
        if seq != expected:
            raise Fault(2, f"Places should follow each other; after place {expected - 1} there is another fact at place {seq}.")
        if envelope.seq != expected:
            raise Fault(2, f"The envelope should name place {expected}, where it stands; it names place {envelope.seq}.")
        if state.ids is None:
            state.ids = envelope.ids
        elif envelope.ids != state.ids:
            for name, before, here in zip(ID_NAMES, state.ids, envelope.ids):
                if before != here:
                    raise Fault(2, f"The {name} should be {uuid_text(before)}, as before in this log; it is {uuid_text(here)}.")
        if expected == state.first:
            if type(state.hash) is not bytes or len(state.hash) != 32:
                raise Fault(3, f"`before_hash` of the log should be 32 bytes; there is {show(state.hash)}.")
            if expected == 1 and state.hash != ZERO_HASH:
                raise Fault(3, f"`before_hash` of the log should be zero bytes, as it begins here; it is {show(state.hash)}.")
        if envelope.previous != state.hash:
            if expected == 1:
                raise Fault(
                    3,
                    f"The first fact should name 32 zero bytes as the one before it; it names {envelope.previous.hex()}.",
                )
            raise Fault(
                3,
                f"The chain is broken between places {expected - 1} and {expected}: the fact should carry the hash of the one "
                f"before it, {state.hash.hex()}; it carries {envelope.previous.hex()}. One of the two was changed or replaced.",
            )
        if type(salt) is not bytes or len(salt) != 16:
            raise Fault(4, f"The salt should be 16 bytes; there is {show(salt)}.")
        if not isinstance(payload, bytes):
            raise Fault(4, f"The payload should be bytes; there is {show(payload)}.")
        payload_hash = hashlib.sha256(salt + payload).digest()
        if payload_hash != envelope.payload_hash:
            raise Fault(
                4,
                "What the fact says is not what was sealed in its envelope: the hash of its salt and payload should be "
                f"{envelope.payload_hash.hex()}; it is {payload_hash.hex()}. The payload or the salt was changed.",
            )
        known = envelope.version == 1 and envelope.kind in KNOWN_KINDS
        state.content, state.known = None, known
        if known:
            try:
                state.content = read_payload(payload, envelope.kind)
            except Unreadable as error:
                raise Fault(4, f"The payload cannot be read: {error}.") from None
        else:
            state.summary.not_read += 1
        if expected == 1:
            state.check_opening()
        elif expected == state.first:
            state.training = bool(state.rows) and state.rows[0][5] == 1
        if bool(envelope.flags & 2) != state.training:
            if state.training:
                raise Fault(5, "The fact should carry the flag of a log to train on, as its log is one; it does not.")
            raise Fault(5, "The fact carries the flag of a log to train on; its log is not one.")
        if expected == state.first:
            state.check_row()
        if expected > state.first and envelope.hlc <= state.hlc:
            raise Fault(
                6,
                f"The hybrid logical clock should be beyond {state.hlc}, that of the fact before it; it is {envelope.hlc}.",
            )
        state.hlc = envelope.hlc
        state.hash = hashlib.sha256(row[2]).digest()
        if envelope.kind == "sale.completed":
            if known:
                state.check_sale(state.content)
            else:
                state.unread_sales += 1
                self.has_unread_sales = True
                state.drawers.lose()
        elif envelope.kind in OF_A_DRAWER:
            if not known:
                state.drawers.lose()
            elif not state.training:
                state.check_drawer(envelope.kind, state.content)
                if envelope.kind == "account.paid":
                    state.check_account_paid(state.content)
                    self.by_account.append((state.log, expected))
                elif envelope.kind == "account.written_off":
                    check_written_off(state.content)
                    self.by_account.append((state.log, expected))
        elif envelope.kind == "invoice.issued" and known and not state.training:
            state.check_invoice(state.content)
            self.note_invoice(state, expected)
        elif envelope.kind == "key.introduced" and known:
            key = state.content.get("public_key")
            state.key_is_named = type(key) is str and HEX_32.fullmatch(key)
            if state.key_is_named:
                state.public_key = bytes.fromhex(key)

    # rule 11

    def check_personal(self, state, arrival):
        if not state.known:
            return
        promised = {}
        if state.envelope.kind == "record.changed":
            fields = state.content.get("fields")
            if fields is not None and type(fields) is not dict:
                raise Fault(11, f"`fields` should be an object; there is {show(fields)}.")
            for name, change in (fields or {}).items():
                if type(change) is not dict:
                    raise Fault(11, f"The change of the field {show(name)} should be an object; there is {show(change)}.")
                for side in ("new", "old"):
                    value = change.get(side)
                    if type(value) is dict and "commitment" in value:
                        commitment = value["commitment"]
                        if type(commitment) is not str or not HEX_32.fullmatch(commitment):
                            raise Fault(
                                11,
                                f"The commitment to the field {show(name)} should be 64 hexadecimal digits; "
                                f"there is {show(commitment)}.",
                            )
                        promised.setdefault(name.encode("utf-8", "surrogatepass"), (side, bytes.fromhex(commitment)))
        beside = {"sale.completed": "notes", "invoice.issued": "buyer"}.get(state.envelope.kind)
        if beside is not None:
            notes = state.content.get(beside)
            if notes is not None and type(notes) is not dict:
                raise Fault(11, f"`{beside}` should be an object; there is {show(notes)}.")
            for name, value in (notes or {}).items():
                commitment = value.get("commitment") if type(value) is dict else None
                if type(commitment) is not str or not HEX_32.fullmatch(commitment):
                    raise Fault(11, f"The commitment to {show(name)} of `{beside}` should be 64 hexadecimal digits; there is {show(value)}.")
                promised[name.encode("utf-8", "surrogatepass")] = ("new", bytes.fromhex(commitment))
        if not self.has_detached:
            self.erased += sum(side == "new" for side, _ in promised.values())
            return
        present = set()
        self.personal.execute("select field, salt, value from detached where arrival = ?", (arrival,))
        for field, salt, value in self.personal:
            if isinstance(field, Text):
                present.add(field)
            if value is None:
                self.erased += 1
                continue
            if not isinstance(field, Text) or field not in promised:
                raise Fault(11, f"A personal value is kept for the field {show(field)}, and the fact has no commitment to it.")
            commitment = promised[field][1]
            if type(salt) is not bytes or len(salt) != 16:
                raise Fault(11, f"The salt of the personal value {show(field)} should be 16 bytes; there is {show(salt)}.")
            if not isinstance(value, bytes):
                raise Fault(11, f"The personal value {show(field)} should be JSON text; there is {show(value)}.")
            actual = hashlib.sha256(salt + value).digest()
            if actual != commitment:
                raise Fault(
                    11,
                    f"The personal value {show(field)} is not what was committed to: the hash of its salt and value should "
                    f"be {commitment.hex()}; it is {actual.hex()}.",
                )
            self.kept += 1
        self.erased += sum(side == "new" and name not in present for name, (side, _) in promised.items())

    # rule 12

    def check_unique(self, state, place):
        if place == state.first:
            incarnation = state.ids[3]
            other = self.incarnations.setdefault(incarnation, state.log)
            if other != state.log:
                raise Fault(
                    12,
                    f"Each log should be a life of its own; logs {other} and {state.log} "
                    f"both have incarnation {uuid_text(incarnation)}.",
                )
        if not state.known or state.envelope.kind != "sale.completed":
            return
        sale_id = uuid_bytes(state.content.get("sale"))
        if sale_id is None:
            raise Fault(
                12, f"The sale should have an id that tells it from others; there is {show(state.content.get('sale'))}."
            )
        if sale_id in self.sale_ids:
            raise Fault(
                12,
                f"A sale should stand in the ledger once; sale {uuid_text(sale_id)} is also "
                f"{self.earlier_sale(sale_id, state.log, place)}.",
            )
        self.sale_ids[sale_id] = (state.log, place)
        if not state.training:
            self.note_returns(state, place)
            self.note_account(state, place)
        if state.training:
            return
        number, ranges = state.summary.last_number, self.numbers.setdefault(state.summary.series, [])
        for first, last, log in ranges:
            if log != state.log and first <= number <= last:
                raise Fault(
                    12,
                    f"A receipt number should be given once; {show(state.content['receipt_number'])} "
                    f"is also the number of a sale in log {log}.",
                )
        if ranges and ranges[-1][2] == state.log and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number, state.log])

    def earlier_sale(self, sale_id, log, place):
        """Where a sale stood first. Asked once, for the words of a fault: nothing has to be remembered for it."""
        for earlier in [*(summary.log for summary in self.logs), log]:
            for seq, payload in self.database.execute(
                "select seq, payload from fact where log = ? and kind = 'sale.completed' order by seq", (earlier,)
            ):
                if (earlier, seq) == (log, place):
                    break
                try:
                    if uuid_bytes(read_payload(payload).get("sale")) == sale_id:
                        return f"the one at place {seq} of log {earlier}"
                except Unreadable:
                    pass
        return "at another place"


class LogState:
    """What has to be remembered from fact to fact of one log."""

    def __init__(self, log, rows, summary, begin):
        self.log, self.rows, self.summary, self.begin = log, rows, summary, begin
        self.first, self.last = begin.seq + 1, begin.seq
        self.ids = None
        self.hash, self.hlc = begin.hash, 0
        self.training = False
        self.public_key = begin.key
        self.envelope = self.content = None
        self.key_is_named = True
        self.known = False
        self.unread_sales = 0  # since the last receipt number: of a later version, so that their numbers are not known
        self.opened = None
        self.drawers = Drawers()
        self.last_z = 0 if begin.seq == 0 else None
        self.last_invoice = 0 if begin.seq == 0 else None
        self.last_account_paid = 0 if begin.seq == 0 else None

    def check_opening(self):
        """The first half of rule 5: the first fact."""
        if self.envelope.kind != "ledger.opened":
            raise Fault(5, f'The first fact of a log should be a "ledger.opened"; it is a {show(self.envelope.kind)}.')
        if not self.known:
            # A later version of the form: the row alone tells what the log is.
            self.training = bool(self.rows) and self.rows[0][5] == 1
            return
        self.opened = self.content
        for name, value in zip(ID_NAMES, self.envelope.ids):
            if uuid_bytes(self.opened.get(name)) != value:
                raise Fault(
                    5,
                    f"The payload should name the {name} of its envelope, {uuid_text(value)}"
                    f"; there is {show(self.opened.get(name))}.",
                )
        reason = self.opened.get("reason")
        if type(reason) is not str:
            raise Fault(5, f"The payload should say the reason why the log was opened; there is {show(reason)}.")
        if type(self.opened.get("series")) is not str:
            raise Fault(
                5, f"The payload should name the series of receipt numbers; there is {show(self.opened.get('series'))}."
            )
        self.training = reason == "training"
        self.drawers.is_whole = self.opened.get("previous") is None

    def check_row(self):
        """The second half of rule 5: the row in the table of logs."""
        if len(self.rows) != 1:
            raise Fault(5, f"The log should have one row in the table `log`; it has {'none' if not self.rows else 'several'}.")
        row = self.rows[0]
        for name, value, there in zip(ID_NAMES, self.ids, row):
            if type(there) is not bytes or there != value:
                raise Fault(
                    5,
                    f"The row of the log should name the {name} of its facts, {uuid_text(value)}; there is {uuid_text(there)}.",
                )
        series, training = row[4], row[5]
        if not isinstance(series, Text):
            raise Fault(5, f"The row of the log should name its series as text; there is {show(series)}.")
        try:
            self.summary.series = series.decode("utf-8")
        except UnicodeDecodeError:
            raise Fault(5, f"The row of the log should name its series as UTF-8; there is {show(series)}.") from None
        if self.opened is not None and self.summary.series != self.opened["series"]:
            raise Fault(
                5,
                f"The row of the log should name the series of its first fact, {show(self.opened['series'])}"
                f"; there is {show(series)}.",
            )
        if self.first > 1 and (type(training) is not int or training not in (0, 1)):
            raise Fault(5, f"The row of the log should say training = 0 or 1; there is {show(training)}.")
        if type(training) is not int or training != int(self.training):
            raise Fault(
                5,
                f"The row of the log should say training = {int(self.training)}, as its first fact does"
                f"; there is {show(training)}.",
            )
        if not self.begin.is_known:
            raise Fault(5, "The archive should have one row in `archive_log` that says where the log begins; it has none.")
        self.summary.training, self.summary.terminal = self.training, self.ids[2]

    def check_sale(self, sale):
        """Rules 7 and 8, and the id that rule 12 compares."""
        number, last = sale.get("number"), self.summary.last_number
        if self.begin.seq and self.summary.first_number is None:
            # The numbers before are not in this file.
            if type(number) is not int or number < 1:
                raise Fault(7, f"The sale should have a receipt number from 1 on; there is {show(number)}.")
        elif type(number) is not int or not last < number <= last + 1 + self.unread_sales:
            raise Fault(
                7,
                f"Receipt numbers should follow each other; after {last or 'none'} this sale should have number {last + 1}; "
                f"there is {show(number)}.",
            )
        receipt_number = sale.get("receipt_number")
        if receipt_number != f"{self.summary.series}-{number:06d}":
            wanted = show(f"{self.summary.series}-{number:06d}")
            raise Fault(7, f"The receipt number should be {wanted}; there is {show(receipt_number)}.")
        self.unread_sales = 0
        self.summary.last_number = number
        if self.summary.first_number is None:
            self.summary.first_number = number
        currency, total = check_amounts(sale)
        self.summary.totals[currency] = self.summary.totals.get(currency, 0) + total
        self.summary.sales += 1
        self.drawers.count("sale.completed", sale)

    def check_drawer(self, kind, content):
        """Rule 16."""
        if kind not in ("shift.read", "shift.closed"):
            self.drawers.count(kind, content)
            return
        self.drawers.report(content).check(content)
        if kind == "shift.read":
            return
        number = whole(content, "number", "The close of a shift")
        if number != (max(number, 1) if self.last_z is None else self.last_z + 1):
            raise Fault(
                16,
                f"Closes should be numbered one after the other; after {self.last_z or 'none'} this one has number {number}.",
            )
        wanted = f"{self.summary.series}-Z{number:04d}"
        if content.get("z_number") != wanted:
            raise Fault(16, f"The number of the close should be {show(wanted)}; there is {show(content.get('z_number'))}.")
        counted, expected = whole(content, "counted", "The close"), content["expected"]
        if whole(content, "over_short", "The close") != counted - expected:
            raise Fault(16, f"The drawer should be {counted - expected} over or short; there is {content['over_short']}.")
        self.last_z = number
        left = whole(content, "left", "The close")
        self.drawers.shifts[content.get("drawer", 1)] = Shift(left - held_in(content), True)

    def check_invoice(self, content):
        """Rule 18, as far as it is of one log."""
        number = content.get("number")
        if type(number) is not int or not 0 <= number <= MOST_UNSIGNED:
            raise Fault(18, f"The invoice should have a `number`; there is {show(number)}.")
        if number != (max(number, 1) if self.last_invoice is None else self.last_invoice + 1):
            raise Fault(
                18,
                f"Invoices should be numbered one after the other; after {self.last_invoice or 'none'} this one has number {number}.",
            )
        wanted = f"{self.summary.series}-I{number:06d}"
        if content.get("invoice_number") != wanted:
            raise Fault(18, f"The number of the invoice should be {show(wanted)}; there is {show(content.get('invoice_number'))}.")
        self.last_invoice = number

    def check_account_paid(self, content):
        """Rule 19, as far as it is of one log."""
        number = content.get("number")
        if type(number) is not int or not 0 <= number <= MOST_UNSIGNED:
            raise Fault(19, f"The payment should have a `number`; there is {show(number)}.")
        if any(type(content.get(name)) is not int for name in ("amount", "owed")) or uuid_bytes(content.get("customer")) is None:
            raise Fault(19, "The payment should have an `amount`, what is `owed`, and its `customer`.")
        if number != (max(number, 1) if self.last_account_paid is None else self.last_account_paid + 1):
            raise Fault(19, f"The payment should have the number after {self.last_account_paid or 'none'}; there is {number}.")
        wanted = f"{self.summary.series}-P{number:06d}"
        if content.get("slip_number") != wanted:
            raise Fault(19, f"The number of the slip should be {show(wanted)}; there is {show(content.get('slip_number'))}.")
        self.last_account_paid = number

    def check_end(self, last):
        """Rule 9."""
        head_seq, head_hash, head_hlc = self.rows[0][6:9]
        if type(head_seq) is not int or head_seq != last:
            more = " Facts at its end are missing." if type(head_seq) is int and head_seq > last else ""
            raise Fault(
                9,
                f"The log should end at place {show(head_seq)}, which its row names as `head_seq`"
                f"; it ends at place {last}.{more}",
            )
        if type(head_hash) is not bytes or head_hash != self.hash:
            raise Fault(
                9,
                f"`head_hash` of the log should be the hash of its last fact, {self.hash.hex()}; there is {show(head_hash)}.",
            )
        if type(head_hlc) is not int or head_hlc & MOST_UNSIGNED != self.hlc:
            raise Fault(
                9, f"`head_hlc` of the log should be the clock of its last fact, {self.hlc}; there is {show(head_hlc)}."
            )

    def check_head(self, head):
        """Rule 10, for a signed head of the fact that was just read."""
        seq, head_hash, public_key, signature = head
        if type(head_hash) is not bytes or head_hash != self.hash:
            raise Fault(
                10,
                f"The signed head should name the hash of the fact at its place, {self.hash.hex()}"
                f"; there is {show(head_hash)}.",
            )
        if self.public_key is None:
            raise Fault(10, "The signed head is by a key, and no key was introduced in this log at or before its place.")
        if type(public_key) is not bytes or public_key != self.public_key:
            raise Fault(
                10,
                f"The signed head should be by the key introduced for this log, {self.public_key.hex()}"
                f"; there is {show(public_key)}.",
            )
        if type(signature) is not bytes or len(signature) != 64:
            raise Fault(10, f"The signature of the signed head should be 64 bytes; there is {show(signature)}.")
        message = b"tkpr-head-1" + self.ids[3] + seq.to_bytes(8, "big") + head_hash
        if not verify_signature(public_key, message, signature):
            reason = "does not hold" if key_table(public_key) else "cannot hold, as its key is none of Ed25519"
            raise Fault(
                10,
                f"The signature over the head of the log at this place {reason}: it is not by the key {public_key.hex()}.",
            )
        self.summary.signed_to = seq


# --- telling it ---


def check_file(path):
    """One file: (the fault or None, the checker or None)."""
    checker = None
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise Fault(0, "This is not a file.")
        with open(path, "rb"):
            pass
        for _ in range(2):
            # A file that no program has open is read as it lies there, so that SQLite makes no files beside it.
            before = signs_of_writing(path)
            still = not any(before[1])
            fault, checker = check_once(path, still)
            if not still or signs_of_writing(path) == before:
                return fault, checker
        fault, checker = check_once(path, False)  # a till was started while it was read
        return fault, checker
    except Fault as fault:
        return fault, checker
    except OSError as error:
        return Fault(0, f"The file cannot be read: {error.strerror or error}."), None


def check_directory(directory):
    """The ledger and its archives: (path, the fault or None, the checker or None) of each."""
    ledger = os.path.join(directory, "ledger.db")
    fault, checker = check_file(ledger)
    if fault is None:
        try:
            check_sets(directory, ledger, checker)
        except Fault as other:
            fault = other
        except (OSError, sqlite3.Error) as error:
            fault = Fault(0, f"The change-sets cannot be read: {error}.")
    yield ledger, fault, checker
    folder = os.path.join(directory, "archive")
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []  # names are months
    places = {}
    for path in (os.path.join(folder, name) for name in names if name.endswith(".store.db")):
        fault, checker = check_file(path)
        try:
            if fault is None:
                check_follows(checker, places, ledger)
            else:
                places.clear()  # where it ends is not known: the next one is held against the ledger alone
        except Fault as other:
            fault = other
        except (OSError, sqlite3.Error) as error:
            fault = Fault(0, f"The archive cannot be held against the ledger: {error}.")
        yield path, fault, checker


def check_sets(directory, ledger, checker):
    """Rule 15: the change-sets that the facts of a ledger name."""
    with contextlib.closing(open_ledger(ledger, not any(signs_of_writing(ledger)[1]))) as database:
        query = "select log, seq, payload from fact where kind = 'record.imported' order by log, seq"
        named = [(log, seq, read_payload(payload)) for log, seq, payload in database.execute(query)]
    for log, seq, said in named:
        try:
            check_set(os.path.join(directory, "changes"), said, checker)
        except Unreadable as problem:
            raise Fault(15, f"The change-set of this import is damaged: {problem}.", log, seq) from None


def check_set(folder, said, checker):
    """One set: there as it was written, every line readable, as many rows as the fact says, personal values as promised."""
    name = said.get("set")
    if type(name) is not str or not re.fullmatch("[0-9a-f]{64}", name):
        raise Unreadable(f"its name should be 64 hexadecimal digits; it is {show(name)}")
    path = os.path.join(folder, name + ".jsonl")
    if not os.path.isfile(path):
        raise Unreadable("it is missing")
    with open(path, "rb") as file:
        actual = hashlib.file_digest(file, "sha256").hexdigest()
    if actual != name or os.path.getsize(path) != said.get("bytes"):
        raise Unreadable(f"it has {os.path.getsize(path):,} bytes with the hash {actual}, which is not what was written")
    second = os.path.join(folder, name + ".personal.jsonl")
    with contextlib.ExitStack() as files:
        values = personal_lines(files.enter_context(open(second, "rb"))) if os.path.exists(second) else iter(())
        waits, rows = next(values, None), 0
        for promised in rows_of_set(files.enter_context(open(path, "rb"))):
            while waits is not None and waits[0] == rows:
                _, field, salt, value = waits
                if field not in promised:
                    raise Unreadable(f"a personal value is kept for the field {show(field)} of row {rows}, which promises none")
                if value == b"null":
                    checker.erased += 1
                elif hashlib.sha256(salt + value).hexdigest() == promised[field]:
                    checker.kept += 1
                else:
                    raise Unreadable(f"the personal value {show(field)} of row {rows} is not what was committed to")
                waits = next(values, None)
            rows += 1
        if waits is not None:
            raise Unreadable(f"a personal value is kept for row {show(waits[0])}, which is none or came before")
    if rows != said.get("rows"):
        raise Unreadable(f"it has {rows:,} rows, and the fact says {show(said.get('rows'))}")


def json_lines(file):
    """The lines of a file, each as its bytes and as JSON."""
    for number, line in enumerate(file, 1):
        if not line.endswith(b"\n"):
            raise Unreadable(f"line {number} has no end")
        try:
            yield number, line, DECODER.decode(line.decode("utf-8"))
        except (UnicodeDecodeError, ValueError, RecursionError):
            raise Unreadable(f"line {number} is not JSON") from None


def rows_of_set(file):
    """For every row of a set what it commits to: the field, and the hash as 64 hexadecimal digits."""
    names = form = None
    for number, _, line in json_lines(file):
        if number == 1:
            base = uuid_bytes(line.get("base")) if type(line) is dict else None
            if base is None or line.get("format") != "tillkeeper changes" or line.get("version") != 1 or any(base[12:]):
                raise Unreadable("its head is none of version 1")
        elif type(line) is dict:
            form = next((form for form in ("made", "changed") if form in line), None)
            names = line.get(form)
            if type(names) is not list or not all(type(name) is str for name in names) or type(line.get("entity")) is not str:
                raise Unreadable(f"the section in line {number} has no names")
        elif type(line) is list and form == "made" and len(line) == len(names):
            yield commitments(zip(names, line))
        elif type(line) is list and form == "changed" and len(line) == 2 + 2 * len(names) and is_known_id(line[0]):
            yield commitments(zip(names, line[3::2]))
        else:
            raise Unreadable(f"line {number} is no row of its section")


def is_known_id(value):
    return uuid_bytes(value) is not None or type(value) is int and 0 <= value < 2**32


def commitments(pairs):
    return {name: value["commitment"] for name, value in pairs if type(value) is dict and "commitment" in value}


def personal_lines(file):
    """The lines of a second file: row, field, salt, and the value's own text, which is what was hashed."""
    for number, text, line in json_lines(file):
        if type(line) is not list or len(line) != 4 or type(line[0]) is not int or type(line[1]) is not str:
            raise Unreadable(f"line {number} of its personal values is none")
        if type(line[2]) is not str or not re.fullmatch("[0-9a-f]{32}", line[2]):
            raise Unreadable(f"line {number} of its personal values has no salt")
        value = text[text.index(line[2].encode()) + len(line[2]) + 2 : -2]
        yield line[0], line[1], bytes.fromhex(line[2]), value


def check_follows(checker, places, ledger):
    """Rule 14: an archive goes on where one before ended or began, and the ledger holds the same facts there."""
    if not checker.is_archive:
        raise Fault(14, "The file stands among the archives, and is none.")
    fault = None
    for s in checker.logs:
        begin, last = (s.begin.seq, s.begin.hash, s.begin.key), s.begin.seq + s.facts
        known = places.setdefault(s.incarnation, [])
        goes_on = not known or begin in known
        known.extend([begin, (last, s.hash, s.public_key)])
        if not goes_on and fault is None:
            before = ", ".join(str(seq) for seq in sorted({seq for seq, _, _ in known[:-2]}))
            fault = Fault(
                14,
                f"The archive should begin behind a place where one before ended or began ({before}), with the same hash "
                f"and key; it begins behind place {begin[0]}.",
                s.log,
                begin[0] + 1,
            )
        for seq, fact_hash in ((begin[0], begin[1]), (last, s.hash)):
            there = fact_in(ledger, s.incarnation, seq)
            if there not in (None, fact_hash) and fault is None:
                fault = Fault(14, f"The ledger has another fact at place {seq}.", s.log, seq)
    if fault:
        raise fault


def fact_in(ledger, incarnation, seq):
    """The hash of a ledger's fact, or None where it has none there."""
    if not os.path.exists(ledger):
        return None
    with contextlib.closing(open_ledger(ledger, not any(signs_of_writing(ledger)[1]))) as database:
        row = database.execute(
            "select f.envelope from log l join fact f on f.log = l.id and f.seq = ? where l.incarnation = ?", (seq, incarnation)
        ).fetchone()
    return hashlib.sha256(row[0]).digest() if row and type(row[0]) is bytes else None


def check_once(path, still):
    checker = database = None
    try:
        database = open_ledger(path, still)
        checker = Checker(database)
        checker.check()
        return None, checker
    except Fault as fault:
        return fault, checker
    except sqlite3.Error as error:
        words = f"SQLite cannot read the file: {'its pages lead in circles' if str(error) == 'interrupted' else error}."
    except UnicodeDecodeError as error:  # its own message quotes bytes of the file
        words = f"SQLite cannot read the file: {plain(error.object.decode('utf-8', 'backslashreplace'))}."
    except MemoryError:
        words = "A value in the file is too large to be read."
    except Exception as error:  # whatever a damaged file may bring: named, and never taken for a whole ledger
        words = f"The file cannot be checked: {type(error).__name__}: {show(str(error))}."
    finally:
        if database is not None:
            try:
                if checker is not None:
                    checker.personal.close()  # an open cursor would keep the file open
                database.close()
            except sqlite3.Error:
                pass
    log, seq = checker.place if checker and checker.place else (None, None)
    return Fault(0, words, log, seq), checker


def totals_of(logs):
    totals = {}
    for summary in logs:
        if not summary.training:
            for currency, total in summary.totals.items():
                totals[currency] = totals.get(currency, 0) + total
    return dict(sorted(totals.items()))


def as_json(path, fault, checker):
    answer = {"file": path, "whole": fault is None, "fault": None, "logs": checker.log_count if checker else None}
    answer["archive"] = checker.month if checker else None
    if fault:
        answer["fault"] = {"rule": fault.rule, "log": fault.log, "seq": fault.seq, "words": fault.words}
        answer.update(facts=None, sales=None, totals=None)
    else:
        answer["facts"] = sum(summary.facts for summary in checker.logs)
        answer["sales"] = sum(summary.sales for summary in checker.logs if not summary.training)
        answer["totals"] = totals_of(checker.logs)
    return json.dumps(answer)


def spoken_totals(totals):
    return ", ".join(f"{plain(currency)} {total:,}" for currency, total in totals.items()) or "nothing"


def as_text(path, fault, checker):
    name = plain(path, 4096)
    if fault:
        if fault.rule == 0:
            where = (
                "" if fault.log is None else f" (log {fault.log}" + ("" if fault.seq is None else f", place {fault.seq}") + ")"
            )
            return f"{name}: CANNOT BE CHECKED{where}\n  {fault.words}"
        where = (
            "The file as a whole"
            if fault.log is None
            else f"Log {fault.log}" + ("" if fault.seq is None else f", place {fault.seq}")
        )
        return f"{name}: DAMAGED\n  {where}, rule {fault.rule}: {fault.words}\n  Nothing behind this place was looked at."
    logs = checker.logs
    counting, training = [s for s in logs if not s.training], [s for s in logs if s.training]
    facts, sales = sum(s.facts for s in logs), sum(s.sales for s in counting)
    what = "" if checker.month is None else f", an archive of {plain(checker.month)}"
    lines = [f"{name}: whole{what}", f"  {count(len(logs), 'log')}, {count(facts, 'fact')}, {count(sales, 'sale')}"]
    if training:
        lines[-1] += f", and {count(sum(s.sales for s in training), 'sale')} to train on"
    lines.append(f"  Total in minor units: {spoken_totals(totals_of(logs))}")
    for s in logs:
        kind = ", to train on" if s.training else ""
        numbers = "no receipt numbers"
        if s.last_number:
            series = plain(s.series)
            numbers = f"receipts {series}-{s.first_number:06d} to {series}-{s.last_number:06d}"
        signed = "not signed"
        if s.signed_to:
            last = s.begin.seq + s.facts
            signed = "signed to its end" if s.signed_to == last else f"signed up to place {s.signed_to:,} of {last:,}"
        lines.append(
            f"  Log {s.log}{kind} (till {uuid_text(s.terminal)}): {count(s.facts, 'fact')}, {count(s.sales, 'sale')}, "
            f"{numbers}, "
            f"{spoken_totals(dict(sorted(s.totals.items())))}; {signed}"
        )
    lines.append(f"  Personal values: {checker.kept:,} kept, as they were committed to; {checker.erased:,} erased")
    not_read = sum(s.not_read for s in logs)
    if not_read:
        lines.append(
            f"  {count(not_read, 'fact is', 'facts are')} of a kind or version that is not known here: "
            "only the envelope was checked"
        )
    return "\n".join(lines)


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Checks Tillkeeper ledgers and tells the first fault of each.")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each file")
    parser.add_argument("paths", nargs="+", metavar="FILE_OR_DIRECTORY", help="a ledger, or a directory with a ledger.db")
    options = parser.parse_args(arguments)
    sys.stdout.reconfigure(errors="backslashreplace")
    code = 0
    for path in options.paths:
        for path, fault, checker in check_directory(path) if os.path.isdir(path) else [(path, *check_file(path))]:
            print((as_json if options.json else as_text)(path, fault, checker), flush=True)
            code = max(code, 0 if fault is None else 1 if fault.rule else 2)
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
