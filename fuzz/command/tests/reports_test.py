#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The right answers to the inputs of corpus/reports, and to variations of them.

  reports_test.py BIN [TEST ...]     the build's bin/ directory; unittest's test names
"""

import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest
import uuid

BIN = None
REPORTS = pathlib.Path(__file__).resolve().parents[3] / "corpus" / "reports"
BINS = bytes.fromhex("9f04194c3741d34d9c108b97a83ffdfa")
NO_GUID = bytes(16)
TESTED = 7


def hobnail(*arguments):
    return subprocess.run([BIN / "hobnail", *map(str, arguments)], text=True, capture_output=True,
                          timeout=60, check=False)


def hob(kind, body):
    return struct.pack("<HHI", kind, 8 + len(body), 0) + body


def resource(base, length, kind=0, attribute=TESTED, owner=NO_GUID, memory=None):
    body = owner + struct.pack("<IIQQ", kind, attribute, base, length)
    return hob(3, body) if memory is None else hob(13, body + struct.pack("<Q", memory))


def allocation(base, length, kind=4, name=NO_GUID):
    return hob(2, name + struct.pack("<QQQ", base, length, kind))


def volume(base, length):
    return hob(5, struct.pack("<QQ", base, length))


def table(*entries):
    return hob(4, BINS + b"".join(struct.pack("<II", *entry) for entry in entries))


def hob_list(*hobs, end=None, free_bottom=None):
    """PHIT at 0x110000 of [0x100000, 0x200000), a CPU HOB of 40 bits, these HOBs, END."""
    body = hob(6, struct.pack("<BB6x", 40, 16)) + b"".join(hobs)
    at = 0x110000 + 56 + len(body)
    phit = hob(1, struct.pack("<IIQQQQQ", 9, 0, 0x200000, 0x100000, 0x1f0000,
                              at + 8 if free_bottom is None else free_bottom,
                              at if end is None else end))
    return phit + body + hob(0xffff, b"")


class ReportTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def hobs(self, what, code=0, *options):
        """The text and the JSON of `hobnail hobs`, for a file of corpus/reports or for bytes."""
        path = REPORTS / what if isinstance(what, str) else self.folder / "list.hob"
        if not isinstance(what, str):
            path.write_bytes(what)
        out = self.folder / "out.json"
        done = hobnail("hobs", path, "--json", out, *options)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        replayed = hobnail("replay", path)
        self.assertEqual(replayed.returncode, 0, replayed.stdout + replayed.stderr)
        report, = json.loads(out.read_text())["files"]
        taken = "DXE: taken" if report["dxe"]["taken"] else "DXE: refused"
        self.assertIn(taken, replayed.stdout)
        return done.stdout, report

    def rules(self, report, severity=None):
        return [(each["rule"], each["hob"]) for each in report["remarks"]
                if severity in (None, each["severity"])]

    def page(self, report, address):
        """Type and attributes of the page in DXE's map, or None."""
        for entry in report["dxe"]["map"]:
            if int(entry["from"], 16) <= address < int(entry["to"], 16):
                return entry["type"], int(entry["attributes"], 16)
        return None


