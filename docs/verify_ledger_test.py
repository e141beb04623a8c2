"""Tests of verify_ledger.py: `python3 -m unittest discover -s docs -p '*_test.py'`.

The ledgers are made here from the page "The format of the ledger" alone, then damaged, one rule at a time.
"""

import contextlib
import hashlib
import io
import json
import os
import pathlib
import random
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import verify_ledger as v  # noqa: E402

PAGE = pathlib.Path(__file__).with_name("ledger-format.md")

# --- signing, for the tests alone ---


def secret_scalar(seed):
    digest = hashlib.sha512(seed).digest()
    return int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254, digest[32:]


def times_base(scalar):
    return v.compress(v.add_multiple(v.IDENTITY, scalar, v.base_table()))


def public_key_of(seed):
    return times_base(secret_scalar(seed)[0])


def sign(seed, message):
    scalar, prefix = secret_scalar(seed)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % v.L
    commitment = times_base(r)
    k = int.from_bytes(hashlib.sha512(commitment + times_base(scalar) + message).digest(), "little") % v.L
    return commitment + ((r + k * scalar) % v.L).to_bytes(32, "little")


# --- making ledgers ---

SCHEMA = """
create table log (id integer primary key, organisation, store, terminal, incarnation, series, training,
    head_seq, head_hash, head_hlc);
create table fact (arrival integer primary key, log, seq, kind, envelope, salt, payload);
create index fact_by_place on fact (log, seq);
create table signed_head (log, seq, hash, public_key, signature);
create table detached (arrival, field, salt, value, primary key (arrival, field)) without rowid;
"""
START = 1_772_438_400_000  # 2026-03-02T08:00:00Z
SEED = bytes(range(32))


def uuid(number):
    return number.to_bytes(16, "big")


class Fact:
    def __init__(self, kind, payload, **changes):
        self.kind, self.payload, self.changes = kind, payload, changes
        self.detached = {}  # field: (salt, value)


class Log:
    """One log: its facts are numbered, chained and given clocks when it is written, unless `changes` say otherwise."""

    def __init__(self, log=1, series="A", reason="new", incarnation=None):
        self.log, self.series, self.training = log, series, int(reason == "training")
        self.ids = [uuid(1), uuid(2), uuid(3), uuid(incarnation or 100 + log)]
        self.sales, self.row, self.signed, self.facts = 0, {}, [], []
        names = dict(zip(v.ID_NAMES, map(v.uuid_text, self.ids), strict=True))
        self.add("ledger.opened", {**names, "series": series, "reason": reason})

    def add(self, kind, payload, **changes):
        self.facts.append(Fact(kind, payload, **changes))
        return self.facts[-1]

    def sign_here(self):
        self.signed.append(len(self.facts))

    def key(self, seed=SEED):
        return self.add("key.introduced", {"public_key": public_key_of(seed).hex(), "kept_in": "file"})

    def sale(self, **changes):
        self.sales += 1
        payload = {
            "sale": v.uuid_text(uuid(1_000_000 * self.log + self.sales)),
            "number": self.sales,
            "receipt_number": f"{self.series}-{self.sales:06}",
            "business_day": 20_514,
            "opened_at": START,
            "shop_version": 1,
            "currency": "EUR",
            "tax_policy": {"mode": "included", "scope": "document", "rounding": "half_up"},
            "lines": [
                {"line": 1, "direction": "sale", "name": "Bread", "quantity": 2000, "price": 1_200_000, "amount": 240},
                {"line": 2, "direction": "return", "name": "Jar", "quantity": 1000, "price": 300_000, "amount": 30},
            ],
            "taxes": [{"rate": 50_000, "net": 200, "tax": 10}],
            "total": 210,
            "tenders": [
                {"kind": "cash", "direction": "taken", "tendered": 500, "change": 240},
                {"kind": "cash", "direction": "given", "tendered": 50, "change": 0},
            ],
            "trail": [],
        }
        payload.update(changes)
        return self.add("sale.completed", payload)

    def operator(self, name="Amina"):
        salt, value = hashlib.sha256(name.encode()).digest()[:16], json.dumps(name).encode()
        commitment = hashlib.sha256(salt + value).hexdigest()
        fields = {"name": {"old": None, "new": {"commitment": commitment}}, "status": {"old": None, "new": "active"}}
        fact = self.add("record.changed", {"entity": "operator", "id": v.uuid_text(uuid(7)), "fields": fields})
        fact.detached["name"] = (salt, value)
        return fact


def envelope_of(ids, seq, kind, flags, hlc, previous, payload_hash, version=1, form=1, magic=b"TKPR", quality=1):
    kind = kind if isinstance(kind, bytes) else kind.encode()
    head = magic + bytes([form]) + b"".join(ids) + struct.pack(">QB", seq, len(kind)) + kind
    clocks = struct.pack(">HHqhQQQB", version, flags, hlc >> 16, 60, hlc, 5, 1000, quality)
    return head + clocks + bytes(16) + previous + payload_hash


