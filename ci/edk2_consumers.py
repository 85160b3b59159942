# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Consumers of the HOB list for ci/edk2 --consumers: what is built, and what is run with what.

A hunt is a PEI core with a consumer: Hobnail's own core with every consumer, and EDK II's cores with the DXE core
of the same build, which is the path of a whole firmware from reset to ExitBootServices.
"""

import pathlib

import edk2_report

FOLDER = "consumer-hunt"  # below build/edk2/VERSION/
KNOWN = pathlib.Path("properties/consumers/edk2/known.txt")
DEFECTS = pathlib.Path("properties/consumers/edk2/defects.toml")
BOOTS = ("corpus", "properties/consumers/edk2/boots")  # replayed before random programs
DOCS = pathlib.Path("docs/edk2-consumers.md")
READERS = ("hoblib", "uboot")  # they have no map

INTRODUCTION = """# EDK II's DXE core under test

Made by `ci/edk2 --consumers --docs` on {today}. All of `MdeModulePkg/Core/Dxe` is compiled unmodified and takes
over the HOB lists of simulated boots; [properties/consumers/edk2](../properties/consumers/edk2) stands for the rest
of `DxeMain()`. `core+dxe` is Hobnail's PEI core with EDK II's DXE core, `core-bins` and `core-64k` Hobnail's core with
memory type bins and 64 KiB granules (HOBNAIL_CORE), `debug+dxe` EDK II's PEI core with its DXE core. `hoblib` is
HobLib, `uboot` the readers of FSP HOBs in Debian's package u-boot. A defect is a place in the sources
that reads a list or keeps a map wrongly. The program below it is the shortest that shows it; a line of a version is
a pair, with the number of boots and the time until it was first seen.
"""


def consumer_of(variant):
    """The DXE core that is built as this PEI core is."""
    parts = variant.split("-")
    return "-".join(["dxe", *(["release"] if parts[0] == "release" else []),
                     *(part for part in parts if part in ("64k", "plain"))])


def pairs_of(variants, uboot):
    """What is hunted, as PEI+CONSUMER; PEI is `core` for Hobnail's, with the suffix of its HOBNAIL_CORE."""
    plain = all("plain" in variant.split("-") for variant in variants)
    cores = ["core", "core-bins", *(["core-64k"] if any("64k" in variant for variant in variants) else [])]
    pairs = [f"{core}+{consumer_of(base + core.removeprefix('core') + ('-plain' if plain else ''))}"
             for core in cores for base in ("debug", "release")]
    readers = [] if plain else [f"core+{reader}" for reader in READERS if reader != "uboot" or uboot]
    return [*pairs, *readers, *(f"{variant}+{consumer_of(variant)}" for variant in variants)]


def is_of_consumer(finding):
    """False for what a PEI core does before: its defects are in docs/edk2.md."""
    return finding["bucket"].split("/")[1] in ("HandOff", "ExitBootServices", "list")


def inputs_of(pair):
    """What edk2_hunt.Hunt.run() needs: readers get HOB lists too, which describe no memory that is there."""
    reader = pair.partition("+")[2] in READERS
    lists = sorted(str(path) for path in pathlib.Path("corpus").rglob("*.hobs")) if reader else []
    return {"folders": BOOTS, "lists": lists, "wanted": is_of_consumer, "ops": 40}


class ConsumerReport(edk2_report.Report):
    title = "EDK II's DXE core under test"
    introduction = INTRODUCTION
    hunts = FOLDER

    def __init__(self, build):
        super().__init__(build, DEFECTS)