class ResourcesTest(ReportTest):
    def test_every_overlap_within_a_large_resource_is_reported(self):
        text, report = self.hobs("overlap-third-hidden.hob", 1)
        self.assertEqual(self.rules(report, "finding"), [("RES-OVERLAP", 3), ("RES-OVERLAP", 4)])
        rows = [(row["from"], row["to"], row["is"]) for row in report["resources"]["memory"]]
        self.assertEqual([row[:2] for row in rows],
                         [("0x0", "0x820000"), ("0x820000", "0x840000"), ("0x840000", "0xa00000"),
                          ("0xa00000", "0xa20000"), ("0xa20000", "0x80000000")])
        for row, number in zip(rows, (2, 3, 2, 4, 2)):
            self.assertIn(f"HOB {number}", row[2].split(":")[0].split(" over ")[0])
        self.assertNotIn("not described", text)
        _, report = self.hobs("mu-fd-two.hob", 1)
        self.assertEqual(self.rules(report, "finding"), [("RES-OVERLAP", n) for n in (3, 4, 5)])
        self.assertEqual(len(report["resources"]["memory"]), 7)

    def test_a_large_resource_that_comes_last_hides_nothing(self):
        small = [resource(0x400000 + i * 0x100000, 0x1000, 5) for i in range(3)]
        _, report = self.hobs(hob_list(*small, resource(0x100000, 0x10000000)), 1)
        self.assertEqual(self.rules(report, "finding"), [("RES-OVERLAP", n) for n in (2, 3, 4)])

    def test_the_second_version_describes_memory(self):
        text, report = self.hobs("rd2-only.hob")
        self.assertEqual(self.rules(report, "finding"), [])
        self.assertIn("SystemMemory [0x100000, 0x400000) 3 MiB", text)
        self.assertEqual(report["hobs"][2]["memory_attributes"], "0x8")
        self.assertEqual(report["resources"]["memory"][0]["from"], "0x100000")
        self.assertEqual(self.page(report, 0x300000), ("Conventional", 8))

    def test_both_versions_of_one_range_do_not_overlap(self):
        _, report = self.hobs("rd2-and-v1.hob")
        self.assertEqual(self.rules(report, "finding"), [])
        self.assertEqual(report["dxe"]["not_as_they_stand"], [])
        self.assertEqual(self.page(report, 0x300000), ("Conventional", 8))

    def test_versions_that_contradict_each_other_overlap(self):
        memory = resource(0x100000, 0x300000)
        for other in (resource(0x100000, 0x300000, 5, memory=8),
                      resource(0x200000, 0x300000, memory=8)):
            _, report = self.hobs(hob_list(memory, other), 1)
            self.assertEqual(self.rules(report, "finding"), [("RES-OVERLAP", 3)])
            self.assertNotEqual(report["dxe"]["not_as_they_stand"], [])

    def test_a_second_version_of_another_length_is_an_error(self):
        wrong = hob(13, NO_GUID + struct.pack("<IIQQ", 0, 7, 0x100000, 0x300000))
        text, report = self.hobs(hob_list(resource(0x100000, 0x300000), wrong), 1)
        self.assertEqual(self.rules(report), [("HOB-LENGTH", 3)])
        self.assertIn("refused at HOB 3, offset 0x78", text)

    def test_the_type_decides_of_special_purpose_memory(self):
        _, report = self.hobs("special-purpose.hob")
        self.assertEqual(self.page(report, 0x100000000), ("Conventional", 0x4000f))


class BinsTest(ReportTest):
    def test_the_home_of_the_bins_lies_within_memory(self):
        text, report = self.hobs("bins-inside-memory.hob")
        self.assertEqual(self.rules(report, "finding"), [])
        self.assertIn("home of the bins", text)
        self.assertEqual(report["dxe"]["not_as_they_stand"], [])
        self.assertEqual(self.page(report, 0x377000)[0], "RuntimeServicesData")
        self.assertEqual(self.page(report, 0x35f000)[0], "Conventional")

    def test_an_owner_that_holds_the_phit_is_memory(self):
        text, report = self.hobs("bins-owner-covers-phit.hob")
        self.assertTrue(report["dxe"]["taken"])
        self.assertEqual(self.rules(report, "finding"), [])
        self.assertIn("stays ordinary memory", text)
        self.assertEqual(self.page(report, 0x3ff000)[0], "Conventional")

    def test_a_table_without_an_end_is_reported(self):
        text, report = self.hobs("mti-no-end.hob", 1)
        self.assertEqual(self.rules(report, "finding"), [("BINS-NO-END", 3)])
        self.assertIn("none that ends it", text)
        self.assertIn("RuntimeServicesData 16 pages", text)
        self.assertFalse(report["hobs"][3]["bins_ended"])
        self.assertTrue(report["dxe"]["taken"])

    def test_a_table_with_doubles_is_reported(self):
        memory = resource(0x100000, 0x300000)
        _, report = self.hobs(hob_list(memory, table((6, 16), (5, 8), (6, 4), (16, 0))), 1)
        self.assertEqual(self.rules(report, "finding"), [("BINS-TWICE", 3)])
        _, report = self.hobs(hob_list(memory, table((6, 16), (5, 8), (16, 0))))
        self.assertEqual(self.rules(report, "finding"), [])