def write(path, logs, statements=()):
    database = sqlite3.connect(path)
    database.execute("pragma synchronous = off")
    database.executescript(SCHEMA)
    arrival, hlc = 0, START << 16
    for log in logs:
        previous, head_hlc = v.ZERO_HASH, 0
        for seq, fact in enumerate(log.facts, 1):
            arrival, hlc, changes = arrival + 1, hlc + (250 << 16), dict(fact.changes)
            payload = fact.payload if isinstance(fact.payload, bytes) else json.dumps(fact.payload).encode()
            salt = changes.pop("salt", hashlib.md5(arrival.to_bytes(8, "big")).digest())
            column, place = changes.pop("column", fact.kind), changes.pop("place", seq)
            fields = dict(ids=log.ids, seq=seq, kind=fact.kind, flags=log.training * 2, hlc=hlc, previous=previous)
            fields["payload_hash"] = hashlib.sha256(salt + payload).digest()
            tail = changes.pop("tail", b"")
            fields.update(changes)
            envelope = envelope_of(**fields) + tail
            previous, head_hlc = hashlib.sha256(envelope).digest(), fields["hlc"]
            row = (arrival, log.log, place, column, envelope, salt, payload)
            database.execute("insert into fact values (?, ?, ?, ?, ?, ?, ?)", row)
            for field, (field_salt, value) in fact.detached.items():
                database.execute("insert into detached values (?, ?, ?, ?)", (arrival, field, field_salt, value))
            if seq in log.signed:
                signature = sign(SEED, b"tkpr-head-1" + log.ids[3] + seq.to_bytes(8, "big") + previous)
                head = (log.log, seq, previous, public_key_of(SEED), signature)
                database.execute("insert into signed_head values (?, ?, ?, ?, ?)", head)
        row = dict(zip(v.ID_NAMES, log.ids, strict=True), series=log.series, training=log.training)
        row.update(head_seq=len(log.facts), head_hash=previous, head_hlc=head_hlc, **log.row)
        columns = ("id", *row)
        marks = ", ".join("?" * len(columns))
        database.execute(f"insert into log ({', '.join(columns)}) values ({marks})", (log.log, *row.values()))
    for statement in statements:
        database.execute(*(statement if isinstance(statement, tuple) else (statement,)))
    database.commit()
    database.close()


def shop():
    """Two logs that count and one to train on: three sales, then two, then one; the first is signed at 4 and 8 of its 9."""
    first, second, third = Log(1), Log(2, "B", "restored"), Log(3, "T", "training")
    first.key()
    first.operator()
    first.sale()
    first.sign_here()
    first.add("session.signed_in", {"door": "screen"})
    first.sale(currency="EUR")
    first.add("later.invented", b"not read")
    first.sale(currency="CHF")
    first.sign_here()
    first.add("session.signed_out", {"door": "screen"})
    second.sale()
    second.key()
    second.sale()
    third.sale()
    return first, second, third


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "ledger.db")

    def told(self, *arguments):
        output = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with contextlib.redirect_stdout(output):
            code = v.main([*arguments, self.path])
            output.flush()
        return code, output.buffer.getvalue().decode()

    def verdict(self, logs=None, *statements):
        if logs is not None:
            if os.path.exists(self.path):
                os.remove(self.path)
            write(self.path, logs, statements)
        code, line = self.told("--json")
        answer = json.loads(line)
        spoken_code, spoken = self.told()
        self.assertEqual(spoken_code, code)
        self.assertNotIn("Traceback", spoken)
        self.assertEqual(answer["whole"], code == 0)
        self.assertEqual(answer["fault"] is None, code == 0)
        if code:
            self.assertEqual(code, 1 if answer["fault"]["rule"] else 2)
            self.assertIn(answer["fault"]["words"], spoken)
        return answer

    def assert_whole(self, logs, *statements):
        answer = self.verdict(logs, *statements)
        self.assertIsNone(answer["fault"])
        return answer

    def assert_fault(self, rule, log, seq, logs, *statements, words=""):
        answer = self.verdict(logs, *statements)
        self.assertIsNotNone(answer["fault"], "the ledger is taken to be whole")
        found = answer["fault"]
        self.assertEqual((found["rule"], found["log"], found["seq"]), (rule, log, seq), found["words"])
        self.assertIn(words, found["words"])


