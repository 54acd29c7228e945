"""Unpack and check an .xlsx (pakke), a zip of XML parts.

Each part is unpacked once, counted and searched for forbidden content.
"""

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from jobcenter_mentor.sheets.intake.findings import FileRefused, ImportFinding, refused
from jobcenter_mentor.sheets.intake.gate import NOT_EXCEL, OLD, PASSWORD, Limits, too_big

DAMAGED = "Filen er beskadiget eller usædvanlig og er ikke læst. Gem den igen i Excel."
CUT_OFF = "Filen er ikke hel og er ikke læst. Hent eller gem den igen."
NO_WORKBOOK = "Filen er ikke en Excel-projektmappe. Gem den som .xlsx og prøv igen."
MACROS = "Filer med makroer modtages ikke. Gem som .xlsx uden makroer."
UNLAWFUL = "Filen har indhold, som systemet ikke kan modtage, og er afvist."
EMPTY_ROWS = (
    "Arket har alt for mange rækker eller celler, de fleste tomme (grænse {} rækker med data). "
    "Kopiér rækkerne med data til et nyt ark."
)
LINKS = "Filen henviser til andre filer; henvisningerne er ikke fulgt."
CHUNK = 1 << 22
"""Bytes unpacked at a time. They are many, because the parser reads a long comment again for each piece."""
STRICT = b"http://purl.oclc.org/ooxml/"
WORKBOOK, CONTENT_TYPES, TEXTS = "xl/workbook.xml", "[content_types].xml", "xl/sharedstrings.xml"
ROOT = "_rels/.rels"
SHEET_TYPE = "/worksheet"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    struct.error,
    ValueError,
)
_ODD_PATH = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(?:^|/)\.\.?(?:/|$)|//|[\x00-\x1f]")
_TEXTS_TOLD = re.compile(rb"""uniqueCount\s*=\s*["']\s*\+?([0-9]+)""")
_ERROR_CELL = re.compile(rb"""<(?:[\w.-]+:)?c\s[^>]*\bt\s*=\s*["']e["'][^>]*>.*?</(?:[\w.-]+:)?c>""", re.DOTALL)
_VALUE = re.compile(rb"(<(?:[\w.-]+:)?v(?:\s[^>]*)?>).*?(</(?:[\w.-]+:)?v>)", re.DOTALL)
_LINK = re.compile(r"/(?:externalLink|externalLinkPath|oleObject|attachedTemplate|connections|queryTable)$")


@dataclass
class Package:
    """A zip package (pakke): its zip, its warnings, its workbook part, and the real name of each part.

    The names are stored by their lower-case form.
    """

    zipped: zipfile.ZipFile
    names: dict[str, str]
    warnings: list[ImportFinding] = field(default_factory=list)
    workbook: str = WORKBOOK

    def read(self, name: str) -> bytes:
        """Return an unpacked part, empty where there is none."""
        real = self.names.get(name.casefold())
        return self.zipped.read(real) if real else b""

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Return the relations of a part: id to type, target inside the package, and whether it leads outside.

        Raises FileRefused where an id occurs twice.
        """
        folder, _, name = part.rpartition("/")
        content = self.read(f"{folder}/_rels/{name}.rels".lstrip("/"))
        found = dict[str, tuple[str, str, bool]]()
        for relation in fromstring(content).iterfind(".//{*}Relationship") if content else ():
            if relation.get("Id", "") in found:
                raise refused("xml_broken", DAMAGED)
            target = relation.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
            found[relation.get("Id", "")] = (relation.get("Type", ""), inside, relation.get("TargetMode") == "External")
        return found


def open_package(content: bytes, limits: Limits) -> Package:
    """Open the package (pakke). Raises FileRefused with every reason found, before any of it reaches a reader."""
    try:
        zipped = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        cut_off = b"PK\x05\x06" not in content[-70_000:]
        raise refused("truncated", CUT_OFF) if cut_off else refused("zip_corrupt", DAMAGED) from error
    entries = zipped.infolist()
    wrong = list(_wrong_entries(entries, limits))
    if wrong:
        raise FileRefused(*wrong)
    package = Package(zipped, {entry.filename.casefold(): entry.filename for entry in entries})
    _check_kind(package)
    _unpack(zipped, entries, limits)
    package.workbook = _workbook_of(package)
    _check_content(package, limits)
    return package


def rewritten(package: Package) -> bytes:
    """Return the package in a form that every reader knows.

    The workbook part gets its usual name, and errors are of the oldest kinds.
    """
    made = io.BytesIO()
    folder, _, name = package.workbook.rpartition("/")
    renamed = {
        package.workbook.casefold(): WORKBOOK,
        f"{folder}/_rels/{name}.rels".casefold(): "xl/_rels/workbook.xml.rels",
    }
    taken = {*renamed.values()} - {*renamed}
    with zipfile.ZipFile(made, "w") as target:
        for lower, real in package.names.items():
            if lower not in taken:
                part = package.zipped.read(real)
                target.writestr(renamed.get(lower, real), with_old_errors(part) if "sheet" in lower else part)
    return made.getvalue()


def with_old_errors(content: bytes) -> bytes:
    """Give every error cell of a sheet an error that all readers know. The marks remember the original one."""
    return _ERROR_CELL.sub(lambda found: _VALUE.sub(rb"\1#N/A\2", found[0]), content)


def _wrong_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> Iterator[ImportFinding]:
    if len(entries) > limits.entries:
        yield too_big(f"{limits.entries} dele", "zip_entries").findings[0]
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        yield too_big(f"{limits.unpacked // (1024 * 1024)} MB udpakket", "zip_bomb").findings[0]
    if max(Counter(entry.filename.casefold() for entry in entries).values(), default=0) > 1:
        yield ImportFinding("zip_duplicate", DAMAGED)
    if any(_ODD_PATH.search(entry.orig_filename) for entry in entries):
        yield ImportFinding("zip_path", DAMAGED)
    if any(entry.flag_bits & 1 for entry in entries):
        yield ImportFinding("encrypted", PASSWORD)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        yield ImportFinding("zip_corrupt", DAMAGED)


def _check_kind(package: Package) -> None:
    """Refuse a zip that is no plain workbook."""
    names = package.names
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise refused("macro", MACROS)
    if "xl/workbook.bin" in names:
        raise refused("old_format", OLD)
    if WORKBOOK not in names and ("content.xml" in names or "mimetype" in names):
        raise refused("not_xlsx", NOT_EXCEL)
    if CONTENT_TYPES not in names or not (WORKBOOK in names or ROOT in names):
        raise refused("not_workbook", NO_WORKBOOK)


def _workbook_of(package: Package) -> str:
    """Return the part that the package names as its workbook. Excel's own name for it is only the usual one."""
    try:
        told = [target for kind, target, _ in package.relations("").values() if kind.endswith("/officeDocument")]
    except (ParseError, DefusedXmlException) as error:
        raise refused("xml_broken", DAMAGED) from error
    found = told or [WORKBOOK]
    if len(found) > 1:
        raise refused("xml_broken", DAMAGED)
    if found[0].casefold() not in package.names or not found[0].casefold().startswith("xl/"):
        raise refused("not_workbook", NO_WORKBOOK)
    return found[0]