class ContentTest(ReportTest):
    def test_a_volume_in_memory_without_an_allocation_is_noted(self):
        text, report = self.hobs("fv-in-ram-unclaimed.hob")
        self.assertIn(("FV-UNCLAIMED", 3), self.rules(report, "note"))
        self.assertIn("DXE will call its pages free", text)
        _, report = self.hobs("fv-in-ram-claimed.hob")
        self.assertNotIn("FV-UNCLAIMED", [rule for rule, _ in self.rules(report)])

    def test_odd_volumes(self):
        memory = resource(0x100000, 0x300000)
        odd = volume(0x210000, 0x3f123)
        for hobs, noted in (([odd], True), ([odd, allocation(0x210000, 0x3f000)], True),
                            ([odd, allocation(0x210000, 0x40000)], False),
                            ([volume(0xffe00000, 0x200000)], False),
                            ([odd, allocation(0x210000, 0x20000),
                              allocation(0x230000, 0x20000)], False)):
            _, report = self.hobs(hob_list(memory, *hobs))
            self.assertEqual(("FV-UNCLAIMED", 3) in self.rules(report, "note"), noted, report)

    def test_page_zero(self):
        text, report = self.hobs("page-zero.hob")
        self.assertIn(("ALLOC-PAGE-ZERO", 3), self.rules(report, "note"))
        self.assertTrue(report["dxe"]["taken"])
        self.assertIn("page 0", text)

    def test_runtime_memory_in_pieces(self):
        pieces = [allocation(0x300000 + i * 0x4000, 0x1000, 5 + i % 2) for i in range(10)]
        text, report = self.hobs(hob_list(resource(0x100000, 0x300000), *pieces))
        self.assertIn("it costs 10 descriptors", text)
        self.assertEqual([r for r, _ in self.rules(report, "note")].count("RUNTIME-PIECES"), 1)


class PhitTest(ReportTest):
    def test_two_places_of_the_end(self):
        text, report = self.hobs("end-pointer-too-far.hob", 1)
        self.assertEqual(self.rules(report, "finding"), [("PHIT-END", 0)])
        self.assertIn("0x114000", text)
        self.assertIn("0x110078", text)
        self.assertFalse(report["dxe"]["taken"])

    def test_two_fields_that_agree_on_a_wrong_place(self):
        memory = resource(0x100000, 0x300000)
        low = hob_list(memory, end=0x90078, free_bottom=0x90080)
        text, _ = self.hobs(low, 1)
        self.assertIn("hostile", text)
        right = hob_list(memory)
        text, report = self.hobs(right, 0, "--base", "0x3f0000")
        self.assertIn(("COPY-OF-DXE", 0), self.rules(report, "note"))
        self.assertIn("DXE's copy", text)
        self.assertIn("hostile", text)
        for base in ("0x110020", "0x90000000"):  # over itself; where no memory is
            text, _ = self.hobs(right, 1, "--base", base)
            self.assertIn("no DXE copy, but a hostile", text)
        inside = hob_list(memory, end=0x114000, free_bottom=0x114008)
        text, report = self.hobs(inside, 0)
        self.assertIn(("PHIT-UNUSUAL", 0), self.rules(report, "note"))
        self.assertIn("a hostile PHIT, or a DXE copy", text)

    def test_a_guid_hob_of_8_bytes(self):
        text, report = self.hobs("guid-of-8.hob", 1)
        self.assertEqual(self.rules(report, "error"), [("HOB-LENGTH", 3)])
        self.assertIn("offset 0x78", text)
        self.assertIn("a reader that skips this HOB is right too", text)


class BootTest(ReportTest):
    def replay(self, what):
        path = REPORTS / what
        done = hobnail("replay", path, "--trace")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_a_table_without_an_end(self):
        text = self.replay("bin-table-without-end.boot")
        self.assertIn("has no entry that ends it: it is not used", text)

    def test_a_pointer_into_temporary_ram(self):
        text = self.replay("pointer-into-temporary-ram.boot")
        self.assertIn("hint", text)
        self.assertIn("0x10000048", text)
        self.assertNotIn("FAIL", text)

    def test_tagged_pages_are_freed_split_and_moved(self):
        text = self.replay("tagged-pages-are-freed.boot")
        self.assertNotIn("NOT_FOUND", text)
        self.assertEqual(text.count("the PEIM writes 0x10 given bytes"), 5)