class Signatures(unittest.TestCase):
    # RFC 8032, 7.1: secret key, public key, message, signature
    VECTORS = (
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
        (
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            hashlib.sha512(b"abc").hexdigest(),
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
        ),
    )

    def test_the_vectors_of_the_rfc_hold(self):
        for secret, public, message, signature in self.VECTORS:
            secret, message, signature = map(bytes.fromhex, (secret, message, signature))
            key = public_key_of(secret)
            self.assertEqual(key.hex(), public)
            self.assertEqual(sign(secret, message), signature)
            self.assertTrue(v.verify_signature(key, message, signature))

    def test_one_changed_bit_breaks_a_signature(self):
        key = public_key_of(SEED)
        signature = sign(SEED, b"a message")
        for bit in range(0, 512, 7):
            changed = bytearray(signature)
            changed[bit // 8] ^= 1 << bit % 8
            self.assertFalse(v.verify_signature(key, b"a message", bytes(changed)))
        self.assertFalse(v.verify_signature(key, b"another message", signature))
        self.assertFalse(v.verify_signature(public_key_of(bytes(32)), b"a message", signature))
        self.assertFalse(v.verify_signature(key, b"a message", signature[:63]))

    def test_a_second_form_of_s_is_rejected(self):
        signature = sign(SEED, b"a message")
        s = int.from_bytes(signature[32:], "little") + v.L
        self.assertFalse(v.verify_signature(public_key_of(SEED), b"a message", signature[:32] + s.to_bytes(32, "little")))

    def test_points_that_are_not_canonical_are_rejected(self):
        for number in (v.P, v.P + 1, 2**255 - 1, 1 | 1 << 255, v.P - 1 | 1 << 255, 2):
            self.assertIsNone(v.decompress(number.to_bytes(32, "little")), number)
        # y = 1 is the identity: with it as key, R = identity and S = 0 would be a signature of every message
        identity = (1).to_bytes(32, "little")
        self.assertEqual(v.decompress(identity), v.IDENTITY)
        self.assertFalse(v.verify_signature(identity, b"whatever", identity + bytes(32)))
        self.assertFalse(v.verify_signature((v.P + 1).to_bytes(32, "little"), b"", identity + bytes(32)))

    def test_scalars_agree_with_doubling_and_adding(self):
        numbers = random.Random(8032)
        base = v.decompress((4 * pow(5, -1, v.P) % v.P).to_bytes(32, "little"))
        for scalar in (0, 1, 2, 15, 16, v.L - 1, v.L, *(numbers.randrange(v.L) for _ in range(5))):
            slowly, power = v.IDENTITY, base
            for bit in range(scalar.bit_length()):
                if scalar >> bit & 1:
                    slowly = v.add(slowly, v.prepared(power))
                power = v.add(power, v.prepared(power))
            self.assertEqual(times_base(scalar), v.compress(slowly))
        self.assertEqual(times_base(v.L), v.compress(v.IDENTITY))


class WorkedExample(unittest.TestCase):
    def test_the_example_of_the_page_is_read_as_it_says(self):
        block = re.search(r"<!-- example -->(.*?)<!-- /example -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]
        named = {
            name: re.search(rf"^{name}\s+(\S+(?:\n\s+\S+)*)$", block, re.MULTILINE)[1]
            for name in ("salt", "payload", "payload hash", "envelope", "hash")
        }
        data = bytes.fromhex(named["envelope"])
        envelope = v.Envelope(data)
        self.assertEqual(envelope.ids, tuple(map(uuid, (1, 2, 3, 4))))
        self.assertEqual((envelope.seq, envelope.kind, envelope.version, envelope.flags), (1, "ledger.opened", 1, 0))
        self.assertEqual((envelope.wall, envelope.hlc), (START, START << 16))
        self.assertEqual(envelope.previous, v.ZERO_HASH)
        payload_hash = hashlib.sha256(bytes.fromhex(named["salt"]) + named["payload"].encode()).hexdigest()
        self.assertEqual(payload_hash, named["payload hash"])
        self.assertEqual(envelope.payload_hash.hex(), payload_hash)
        self.assertEqual(hashlib.sha256(data).hexdigest(), named["hash"])
        content = v.read_payload(named["payload"].encode())
        self.assertEqual([v.uuid_bytes(content[name]) for name in v.ID_NAMES], list(envelope.ids))


class KindsOfThePage(unittest.TestCase):
    def test_every_kind_of_the_page_is_known(self):
        rows = re.findall(r"^\| ((?:`[a-z_]+\.[a-z_]+`(?:, )?)+) \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
        named = {(kind, version) for kinds, version in rows for kind in re.findall("`(.*?)`", kinds)}
        self.assertGreater(len(named), 10)
        self.assertLessEqual(named, {(kind, "1") for kind in v.KNOWN_KINDS})


class WholeLedgers(Case):
    def test_a_shop_is_whole_and_its_sales_are_summed(self):
        answer = self.assert_whole(shop())
        self.assertEqual((answer["logs"], answer["facts"], answer["sales"]), (3, 15, 5))
        self.assertEqual(answer["totals"], {"CHF": 210, "EUR": 840})
        self.assertEqual(answer["file"], self.path)

    def test_what_was_checked_is_said(self):
        write(self.path, shop())
        code, spoken = self.told()
        self.assertEqual(code, 0)
        for words in (
            "ledger.db: whole",
            "3 logs, 15 facts, 5 sales, and 1 sale to train on",
            "CHF 210, EUR 840",
            "receipts A-000001 to A-000003",
            "signed up to place 8 of 9",
            "Log 3, to train on",
            "not signed",
            "1 kept, as they were committed to; 0 erased",
            "1 fact is of a kind or version that is not known here",
        ):
            self.assertIn(words, spoken)

    def test_a_directory_means_its_ledger(self):
        write(self.path, shop())
        self.path = self.folder.name
        self.assertEqual(self.told("--json")[0], 0)

    def test_an_erased_value_leaves_the_ledger_whole(self):
        self.assert_whole(shop(), "update detached set value = null")
        self.assertIn("0 kept, as they were committed to; 1 erased", self.told()[1])
        self.assert_whole(shop(), "delete from detached")
        self.assertIn("0 kept, as they were committed to; 1 erased", self.told()[1])

    def test_what_is_not_known_is_passed_over(self):
        log = Log()
        log.sale(another_field={"deep": [1, True, None]}, origin={"operation": "sale.complete", "door": "screen"})
        log.add("record.changed", b"\xff", version=2)
        log.add("sale.completed", b"{", version=2)
        log.sales += 1
        log.sale()
        log.add("", b"")
        self.assert_whole([log])

    def test_prices_without_tax_come_to_the_sum_of_net(self):
        log = Log()
        line = {"line": 1, "direction": "sale", "amount": 200}
        log.sale(tax_policy={"mode": "added", "scope": "line", "rounding": "half_up"}, lines=[line])
        self.assert_whole([log])

    def test_a_return_and_an_empty_file(self):
        log = Log()
        log.sale(
            total=-30,
            lines=[{"direction": "return", "amount": 30}],
            taxes=[{"rate": 0, "net": -30, "tax": 0}],
            tenders=[{"kind": "cash", "direction": "given", "tendered": 30, "change": 0}],
        )
        self.assertEqual(self.assert_whole([log])["totals"], {"EUR": -30})
        self.assertEqual(self.assert_whole([])["totals"], {})

    def test_a_file_is_read_beside_a_program_that_writes_and_left_as_it_was(self):
        write(self.path, shop())
        self.assertEqual(self.told()[0], 0)
        self.assertEqual(os.listdir(self.folder.name), ["ledger.db"])
        writer = sqlite3.connect(self.path)
        self.addCleanup(writer.close)
        writer.execute("pragma journal_mode = wal")
        writer.execute("pragma wal_autocheckpoint = 0")
        writer.execute("update log set series = 'X' where id = 1")
        self.assertEqual(self.told()[0], 0)  # not committed yet
        writer.commit()
        self.assert_fault(5, 1, 1, None)
        writer.execute("update log set series = 'A' where id = 1")
        writer.commit()
        self.assertEqual(self.told()[0], 0)
        writer.close()
        self.assertEqual(os.listdir(self.folder.name), ["ledger.db"])
        self.assertEqual(self.told()[0], 0)
        self.assertEqual(os.listdir(self.folder.name), ["ledger.db"])


class DamagedLedgers(Case):
    def changed(self, **changes):
        """A shop whose fact at place 6, a sale, has other fields in its envelope, chained as if nothing were wrong."""
        logs = shop()
        logs[0].facts[5].changes.update(changes)
        return logs

    def sold(self, **changes):
        """A shop whose second sale, at place 6, says something else, sealed and chained as if nothing were wrong."""
        logs = shop()
        logs[0].signed.clear()
        logs[0].facts[5].payload.update(changes)
        return logs

    def payload(self, text, place=6):
        logs = shop()
        logs[0].facts[place - 1].payload = text if isinstance(text, bytes) else text.encode()
        return logs

    def test_rule_1(self):
        for changes in (
            {"magic": b"TKPX"},
            {"form": 2},
            {"tail": b"\0"},
            {"kind": b"sale\xff"},
            {"quality": 4},
            {"column": "sale.cancelled"},
            {"column": None},
            {"column": b"sale.completed"},
        ):
            with self.subTest(changes):
                self.assert_fault(1, 1, 6, self.changed(**changes))
        for value in ("x''", "x'544b5052'", "zeroblob(197)", "'text'", "null", "7", "7.5"):
            with self.subTest(value):
                self.assert_fault(1, 1, 6, shop(), f"update fact set envelope = {value} where log = 1 and seq = 6")

    def test_rule_2(self):
        self.assert_fault(2, 1, 6, self.changed(seq=7))
        self.assert_fault(2, 1, 6, self.changed(seq=2**64 - 1))
        for part, name in enumerate(v.ID_NAMES):
            ids = [uuid(1), uuid(2), uuid(3), uuid(101)]
            ids[part] = uuid(99)
            self.assert_fault(2, 1, 6, self.changed(ids=ids), words=name)
        self.assert_fault(2, 1, 6, shop(), "delete from fact where log = 1 and seq = 6", words="place 6 is missing")
        self.assert_fault(2, 1, 1, shop(), "delete from fact where log = 1 and seq = 1")
        self.assert_fault(2, 1, 1, shop(), "delete from fact where log = 1", words="no fact at all")
        self.assert_fault(2, 1, 5, shop(), "update fact set seq = 5 where log = 1 and seq = 6", words="another fact at place 5")
        self.assert_fault(2, 1, 0, self.changed_first(place=0))
        for value in ("null", "2.5", "'six'", "x'06'", "9223372036854775807"):
            with self.subTest(value):
                change = f"update fact set seq = {value} where log = 1 and seq"
                self.assert_fault(2, 1, 6, shop(), f"{change} = 6")
                place = 9 if value.startswith("9") else None
                self.assert_fault(2, 1, place, shop(), f"{change} = 9")
        for value in ("null", "'one'", "1.5"):
            with self.subTest(value):
                self.assert_fault(
                    2,
                    None,
                    None,
                    shop() + (extra(),),
                    f"update fact set log = {value} where log = 9",
                    "delete from log where id = 9",
                )

    def changed_first(self, **changes):
        logs = shop()
        logs[0].facts[0].changes.update(changes)
        return logs

    def test_rule_3(self):
        self.assert_fault(3, 1, 6, self.changed(previous=bytes(32)))
        self.assert_fault(3, 1, 1, self.changed_first(previous=b"\1" * 32))
        self.assert_whole(shop())
        database = sqlite3.connect(self.path)
        envelope = bytearray(database.execute("select envelope from fact where log = 1 and seq = 5").fetchone()[0])
        envelope[-70] ^= 1  # the operator's id
        database.execute("update fact set envelope = ? where log = 1 and seq = 5", (bytes(envelope),))
        database.commit()
        database.close()
        self.assert_fault(3, 1, 6, None)

    def test_rule_4(self):
        self.assert_fault(4, 1, 6, self.changed(payload_hash=bytes(32)))
        for value in ("x'7b7d'", "null", "12", "'{}'", "1.5", "zeroblob(1000000)"):
            with self.subTest(value):
                self.assert_fault(4, 1, 6, shop(), f"update fact set payload = {value} where log = 1 and seq = 6")
                self.assert_fault(4, 1, 6, shop(), f"update fact set salt = {value} where log = 1 and seq = 6")
        # bytes that move from the payload to the salt keep the hash
        self.assert_fault(4, 1, 6, self.changed(salt=bytes(17)))
        self.assert_fault(4, 1, 5, self.payload("{", place=5))
        self.assert_fault(4, 1, 5, self.payload('{"door":1.0}', place=5), words="whole numbers")

    def test_rule_5(self):
        def opened(**changes):
            logs = shop()
            logs[0].facts[0].payload.update(changes)
            return logs

        for name in v.ID_NAMES:
            self.assert_fault(5, 1, 1, opened(**{name: v.uuid_text(uuid(99))}), words=name)
            self.assert_fault(5, 1, 1, opened(**{name: None}), words=name)
            self.assert_fault(5, 1, 1, shop(), f"update log set {name} = zeroblob(16) where id = 1", words=name)
        self.assert_fault(5, 1, 1, opened(series="B"))
        self.assert_fault(5, 1, 1, opened(reason=None))
        self.assert_fault(5, 1, 1, opened(reason="training"), words="should carry the flag")
        self.assert_fault(5, 1, 1, self.changed_first(kind="sale.cancelled", column="sale.cancelled"))
        self.assert_fault(5, 1, 6, self.changed(flags=2))
        logs = shop()
        logs[2].facts[1].changes["flags"] = 0
        self.assert_fault(5, 3, 2, logs)
        for change in (
            "series = 'X'",
            "series = null",
            "series = x'41'",
            "training = 1",
            "training = null",
            "training = '0'",
            "training = 2",
            "organisation = null",
            "store = 'text'",
            "incarnation = 12",
        ):
            with self.subTest(change):
                self.assert_fault(5, 1, 1, shop(), f"update log set {change} where id = 1")
        self.assert_fault(5, 1, 1, shop(), "update log set series = cast(x'ff' as text) where id = 1")
        self.assert_fault(5, 3, 1, shop(), "update log set training = 0 where id = 3")
        self.assert_fault(5, 1, 1, shop(), "delete from log where id = 1", words="none")

    def test_rule_6(self):
        first = (START << 16) + (250 << 16)
        self.assert_fault(6, 1, 6, self.changed(hlc=first + (250 << 16) * 4))
        self.assert_fault(6, 1, 6, self.changed(hlc=0))
        self.assert_fault(6, 1, 7, self.changed(hlc=2**63 - 1))

    def test_rule_7(self):
        for changes in (
            {"number": 3},
            {"number": 1},
            {"number": None},
            {"number": "2"},
            {"number": True},
            {"number": 2**70},
            {"number": [2]},
            {"receipt_number": "A-2"},
            {"receipt_number": "B-000002"},
            {"receipt_number": "A-0000002"},
            {"receipt_number": None},
            {"receipt_number": 2},
            {"receipt_number": "A-00000\u0662"},
        ):
            with self.subTest(changes):
                self.assert_fault(7, 1, 6, self.sold(**changes))
        self.assert_fault(7, 1, 6, self.payload("{}"))
        log = Log()
        log.sales = 999_999
        log.sale(number=1)
        self.assert_fault(7, 1, 2, [log])
        log = Log()
        log.sale(number=1_000_000)
        self.assert_fault(7, 1, 2, [log], words="should have number 1;")

    def test_payloads_that_cannot_be_read(self):
        for text in (
            "",
            "{",
            "{}}",
            "[1]",
            b"\xff",
            b"\xef\xbb\xbf{}",
            '{"later": 1.5}',
            '{"tenders": [{"change": 1, "rate": 1e3}]}',
            '{"lines": {"amount": 1.5}}',
            '{"later": {"deep": [[-18446744073709551616]]}}',
            '{"total": NaN}',
            '{"total": -Infinity}',
            '{"number": 2, "number": 2}',
            "[" * 200_000,
            '{"a":' * 200_000,
            b"{\0}",
            "{}".encode("utf-16"),
        ):
            with self.subTest(text[:40]):
                self.assert_fault(4, 1, 6, self.payload(text))
        for text in (
            '{"total": 1.5}',
            '{"number": 1e3}',
            '{"number": ' + "9" * 10_000 + "}",
            '{"number": 18446744073709551616}',
        ):
            with self.subTest(text[:40]):
                self.assert_fault(7, 1, 6, self.payload(text))
        self.assert_fault(4, 1, 1, self.payload("[]", place=1))
        self.assert_whole(self.sold(later=2**64 - 1))

    def test_rule_8(self):
        def tender(**changes):
            return [{"kind": "cash", "direction": "taken", "tendered": 210, "change": 0, **changes}]

        def line(**changes):
            return [{"line": 1, "direction": "sale", "amount": 210, **changes}]

        def tax(**changes):
            return [{"rate": 0, "net": 210, "tax": 0, **changes}]

        self.assert_whole(self.sold(tenders=tender(), lines=line(), taxes=tax()))
        self.assert_whole(self.sold(tenders=tender(tendered=240, tip=30), lines=line(), taxes=tax()))
        for changes in (
            {"total": 211},
            {"total": None},
            {"total": "210"},
            {"total": True},
            {"currency": None},
            {"currency": 978},
            {"taxes": None},
            {"taxes": {}},
            {"taxes": [1]},
            {"taxes": tax(net=211)},
            {"taxes": tax(net=None)},
            {"taxes": tax(tax="0")},
            {"taxes": tax(net=2**63, tax=210 - 2**63)},
            {"tenders": None},
            {"tenders": []},
            {"tenders": [None]},
            {"tenders": tender(tendered=200)},
            {"tenders": tender(change=1)},
            {"tenders": tender(tip=1)},
            {"tenders": tender(tendered=240, tip=29)},
            {"tenders": tender(tip=None)},
            {"tenders": tender(tip="0")},
            {"tenders": tender(change="0")},
            {"tenders": tender(change=None)},
            {"tenders": tender(tendered=210.0)},
            {"total": 210.0},
            {"total": 2**70},
            {"tenders": tender(direction="given")},
            {"tenders": tender(direction=None)},
            {"tenders": tender(direction=["taken"])},
            {"tax_policy": None},
            {"tax_policy": "included"},
            {"tax_policy": {"mode": "none"}},
            {"tax_policy": {"mode": "added"}},
            {"tax_policy": {"mode": []}},
            {"lines": None},
            {"lines": []},
            {"lines": ["x"]},
            {"lines": line(amount=209)},
            {"lines": line(amount=None)},
            {"lines": line(direction="return")},
            {"lines": line(direction=None)},
        ):
            with self.subTest(changes):
                self.assert_fault(8, 1, 6, self.sold(**changes))

    def test_rule_9(self):
        for change in (
            "head_seq = 8",
            "head_seq = 10",
            "head_seq = null",
            "head_seq = 'nine'",
            "head_hash = zeroblob(32)",
            "head_hash = 'text'",
            "head_hash = null",
            "head_hlc = head_hlc + 1",
            "head_hlc = null",
            "head_hlc = 1.5",
        ):
            with self.subTest(change):
                self.assert_fault(9, 1, None, shop(), f"update log set {change} where id = 1")
        self.assert_fault(
            9, 1, None, shop(), "delete from fact where log = 1 and seq = 9", words="Facts at its end are missing"
        )

    def test_rule_10(self):
        where = "where log = 1 and seq = 8"
        for change in (
            "hash = zeroblob(32)",
            "hash = null",
            "public_key = zeroblob(32)",
            "public_key = null",
            "public_key = 'text'",
            "signature = zeroblob(64)",
            "signature = null",
            "signature = 'text'",
            "signature = x'00'",
            "signature = (select signature from signed_head where seq = 4)",
        ):
            with self.subTest(change):
                self.assert_fault(10, 1, 8, shop(), f"update signed_head set {change} {where}")
        self.assert_fault(10, 1, 7, shop(), f"update signed_head set seq = 7 {where}")
        self.assert_fault(10, 1, 12, shop(), f"update signed_head set seq = 12 {where}", words="missing")
        self.assert_fault(10, 1, 0, shop(), f"update signed_head set seq = 0 {where}")
        self.assert_fault(10, 1, 2**63 - 1, shop(), f"update signed_head set seq = 9223372036854775807 {where}")
        self.assert_fault(10, 1, None, shop(), f"update signed_head set seq = null {where}")
        self.assert_fault(10, 1, None, shop(), f"update signed_head set seq = 'eight' {where}")
        self.assert_fault(10, 2, 2, shop(), "update signed_head set log = 2, seq = 2 where seq = 8")
        self.assert_fault(10, None, None, shop(), f"update signed_head set log = 7 {where}")
        self.assert_fault(10, None, None, shop(), f"update signed_head set log = null {where}")
        logs = shop()
        logs[0].facts[1].payload["public_key"] = public_key_of(bytes(32)).hex()
        self.assert_fault(10, 1, 4, logs, words="key introduced for this log")
        logs = shop()
        logs[0].facts.insert(4, Fact("key.introduced", {"public_key": public_key_of(bytes(32)).hex()}))
        self.assert_fault(10, 1, 8, logs)
        for key in (None, "", "00", "zz" * 32, "00 " * 32, 5, ["00" * 32]):
            with self.subTest(key):
                logs = shop()
                logs[0].facts[1].payload["public_key"] = key
                self.assert_fault(10, 1, 2, logs)
        self.assert_fault(4, 1, 2, self.payload("nothing", place=2))
        log = Log()
        log.sign_here()
        self.assert_fault(10, 1, 1, [log], words="no key was introduced")
        log = Log()
        log.add("key.introduced", {"public_key": (1).to_bytes(32, "little").hex()})
        log.sign_here()
        key = "x'01" + "00" * 31
        change = f"update signed_head set public_key = {key}', signature = {key}{'00' * 32}'"
        self.assert_fault(10, 1, 2, [log], change, words="none of Ed25519")

    def test_rule_11(self):
        for change in (
            "value = x'2278222220'",
            "value = 'other'",
            "value = 12",
            "salt = zeroblob(16)",
            "salt = null",
            "salt = x'00'",
            "field = 'status'",
            "field = 'nothing'",
            "field = x'6e616d65'",
            "arrival = 5",
        ):
            with self.subTest(change):
                place = 5 if change == "arrival = 5" else 3
                self.assert_fault(11, 1, place, shop(), f"update detached set {change}")
        self.assert_fault(11, None, None, shop(), "update detached set arrival = 5000")
        self.assert_fault(11, None, None, shop(), "update detached set arrival = 'three'")
        self.assert_whole(shop(), "update detached set arrival = 7")  # beside a kind that is not known
        for fields in (
            [],
            "name",
            {"name": None},
            {"name": {"new": {"commitment": 5}}},
            {"name": {"new": {"commitment": "00"}}},
        ):
            with self.subTest(fields):
                logs = shop()
                logs[0].facts[2].payload["fields"] = fields
                self.assert_fault(11, 1, 3, logs)
        self.assert_fault(4, 1, 3, self.payload("{", place=3))

    def test_rule_12(self):
        second = Log(2, "B", incarnation=101)
        self.assert_fault(12, 2, 1, [Log(1), second], words="logs 1 and 2")
        logs = shop()
        logs[0].facts[5].payload["sale"] = logs[0].facts[3].payload["sale"]
        self.assert_fault(12, 1, 6, logs, words="place 4 of log 1")
        logs = shop()
        logs[2].facts[1].payload["sale"] = logs[0].facts[3].payload["sale"].upper()
        self.assert_fault(12, 3, 2, logs, words="place 4 of log 1")
        first, second = Log(1), Log(2)
        first.sale()
        second.operator()
        second.sale()
        self.assert_fault(12, 2, 3, [first, second], words="log 1")
        training = Log(2, "A", "training")
        training.sale()
        self.assert_whole([first, training])
        for sale in (None, 5, "x", []):
            with self.subTest(sale):
                self.assert_fault(12, 1, 6, self.sold(sale=sale))

    def test_the_first_fault_is_the_one_that_is_told(self):
        self.assert_fault(4, 1, 3, shop(), "update fact set payload = x'' where log > 1 or seq >= 3")
        self.assert_fault(1, 1, 3, shop(), "update fact set payload = x'', envelope = x'' where seq = 3 and log = 1")
        self.assert_fault(9, 1, None, shop(), "update log set head_seq = 4", "update fact set payload = x'' where log = 2")
        self.assert_fault(
            10, 1, 4, shop(), "update signed_head set signature = x''", "update fact set salt = x'' where seq = 5"
        )


def extra():
    return Log(9, "Z")


class UnreadableFiles(Case):
    def assert_unreadable(self, words=""):
        self.assert_fault(0, None, None, None, words=words)

    def test_what_is_no_ledger(self):
        self.assert_unreadable("No such file")
        pathlib.Path(self.path).write_bytes(b"")
        self.assert_unreadable("no table")
        pathlib.Path(self.path).write_bytes(b"no database at all" * 100)
        self.assert_unreadable("not a database")
        os.remove(self.path)
        os.mkfifo(self.path)
        self.assert_unreadable("not a file")

    def test_tables_that_are_not_there_or_not_tables(self):
        for statement in ("drop table signed_head", "alter table log drop column training", "drop table detached"):
            self.verdict(shop(), statement)
            self.assert_unreadable("This is no ledger")
        self.verdict(shop(), "alter table fact rename to hidden", "create view fact as select * from hidden")
        self.assert_unreadable("no table `fact`")

    def test_a_call_that_makes_no_sense(self):
        for arguments in ([], ["--nonsense", "x"]):
            with self.assertRaises(SystemExit) as caught, contextlib.redirect_stderr(io.StringIO()):
                v.main(arguments)
            self.assertEqual(caught.exception.code, 2)

    def test_several_files_are_answered_one_by_one(self):
        write(self.path, shop())
        script = os.path.abspath(v.__file__)
        missing = os.path.join(self.folder.name, "missing\n.db")
        done = subprocess.run([sys.executable, script, "--json", missing, self.path], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (2, ""))
        self.assertEqual([json.loads(line)["whole"] for line in done.stdout.splitlines()], [False, True])

    def test_bytes_of_the_file_that_are_hit_at_random(self):
        write(self.path, shop())
        whole = pathlib.Path(self.path).read_bytes()
        chance = random.Random(1)
        for _ in range(300):
            data = bytearray(whole)
            if chance.random() < 0.2:
                del data[chance.randrange(len(data)) :]
            for _ in range(chance.choice((1, 1, 3, 50))):
                if data:
                    data[chance.randrange(len(data))] = chance.randrange(256)
            pathlib.Path(self.path).write_bytes(data)
            fault, _ = v.check_file(self.path)
            if fault:
                self.assertNotIn("cannot be checked", fault.words)  # what nothing foresaw

    def test_facts_that_an_index_hides_are_noticed(self):
        write(self.path, shop())
        database = sqlite3.connect(self.path)
        database.execute("pragma writable_schema = on")
        page = database.execute("select rootpage from sqlite_schema where name = 'fact_by_place'").fetchone()[0]
        database.execute("delete from sqlite_schema where name = 'fact_by_place'")
        database.commit()
        database.close()
        database = sqlite3.connect(self.path)
        envelope = envelope_of([uuid(1)] * 4, 1, "x", 0, 1, bytes(32), bytes(32))
        database.execute("insert into fact values (null, 5, 1, 'x', ?, x'', x'')", (envelope,))
        database.execute("pragma writable_schema = on")
        index = "create index fact_by_place on fact (log, seq)"
        row = ("index", "fact_by_place", "fact", page, index)
        database.execute("insert into sqlite_schema values (?, ?, ?, ?, ?)", row)
        database.commit()
        database.close()
        self.assert_fault(2, None, None, None, words="hidden")


class DrawerTest(unittest.TestCase):
    """Rule 16: what the reports of a drawer say against the facts they sum up."""

    # 100.00 and 5.30 - 2.50 from the sale and its tip, less a drop of 60.00: 42.80.
    SALE = {
        "total": 250,
        "taxes": [{"rate": 55_000, "net": 237, "tax": 13}],
        "tenders": [{"kind": "cash", "direction": "taken", "tendered": 530, "change": 250, "tip": 30}],
    }

    def report(self):
        cash = dict.fromkeys(v.CASH, 0) | {"float": 10_000, "taken": 530, "change": 250, "drops": 6_000}
        counts = dict.fromkeys(v.COUNTS, 0) | {"sales": 1, "sold": 250, "tips": 30, "cancelled": 1, "no_sales": 1, "counts": 1}
        taxes = [{"rate": 55_000, "net": 237, "tax": 13}]
        tenders = [{"kind": "cash", "count": 1, "taken": 280, "given": 0}]
        return {"expected": 4_280, "figures": {**counts, "cash": cash, "taxes": taxes, "tenders": tenders}}

    def shift(self, is_whole=True):
        shift = v.Shift(0, is_whole)
        shift.take("shift.opened", {"float": 10_000})
        shift.sell(self.SALE)
        shift.take("cash.moved", {"kind": "drop", "amount": 6_000})
        for kind in ("sale.cancelled", "drawer.opened", "shift.counted"):
            shift.take(kind, {})
        return shift

    def test_a_report_that_is_the_sum_of_its_facts_is_whole(self):
        self.shift().check(self.report())

    def test_every_figure_is_held_against_the_facts(self):
        changes = [(name, 7) for name in v.COUNTS] + [("taxes", []), ("tenders", []), ("cash", {}), ("sold", 2.5)]
        for name, value in changes:
            report = self.report()
            report["figures"][name] = value
            with self.subTest(name), self.assertRaises(v.Fault) as caught:
                self.shift().check(report)
            self.assertEqual(caught.exception.rule, 16)

    def test_the_equation_holds_also_where_the_facts_are_not_known(self):
        report = self.report()
        report["figures"]["sold"] = 9_999
        self.shift(is_whole=False).check(report)
        report["expected"] = 1
        with self.assertRaises(v.Fault):
            self.shift(is_whole=False).check(report)

    def drawers(self):
        """Twice the same, in either drawer, turn by turn."""
        drawers = v.Drawers()
        drawers.is_whole = True
        for drawer in ({}, {"drawer": 2}):
            drawers.count("shift.opened", {"float": 10_000} | drawer)
        for drawer in ({"drawer": 2}, {"drawer": 1}):
            drawers.count("sale.completed", self.SALE | drawer)
            drawers.count("cash.moved", {"kind": "drop", "amount": 6_000} | drawer)
            for kind in ("sale.cancelled", "drawer.opened", "shift.counted"):
                drawers.count(kind, drawer)
        return drawers

    def test_each_drawer_has_what_went_into_it(self):
        drawers = self.drawers()
        for drawer in (1, 2):
            report = self.report() | {"drawer": drawer}
            drawers.report(report).check(report)
        drawers.count("cash.moved", {"kind": "drop", "amount": 1, "drawer": 2})
        drawers.report({}).check(self.report())
        with self.assertRaises(v.Fault):
            drawers.report({"drawer": 2}).check(self.report())

    def test_a_drawer_that_cannot_be_read_may_be_any(self):
        for fact in ({"drawer": "2"}, {"drawer": None}, {"drawer": True}, {"drawer": 256}, {"amount": 1, "drawer": 2}):
            drawers = self.drawers()
            drawers.count("cash.moved", fact)
            with self.subTest(fact):
                self.assertFalse(any(shift.is_whole for shift in drawers.shifts.values()))
                self.assertFalse(drawers.of({"drawer": 3}).is_whole)
        with self.assertRaises(v.Fault) as caught:
            self.drawers().report(self.report() | {"drawer": "2"})
        self.assertEqual(caught.exception.rule, 16)

    def test_a_shift_that_begins_afresh_knows_nothing_of_before(self):
        shift = self.shift()
        shift.take("shift.opened", {"float": 5, "afresh": True})
        self.assertEqual((shift.cash["float"], shift.cash["taken"], shift.counts["sales"]), (5, 0, 0))


if __name__ == "__main__":
    unittest.main()
