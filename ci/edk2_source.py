# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Sources: EDK II's and U-Boot's packages of a Debian release, fetched by apt, or a tree of EDK II of one's own.

Everything lies below build/edk2/ and build/u-boot/. The machine's apt configuration is read and never changed: source
entries derived from it stand in a private folder, beside private package lists.
"""

import os
import pathlib
import re
import shutil
import subprocess
import typing

PEI_CORE = "MdeModulePkg/Core/Pei/PeiMain.inf"


class Package(typing.NamedTuple):
    name: str
    needed: tuple  # files without which the tree is none


EDK2 = Package("edk2", (PEI_CORE, "MdePkg/MdePkg.dec", "MdeModulePkg/MdeModulePkg.dec",
                        "MdePkg/Library/BaseMemoryLib/BaseMemoryLib.inf"))
UBOOT = Package("u-boot", ("arch/x86/lib/hob.c", "arch/x86/lib/fsp/fsp_support.c", "arch/x86/lib/fsp/fsp_dram.c",
                           "cmd/x86/hob.c"))


class SourceError(Exception):
    """No sources: one line with the reason."""


def os_release():
    try:
        lines = pathlib.Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines)
    return {key: value.strip('"') for key, _, value in pairs}


def running_suite():
    suite = os_release().get("VERSION_CODENAME", "")
    if not suite:
        raise SourceError("/etc/os-release has no VERSION_CODENAME; name a tree with --source")
    return suite


def require_tree(tree, name, package=EDK2):
    missing = [path for path in package.needed if not (tree / path).is_file()]
    if missing:
        raise SourceError(f"{name} is incomplete: {tree / missing[0]} does not exist")


# Entries of the machine's sources.


def stanzas_of(text):
    """deb822 text as dicts."""
    for block in re.split(r"\n\s*\n", re.sub(r"(?m)^#.*\n?", "", text)):
        fields = {}
        key = None
        for line in block.splitlines():
            if line[:1].isspace() and key:
                fields[key] += "\n" + line
            elif ":" in line:
                key, _, value = line.partition(":")
                key = key.strip().lower()
                fields[key] = value.strip()
        if fields:
            yield fields


def stanza_of_line(line):
    """A one-line entry as a dict, or None."""
    entry = line.partition("#")[0]
    match = re.match(r"^\s*deb(?:-src)?\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*(.*)$", entry)
    if not match:
        return None
    options = dict(option.split("=", 1) for option in (match[1] or "").split() if "=" in option)
    fields = {"uris": match[2], "suites": match[3], "components": match[4].strip()}
    if "signed-by" in options:
        fields["signed-by"] = options["signed-by"]
    return fields


def machine_entries(etc=pathlib.Path("/etc/apt")):
    files = [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))]
    for file in files:
        try:
            text = file.read_text()
        except OSError:
            continue
        if file.suffix == ".sources":
            yield from (fields for fields in stanzas_of(text) if fields.get("enabled", "yes") != "no")
        elif file.suffix == ".list":
            yield from filter(None, map(stanza_of_line, text.splitlines()))


def source_entries(entries, running, suite):
    """deb-src stanzas for `suite`: the entries of the running release, its updates included if it is that."""
    stanzas = []
    for fields in entries:
        suites = fields.get("suites", "").split()
        chosen = [name for name in suites if name == running or name.startswith(running + "-")]
        if suite != running:
            chosen = [suite] if running in chosen else []
        if not chosen or not fields.get("components"):
            continue
        stanza = [("Types", "deb-src"), ("URIs", fields["uris"]), ("Suites", " ".join(chosen)),
                  ("Components", fields["components"])]
        if "signed-by" in fields:
            stanza.append(("Signed-By", fields["signed-by"]))
        text = "".join(f"{key}: {value}\n" for key, value in stanza)
        if text not in stanzas:
            stanzas.append(text)
    return "\n".join(stanzas)


# Fetching.


def last_words(output):
    lines = [line for line in output.splitlines() if line.startswith(("E:", "W:", "dpkg-source: error"))]
    errors = [line for line in lines if not line.startswith("W:")] or lines or output.splitlines() or ["no output"]
    return re.sub(r"https?://\S*/|\s*\[IP: [^\]]*\]", "", errors[0])  # whichever server it was


def call(command, folder, what):
    run = subprocess.run(command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         env={**os.environ, "LC_ALL": "C"})
    if run.returncode != 0:
        raise SourceError(f"{what}: {last_words(run.stdout)}")
    return run.stdout


def apt(folder):
    """apt-get with a configuration of its own below `folder`."""
    folder = folder.resolve()
    for path in ("lists/partial", "cache/archives/partial", "sources.d"):
        (folder / path).mkdir(parents=True, exist_ok=True)
    options = {"Dir::Etc::sourcelist": "/dev/null", "Dir::Etc::sourceparts": folder / "sources.d",
               "Dir::State::lists": folder / "lists", "Dir::Cache": folder / "cache"}
    if os.geteuid() == 0:
        options["APT::Sandbox::User"] = "root"
    return ["apt-get", "-qq", *(word for key, value in options.items() for word in ("-o", f"{key}={value}"))]


def fetch(suite, folder, package):
    """The .dsc of the package in `folder`, with all files that it names."""
    for tool in ("apt-get", "dpkg-source"):
        if not shutil.which(tool):
            raise SourceError(f"{tool} is missing: run ci/install-deps, or name a tree with --source")
    text = source_entries(machine_entries(), running_suite(), suite)
    if not text:
        raise SourceError(f"/etc/apt names no archive of {running_suite()}; name a tree with --source")
    command = apt(folder / "apt")
    (folder / "apt/sources.d/private.sources").write_text(text)
    what = f"{package.name} of {suite} cannot be fetched"
    call([*command, "update"], folder, what)
    listing = call([*command, "--print-uris", "source", f"{package.name}/{suite}"], folder, what)
    names = re.findall(r"(?m)^'[^']*' (\S+)", listing)
    call([*command, "--download-only", "source", f"{package.name}/{suite}"], folder, what)
    missing = [name for name in names if not (folder / name).is_file()]
    if missing or not names:
        raise SourceError(f"{what} whole: {' '.join(missing) or 'apt names no file'}")
    return next(folder / name for name in names if name.endswith(".dsc"))


def version_of(dsc):
    match = re.search(r"(?m)^Version: (?:\d+:)?([^\s-]+)", dsc.read_text())
    return f"{os_release().get('ID', 'debian')}-{match[1]}"


def unpack(suite, dsc, root, package):
    """The version; its tree is whole, or there is none."""
    version = version_of(dsc)
    tree = root / version / "source"
    shutil.rmtree(tree, ignore_errors=True)
    tree.parent.mkdir(parents=True, exist_ok=True)
    try:
        call(["dpkg-source", "--no-check", "--extract", dsc.name, tree], dsc.parent,
             f"{package.name} of {suite} cannot be unpacked")
        require_tree(tree, f"{package.name} of {suite}", package)
    except SourceError:
        shutil.rmtree(tree, ignore_errors=True)
        raise
    for copy in tree.parent.glob("*.orig*.tar*"):
        copy.unlink()
    return version


def package_tree(suite, root, progress, package=EDK2):
    """(version, tree) of a release's package. A tree that is there needs no network."""
    root = root.resolve()
    folder = root / "package" / suite
    stamp = folder / "complete"
    if not stamp.is_file():
        progress(f"fetching the source package {package.name} of {suite}")
        shutil.rmtree(folder, ignore_errors=True)  # apt does not name files that are there already
        folder.mkdir(parents=True)
        try:
            version = unpack(suite, fetch(suite, folder, package), root, package)
        except SourceError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        stamp.write_text(version + "\n")
    version = stamp.read_text().strip()
    tree = root / version / "source"
    require_tree(tree, f"{package.name} of {suite}; remove {folder} to fetch it again; it", package)
    return version, tree


def own_tree(source, name):
    """(version, tree) of a tree of one's own."""
    tree = pathlib.Path(source).resolve()
    require_tree(tree, str(source))
    return name or re.sub(r"[^A-Za-z0-9._-]", "-", tree.name), tree