class KindsTest(ReportTest):
    """No command takes one kind of file for another."""

    def complains(self, *arguments):
        done = hobnail(*arguments)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertTrue(done.stderr.startswith("hobnail: "), done.stderr)
        return done.stderr

    def test_text_is_no_dump_and_no_program(self):
        boot = REPORTS / "pointer-into-temporary-ram.boot"
        short = self.folder / "short"
        short.write_text("hello\n")
        self.complains("hobs", short)
        text = self.folder / "text.hob"
        text.write_text(boot.read_text())
        for arguments in (("hobs", boot), ("hobs", REPORTS / "README.md"), ("replay", text),
                          ("replay", REPORTS / "README.md"), ("show", REPORTS / "README.md")):
            self.complains(*arguments)

    def test_a_list_is_no_program(self):
        dump = self.folder / "a-dump"
        dump.write_bytes((REPORTS / "page-zero.hob").read_bytes())
        hobs = self.folder / "list.hobs"
        hobs.write_text("hobs v1\nmemory 0x100000 0x110000 0x1f0000 0x200000\nCpu 40\n")
        for path in (dump, REPORTS / "page-zero.hob", hobs):
            self.assertIn("HOB list", self.complains("compare", path))
        self.complains("hobs", hobs)
        self.complains("replay", dump, REPORTS / "pointer-into-temporary-ram.boot")

    def test_lists_are_drawn_and_traced(self):
        for path in (REPORTS / "page-zero.hob",):
            drawn = hobnail("show", path)
            self.assertEqual(drawn.returncode, 0, drawn.stderr)
            self.assertIn("memory of the PHIT", drawn.stdout)
            self.assertIn("DXE: the list is taken", drawn.stdout)
        out = self.folder / "lists.json"
        traced = hobnail("replay", REPORTS / "guid-of-8.hob", "--trace", "--json", out)
        self.assertEqual(traced.returncode, 0, traced.stderr)
        self.assertIn("GuidExtension", traced.stdout)
        self.assertIn("DXE: refused at HOB 3", traced.stdout)
        self.assertFalse(json.loads(out.read_text())["lists"][0]["dxe"]["taken"])


MEMORY_TYPES = ["EfiReservedMemoryType", "EfiLoaderCode", "EfiLoaderData", "EfiBootServicesCode",
                "EfiBootServicesData", "EfiRuntimeServicesCode", "EfiRuntimeServicesData"]
HOB_TYPES = {1: "HANDOFF", 2: "MEMORY_ALLOCATION", 3: "RESOURCE_DESCRIPTOR", 4: "GUID_EXTENSION",
             5: "FV", 6: "CPU", 13: "RESOURCE_DESCRIPTOR2"}


def guid_text(data):
    return str(uuid.UUID(bytes_le=data)).upper()


def printed_fields(kind, data):
    """What HobPrintLib prints of a HOB: names and values."""
    if kind == 1:
        names = ("EfiMemoryTop", "EfiMemoryBottom", "EfiFreeMemoryTop", "EfiFreeMemoryBottom",
                 "EfiEndOfHobList")
        yield "BootMode", hex(struct.unpack_from("<I", data, 12)[0])
        yield from zip(names, map(hex, struct.unpack_from("<5Q", data, 16)))
    elif kind == 2:
        base, length, memory = struct.unpack_from("<QQI", data, 24)
        yield "Type", "EFI_HOB_TYPE_MEMORY_ALLOCATION"
        yield from (("Name", guid_text(data[8:24])), ("MemoryBaseAddress", hex(base)),
                    ("MemoryLength", hex(length)), ("MemoryType", MEMORY_TYPES[memory] + " "))
    elif kind in (3, 13):
        resource_type, attribute, base, length = struct.unpack_from("<IIQQ", data, 24)
        assert resource_type == 0
        yield "ResourceType", "EFI_RESOURCE_SYSTEM_MEMORY          "
        if kind == 13 or any(data[8:24]):
            yield "Owner", guid_text(data[8:24])
        yield "ResourceAttribute" if kind == 3 else "ResourceCapabilities", hex(attribute)
        yield from (("PhysicalStart", hex(base)), ("ResourceLength", hex(length)))
        if kind == 13:
            yield "ResourceMemoryAttributes", hex(struct.unpack_from("<Q", data, 48)[0])
    elif kind == 4:
        yield from (("Name", guid_text(data[8:24])), ("DataLength", hex(len(data) - 24)))
    elif kind == 5:
        yield from zip(("BaseAddress", "Length"), map(hex, struct.unpack_from("<QQ", data, 8)))
    elif kind == 6:
        yield from zip(("SizeOfMemorySpace", "SizeOfIoSpace"), map(hex, data[8:10]))