def _unpack(zipped: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Unpack every part once, in pieces, and check real size, check sum and XML with a parser without features."""
    left = limits.unpacked
    for entry in entries:
        parser = _parser() if entry.filename.casefold().endswith((".xml", ".rels", ".vml")) else None
        size, counted = 0, Counter[bytes]()
        try:
            with zipped.open(entry) as part:
                while piece := part.read(CHUNK):
                    size += len(piece)
                    if size > left:
                        raise too_big(f"{limits.unpacked // (1024 * 1024)} MB udpakket", "zip_bomb")
                    if parser is not None:
                        _hold_elements(counted, piece, limits)
                        parser.Parse(piece, False)
            if parser is not None:
                parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise refused("xml_broken", DAMAGED) from error
        except _BROKEN as error:
            raise refused("zip_corrupt", DAMAGED) from error
        if size != entry.file_size:
            raise refused("zip_corrupt", DAMAGED)
        left -= size


def _hold_elements(counted: Counter[bytes], piece: bytes, limits: Limits) -> None:
    """Stop at more rows, cells or texts than a sheet within the limits can have, as a small file may hold millions.

    Empty rows below the data are common (a format for the whole sheet), so ten times the rows are allowed.
    """
    cells = limits.rows * limits.columns
    most = {b"row": limits.rows * 10, b"mergeCell": limits.rows * 10, b"c": cells, b"si": cells}
    counted[b""] += piece.count(b"<")
    for name in most:
        counted[name] += sum(piece.count(begin + name + end) for begin in (b"<", b":") for end in (b" ", b">", b"/"))
    if counted[b""] > cells * 6 or any(counted[name] > limit for name, limit in most.items()):
        raise refused("too_many_rows", EMPTY_ROWS.format(limits.rows))


def _parser() -> expat.XMLParserType:
    """Make a parser that stores nothing and stops at a document type or an entity."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _unlawful
    parser.EntityDeclHandler = _unlawful
    return parser


def _unlawful(*_: object) -> None:
    raise refused("xml_entity", UNLAWFUL)


def _check_content(package: Package, limits: Limits) -> None:
    """Refuse macros that only the content types mention and the strict variant, and warn of links to the outside.

    The reader makes room at once for as many texts as the file claims, so more texts than cells are refused.
    """
    told = _TEXTS_TOLD.findall(package.read(TEXTS))
    if any(len(number) > 9 or int(number) > limits.rows * limits.columns for number in told):
        raise refused("xml_broken", DAMAGED)
    if b"macroenabled" in package.read(CONTENT_TYPES).lower():
        raise refused("macro", MACROS)
    if STRICT in package.read(package.workbook):
        raise refused("strict_format", OLD)
    try:
        links = any("/externallinks/" in name for name in package.names) or any(
            outside and _LINK.search(kind)
            for name in package.names
            if name.endswith(".rels") and "/_rels/" in name
            for kind, _, outside in package.relations(name.replace("/_rels/", "/").removesuffix(".rels")).values()
        )
    except (ParseError, DefusedXmlException) as error:
        raise refused("xml_broken", DAMAGED) from error
    if links:
        package.warnings.append(ImportFinding("external_link", LINKS))


def _joined(folder: str, target: str) -> str:
    """Return the target of a relation, with `..` resolved."""
    parts = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in {"", "."}:
            parts.append(step)
    return "/".join(parts)
