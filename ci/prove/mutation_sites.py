# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The mutants of a C++ source, read from clang's syntax tree (-ast-dump=json).

A mutant replaces one range of bytes of one file. It keeps the number of lines, so that the line numbers
of the assertions, and with them the object code of all that is not changed, stay as they are. What a
macro expands to is not mutated: in core/ those are assertions, which never fail in a correct core.
"""

import dataclasses
import json
import pathlib
import re
import subprocess
import sys

from mutant_kit import CannotRun

CLANG = "clang++-14"
RELATIONS = {"<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"),
             "==": ("!=",), "!=": ("==",)}
ARITHMETIC = {"+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("/",)}
BITWISE = {"&": ("|",), "|": ("&",), "^": ("&",), "<<": (">>",), ">>": ("<<",)}
LOGICAL = {"&&": ("||",), "||": ("&&",)}
OPERATORS = {**{key: ("relation", value) for key, value in RELATIONS.items()},
             **{key: ("arithmetic", value) for key, value in ARITHMETIC.items()},
             **{key: ("bitwise", value) for key, value in BITWISE.items()},
             **{key: ("logic", value) for key, value in LOGICAL.items()}}
NUMBER = re.compile(r"(0[xX][0-9a-fA-F]+|[0-9]+)([uUlL]*)")
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
STATUS = {"EFI_SUCCESS": "EFI_OUT_OF_RESOURCES", "EFI_INVALID_PARAMETER": "EFI_NOT_FOUND"}
INTEGER = re.compile(r"\b(unsigned|int|long|char|short)\b")
SKIPPED = ("core/pi/", "core/bare/")  # PI's own declarations; the machine that only links
SYMMETRIC = ("same_guid", "add")  # whose arguments mean the same in either order
FUNCTIONS = ("FunctionDecl", "CXXMethodDecl", "CXXConstructorDecl", "CXXConversionDecl")


@dataclasses.dataclass(frozen=True, order=True)
class Mutant:
    file: str  # from the root
    begin: int  # bytes
    end: int
    new: str
    operator: str = dataclasses.field(compare=False)
    function: str = dataclasses.field(compare=False)
    line: int = dataclasses.field(compare=False)
    old: str = dataclasses.field(compare=False)
    source: str = dataclasses.field(compare=False)  # its lines, with the range in « »

    def title(self):
        """The change in its lines, `a «<=» b -> <`; also the key of an explanation."""
        return f"{self.source} -> {' '.join(self.new.split()) or 'nothing'}"

    def place(self):
        return f"{self.file}:{self.line}"

    def name(self):
        return f"{self.file}@{self.begin}-{self.end}={' '.join(self.new.split())}"

    def applied(self, text):
        lines = text[self.begin:self.end].count(b"\n") - self.new.count("\n")
        return text[:self.begin] + self.new.encode() + b"\n" * lines + text[self.end:]


def syntax_tree(source, flags):
    command = [CLANG, *flags, "-fsyntax-only", "-w", "-Xclang", "-ast-dump=json", str(source)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError as problem:
        raise CannotRun(f"{CLANG} is missing: run ci/install-deps") from problem
    if done.returncode != 0:
        raise CannotRun(f"{source} is no input for {CLANG}: " + done.stderr.decode()[:300])
    return json.loads(done.stdout)


class Reader:
    """Goes through a tree in the order in which it was printed: a file is named when it changes."""

    def __init__(self, root, source):
        self.root = pathlib.Path(root)
        self.file = str(source)
        self.names = {}
        self.texts = {}
        self.found = set()

    def name_of(self, file):
        """The path from the root, or None for a file that is not mutated."""
        if file not in self.names:
            path = pathlib.Path(file)
            path = path if path.is_absolute() else self.root / path
            name = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else ""
            wanted = name.startswith("core/") and not name.startswith(SKIPPED)
            self.names[file] = name if wanted else None
            if wanted:
                self.texts[name] = path.read_bytes()
        return self.names[file]

    def place(self, location):
        """(file, offset, length) or None inside of a macro."""
        parts = [location[key] for key in ("spellingLoc", "expansionLoc") if key in location]
        for part in parts or [location]:
            self.file = part.get("file", self.file)
        if parts or "offset" not in location:
            return None
        return self.file, location["offset"], location["tokLen"]

    def read(self, node, function=""):
        """Notes the ranges of a node and of all below it."""
        self.place(node.get("loc", {}))
        begin = self.place(node.get("range", {}).get("begin", {}))
        end = self.place(node.get("range", {}).get("end", {}))
        node["where"] = None
        if begin and end and begin[0] == end[0] and self.name_of(begin[0]):
            node["where"] = (self.name_of(begin[0]), begin[1], end[1] + end[2])
        if node.get("kind") in FUNCTIONS:
            function = node.get("name", "")
        node["function"] = function
        for child in node.get("inner", []):
            self.read(child, function)
        if node["where"]:
            self.mutate(node)

    def text(self, node):
        name, begin, end = node["where"]
        return self.texts[name][begin:end].decode()

    def add(self, node, operator, new, where=None):
        name, begin, end = where or node["where"]
        old = self.texts[name][begin:end]
        if old.decode() != new:
            line = self.texts[name].count(b"\n", 0, begin) + 1
            self.found.add(Mutant(name, begin, end, new, operator, node["function"], line, old.decode(),
                                  self.marked(name, begin, end)))

    def marked(self, name, begin, end):
        text = self.texts[name]
        first, last = text.rfind(b"\n", 0, begin) + 1, text.find(b"\n", end)
        parts = (text[first:begin], text[begin:end], text[end:last if last >= 0 else len(text)])
        return " ".join("{}«{}»{}".format(*(part.decode() for part in parts)).split())

    def mutate(self, node):
        rule = getattr(self, "of_" + node["kind"], None)
        if rule:
            rule(node, [child for child in node.get("inner", [])])

    # Operators.

    def of_BinaryOperator(self, node, inner):
        left, right = inner
        opcode = node["opcode"]
        if opcode not in OPERATORS or not left["where"] or not right["where"]:
            return
        operator, others = OPERATORS[opcode]
        where = self.between(left, right, opcode)
        for other in others if where else ():
            self.add(node, operator, other, where)
        if operator == "logic":  # one of the conditions left out
            self.add(node, "condition", self.text(left))
            self.add(node, "condition", self.text(right))

    def of_CompoundAssignOperator(self, node, inner):
        left, right = inner
        operator, others = OPERATORS[node["opcode"][:-1]]
        where = left["where"] and right["where"] and self.between(left, right, node["opcode"])
        for other in others if where else ():
            self.add(node, operator, other + "=", where)

    def between(self, left, right, opcode):
        """Where the operator stands between its operands."""
        name, begin, end = left["where"][0], left["where"][2], right["where"][1]
        between = self.texts[name][begin:end].decode()
        blank = COMMENT.sub(lambda match: " " * len(match.group()), between)
        at = blank.find(opcode)
        return (name, begin + at, begin + at + len(opcode)) if at >= 0 else None

    def of_UnaryOperator(self, node, inner):
        opcode, name = node["opcode"], node["where"][0]
        if opcode in ("!", "~", "-") and inner[0]["where"]:
            self.add(node, "logic" if opcode == "!" else "arithmetic", "",
                     (name, node["where"][1], inner[0]["where"][1]))
        if opcode in ("++", "--"):
            text = self.text(node)
            self.add(node, "arithmetic", text.replace(opcode, "--" if opcode == "++" else "++"))

    # Constants.

    def of_IntegerLiteral(self, node, _):
        match = NUMBER.fullmatch(self.text(node))
        if not match:
            return
        value = int(match.group(1), 0)
        for other in (value + 1, value - 1):
            if other >= 0:
                self.add(node, "constant", f"{other}{match.group(2)}")

    def of_CXXBoolLiteralExpr(self, node, _):
        self.add(node, "constant", "false" if node["value"] else "true")

    def of_DeclRefExpr(self, node, _):
        named = node.get("referencedDecl", {})
        if named.get("kind") == "VarDecl" and re.match(r"k[A-Z]", named.get("name", "")):
            self.step(node)

    def of_UnaryExprOrTypeTraitExpr(self, node, _):
        self.step(node)

    def step(self, node):
        if INTEGER.search(type_of(node)) and "*" not in type_of(node):
            for step in ("+", "-"):
                self.add(node, "constant", f"({self.text(node)} {step} 1)")

    # Statements and conditions.

    def of_CompoundStmt(self, _, inner):
        for statement in inner:
            self.delete(statement)

    def of_IfStmt(self, node, inner):
        at = bool(node.get("hasInit")) + bool(node.get("hasVar"))
        if not node.get("hasVar") and not node.get("isConstexpr"):
            self.negate(inner[at])
        if node.get("hasElse"):
            for branch in inner[at + 1:]:
                self.delete(branch)

    def of_WhileStmt(self, node, inner):
        if not node.get("hasVar"):
            self.negate(inner[0])
        self.delete(inner[-1])

    def of_ForStmt(self, _, inner):
        self.negate(inner[2])
        if inner[3].get("where"):
            self.add(inner[3], "statement", "")
        self.delete(inner[-1])

    def of_CXXForRangeStmt(self, _, inner):
        self.delete(inner[-1])

    def of_ConditionalOperator(self, node, inner):
        self.negate(inner[0])
        if inner[1]["where"] and inner[2]["where"]:
            for branch in inner[1:3]:
                self.add(node, "condition", self.text(branch))

    def delete(self, statement):
        if statement.get("where") and statement["kind"] not in ("DeclStmt", "NullStmt", "CompoundStmt",
                                                                "ReturnStmt"):
            operator = "call" if "Call" in statement["kind"] else "statement"
            self.add(statement, operator, "")

    def negate(self, condition):
        """Relations and ! have a mutant that is the negation."""
        if not condition.get("where"):
            return
        inside = without_casts(condition)
        plain = inside.get("kind") == "BinaryOperator" and inside.get("opcode") in RELATIONS
        if not plain and inside.get("opcode") != "!":
            self.add(condition, "condition", f"!({self.text(condition)})")

    def of_ReturnStmt(self, node, inner):
        if not inner or not inner[0]["where"]:
            return
        value, text = inner[0], self.text(inner[0])
        if type_of(value) == "bool":
            if without_casts(value)["kind"] != "CXXBoolLiteralExpr":  # a constant has its own mutant
                self.add(value, "return", f"!({text})")
        elif text in STATUS or text.startswith("EFI_"):
            for other in {"EFI_SUCCESS", STATUS.get(text, "EFI_INVALID_PARAMETER")}:
                self.add(value, "return", other)
        elif text != "{}":
            self.add(value, "return", "{}")

    # Calls.

    def of_CallExpr(self, node, inner):
        arguments = [child for child in inner[1:] if child.get("where")]
        symmetric = without_casts(inner[0]).get("referencedDecl", {}).get("name") in SYMMETRIC
        for first, second in zip(arguments, arguments[1:]) if not symmetric else ():
            if type_of(first) == type_of(second) and self.text(first) != self.text(second):
                name, begin, end = first["where"][0], first["where"][1], second["where"][2]
                middle = self.texts[name][first["where"][2]:second["where"][1]].decode()
                self.add(node, "arguments", self.text(second) + middle + self.text(first),
                         (name, begin, end))
        if arguments and type_of(arguments[0]) == type_of(node) and type_of(node) != "void":
            self.add(node, "call", self.text(arguments[0]))

    of_CXXMemberCallExpr = of_CallExpr


def without_casts(node):
    while node.get("kind") in ("ImplicitCastExpr", "ParenExpr", "ExprWithCleanups",
                               "MaterializeTemporaryExpr"):
        node = node["inner"][0]
    return node


def type_of(node):
    named = node.get("type", {})
    return named.get("desugaredQualType", named.get("qualType", "")).replace("const ", "")


def mutants_of(root, source, flags):
    """The mutants of a source and of the headers of core/ that it includes, sorted."""
    sys.setrecursionlimit(10_000)
    reader = Reader(root, source)
    reader.read(syntax_tree(source, flags))
    return sorted(reader.found)