def rows_of(data):
    return [f"   0x{at:04X}: " + " ".join(f"{byte:02X}" for byte in data[at:at + 16])
            for at in range(0, len(data), 16)]


def printed(data, verbose=True, prefix=""):
    """A HOB list as EDK II's HobPrintLib prints it."""
    lines = ["Print all Hob information from Hob 0x110000"]
    at = count = 0
    while True:
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == 0xffff:
            break
        name = "EFI_HOB_TYPE_" + HOB_TYPES[kind] if kind in HOB_TYPES else str(kind)
        lines.append(f"HOB[{count}]: Type = {name}, Offset = 0x{at:X}, Length = 0x{length:x}")
        one = data[at:at + length]
        lines += [f"   {name:<19} = {value}" for name, value in printed_fields(kind, one)]
        if kind not in HOB_TYPES:
            lines += ["   Unknown Hob type, full hex dump in below:", *rows_of(one)]
        elif kind == 4 and verbose:
            lines += rows_of(one[24:])
        at += length
        count += 1
    lines.append(f"There are totally {count} Hobs, the End Hob address is {0x110000 + at:X}")
    return "".join(f"{prefix}{line}\r\n" for line in lines)


def xxd(data, base=0):
    return "".join(f"{base + at:08x}: {data[at:at + 16].hex(' ', 2):<39}  "
                   + "".join(chr(c) if 32 <= c < 127 else "." for c in data[at:at + 16]) + "\n"
                   for at in range(0, len(data), 16))


def hexdump_c(data):
    lines, last, skipping = [], None, False
    for at in range(0, len(data), 16):
        row = data[at:at + 16]
        if row == last and len(row) == 16:
            if not skipping:
                lines.append("*")
            skipping = True
            continue
        last, skipping = row, False
        lines.append(f"{at:08x}  {row[:8].hex(' '):<23}  {row[8:].hex(' '):<23}  |"
                     + "".join(chr(c) if 32 <= c < 127 else "." for c in row) + "|")
    return "\n".join(lines + [f"{len(data):08x}", ""])


def md_words(data, base):
    return "".join(f"{base + at:08x}: "
                   + " ".join(data[i:i + 4][::-1].hex() for i in range(at, min(at + 16, len(data)), 4))
                   + "    " + "." * 16 + "\n" for at in range(0, len(data), 16))


class DumpsTest(ReportTest):
    """Dumps as people have them."""

    def test_hex_dumps(self):
        data = (REPORTS / "bins-inside-memory.hob").read_bytes() + bytes(64)
        wanted = None
        for name, text in (("xxd", xxd(data)), ("xxd-at", xxd(data, 0x110000)),
                           ("hexdump", hexdump_c(data)), ("md", md_words(data, 0x110000)),
                           ("digits", data.hex() + "\n"), ("od", "".join(
                               f"{at:06x} {data[at:at + 16].hex(' ')}\n"
                               for at in range(0, len(data), 16)) + f"{len(data):06x}\n")):
            path = self.folder / name
            path.write_text(text)
            out = self.folder / "out.json"
            done = hobnail("hobs", path, "--json", out)
            self.assertEqual(done.returncode, 0, name + done.stdout + done.stderr)
            report, = json.loads(out.read_text())["files"]
            report.pop("file")
            wanted = wanted or report
            self.assertEqual(report, wanted, name)
        broken = self.folder / "broken"
        broken.write_text(xxd(data).replace("00000020:", "00000030:"))
        done = hobnail("hobs", broken)
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("broken:3: ", done.stderr)

    def test_an_image_is_scanned(self):
        image = self.folder / "ram.bin"
        first = (REPORTS / "bins-inside-memory.hob").read_bytes()
        second = (REPORTS / "overlap-third-hidden.hob").read_bytes()
        places = {0x110000: first, 0x3ffff0: first, 0x400000 + 0x100000 - 8: second,
                  0xa00008: first}
        with image.open("wb") as file:
            for place, data in places.items():
                file.seek(place)
                file.write(data)
            file.seek(0xb00000)
            file.write(first[:56] + bytes(0x2000))  # a PHIT without a list
        out = self.folder / "out.json"
        done = hobnail("hobs", "--scan", image, "--json", out, "--out", self.folder / "lists")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        found = json.loads(out.read_text())["lists"]
        self.assertEqual([int(each["offset"], 16) for each in found], sorted(places))
        self.assertEqual((self.folder / "lists" / "ram-0x3ffff0.hob").read_bytes(), first)
        self.assertIn("where its PHIT says that it is", done.stdout)
        image.write_bytes(bytes(0x1000))
        done = hobnail("hobs", "--scan", image)
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("no HOB list", done.stderr)

    def test_lists_are_compared(self):
        memory = resource(0x100000, 0x300000)
        before = self.folder / "before.hob"
        after = self.folder / "after.hob"
        before.write_bytes(hob_list(memory, allocation(0x300000, 0x1000), volume(0x0, 0x1000)))
        after.write_bytes(hob_list(memory, allocation(0x300000, 0x2000), volume(0x0, 0x1000)))
        self.assertEqual(hobnail("hobs", "--diff", before, before).returncode, 0)
        done = hobnail("hobs", "--diff", before, after)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("- HOB 3   MemoryAllocation", done.stdout)
        self.assertIn("+ HOB 3   MemoryAllocation", done.stdout)
        self.assertIn("3 HOBs are in both lists", done.stdout)

    def test_a_debug_log(self):
        log = self.folder / "boot.log"
        log.write_text("Loading DxeCore at 0x0043533000 EntryPoint=0x0043533240\n"
                       "HOBLIST address in DXE = 0x13FFFC018\n"
                       "Memory Allocation 0x00000004 0x43FE4000 - 0x43FEFFFF\n"
                       "Memory Allocation 0x00000003 0x43533000 - 0x43570FFF\n"
                       "[ 0.5] Memory Allocation 0x00000003 0x43533000 - 0x43570FFF\r\n"
                       "Memory Allocation 0x00000006 0x43560000 - 0x4357FFFF\n"
                       "FV Hob            0x40200000 - 0x4031FFFF\n"
                       "FV2 Hob           0x43571000 - 0x43AA0FFF\n")
        done = hobnail("hobs", log)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("6 HOBs that a debug log names", done.stdout)
        self.assertIn("finding ALLOC-OVERLAP: HOB 4", done.stdout)
        self.assertIn("note ALLOC-TWICE: HOB 3", done.stdout)

    def test_a_list_that_hob_print_lib_printed(self):
        memory = resource(0x100000, 0x300000)
        data = hob_list(memory, resource(0x300000, 0x1000, owner=BINS), table((6, 16), (16, 0)),
                        resource(0x400000, 0x100000, memory=0x4008), allocation(0x200000, 0x1000),
                        allocation(0x3f0000, 0x2000, 6), volume(0xffc00000, 0x1000),
                        hob(4, bytes(range(16)) + bytes(24)), hob(0x1234, bytes(range(24))))
        for prefix, start in (("", "\x1b[2J\x1b[01;01HUEFI firmware\n"), ("[12:34:56.789] ", "")):
            log = self.folder / "boot.log"
            log.write_text(start + printed(data, prefix=prefix) + "ConvertPages: 0x0 = 0x1\n",
                           newline="")
            raw = self.folder / "raw.hob"
            raw.write_bytes(data)
            out = []
            for path in (raw, log):
                done = hobnail("hobs", path, "--json", self.folder / "out.json")
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                report = json.loads((self.folder / "out.json").read_text())["files"][0]
                del report["file"]
                out.append(report)
            self.assertEqual(out[0], out[1])
            self.assertEqual(hobnail("hobs", "--diff", raw, log).returncode, 0)

    def test_what_a_printed_list_lacks(self):
        data = hob_list(resource(0x100000, 0x300000), table((6, 16), (16, 0)))
        log = self.folder / "boot.log"
        log.write_text(printed(hob_list()) + printed(data, verbose=False))
        done = hobnail("hobs", log)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("the log holds 2 HOB lists; this is the last; the log has no data of 1 HOBs",
                      done.stdout)
        log.write_text(printed(data).replace("There are totally", "There were"))
        done = hobnail("hobs", log)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("END", done.stdout)

    def test_a_series_of_one_boot(self):
        memory = resource(0x100000, 0x300000)
        states = {"a": hob_list(memory, allocation(0x300000, 0x1000)),
                  "b": hob_list(memory, hob(0xfffe, bytes(40)), volume(0x0, 0x1000)),
                  "c": hob_list(memory, allocation(0x310000, 0x2000), volume(0x0, 0x1000),
                                hob(4, bytes(24)))}
        paths = []
        for name, data in states.items():
            paths.append(self.folder / name)
            paths[-1].write_bytes(data)
        done = hobnail("hobs", "--series", *paths, "--json", self.folder / "out.json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("~ HOB 3   MemoryAllocation", done.stdout)
        self.assertIn("+ HOB 4   FV", done.stdout)
        steps = json.loads((self.folder / "out.json").read_text())["series"]
        self.assertEqual([(each["same"], each["changed"], each["appended"]) for each in steps],
                         [(2, 1, 1), (3, 1, 1)])
        done = hobnail("hobs", "--series", paths[2], paths[1])
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("finding SERIES-GONE: HOB 5", done.stdout)
        other = self.folder / "other"
        other.write_bytes(hob_list(memory, volume(0x0, 0x1000), hob(4, bytes(40))))
        done = hobnail("hobs", "--series", paths[0], other)
        self.assertIn("finding SERIES-LENGTH: HOB 3", done.stdout)
        self.assertEqual(hobnail("hobs", "--series", paths[0]).returncode, 2)

    def test_what_hobs_does_not_read(self):
        image = self.folder / "ram.bin"
        with image.open("wb") as file:
            file.truncate(17 << 20)
        log = self.folder / "boot.log"
        log.write_text(printed(hob_list()), encoding="utf-16")
        for path, words in ((image, "--scan"), (log, "UTF-16")):
            done = hobnail("hobs", path)
            self.assertEqual(done.returncode, 2, done.stdout)
            self.assertIn(words, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_each_file_is_read_as_what_it_is(self):
        real = REPORTS.parent / "real" / "hobs"
        lists = [*REPORTS.glob("*.hob"), *real.glob("*/*temp-mid.hob"),
                 *real.glob("*/*perm-final.hob")]
        self.assertGreater(len(lists), 15)
        out = self.folder / "out.json"
        for path in lists:
            for command in (["hobs"], ["show"], ["replay", "--trace"]):
                done = hobnail(*command, path, "--json", out)
                self.assertIn(done.returncode, (0, 1), done.stdout + done.stderr)
                self.assertEqual(done.stderr, "")
                self.assertIn("DXE", done.stdout)
                read = json.loads(out.read_text())
                one = read if command == ["show"] else (read.get("files") or read["lists"])[0]
                self.assertIn("taken", one["dxe"], path)
        for path in (lists[0], lists[-1]):
            self.assertEqual(hobnail("compare", path).returncode, 2)
        for path in REPORTS.glob("*.boot"):
            done = hobnail("hobs", path)
            self.assertEqual(done.returncode, 2, done.stdout)
            self.assertIn("is a boot program", done.stderr)

    def test_the_series_of_a_real_boot(self):
        steps = REPORTS.parent / "real" / "hobs" / "ovmf-q35-x64-256M" / "steps"
        paths = [*sorted(steps.glob("temp-*.hob")), *sorted(steps.glob("perm-*.hob"))]
        self.assertEqual(len(paths), 90)
        done = hobnail("hobs", "--series", *paths)
        self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr)
        self.assertIn("the list moved from ", done.stdout)
        self.assertIn("90 states of one boot, 0 findings", done.stdout)


if __name__ == "__main__":
    BIN = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=1)
