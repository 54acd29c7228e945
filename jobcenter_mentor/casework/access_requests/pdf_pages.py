"""Takes single pages out of a PDF with nothing of the other pages, typesets pages, and reads the text of a DOCX."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from defusedxml import ElementTree
from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from jobcenter_mentor.config import resource_dir

KEPT = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group", "/UserUnit"})
"""Keys of a page that belong to the page itself; the rest may lead to other pages."""
INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
DRAWN = frozenset({"/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F", "/C", "/Border", "/BS", "/QuadPoints"})
"""Keys that give a note or a filled-in field its looks."""
NAMED = ("/XObject", "/Pattern", "/Properties", "/Font", "/Shading")
"""Resources that a page uses by name; a shared list may hold those of other pages too."""
DEEPEST = 12
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNREADABLE = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError)
"""Errors that a damaged file may raise."""


class Unreadable(Exception):
    """A file that can't be read; the message says in Danish what is wrong with it."""


@dataclass(frozen=True)
class AccessPaper:
    """A typeset sheet (ark) of a page or more: facts in two columns, a text and maybe an image by file name."""

    title: str
    facts: Sequence[tuple[str, str]] = ()
    text: str = ""
    image: str = ""


def read_pdf(content: bytes) -> PdfReader:
    """Open a PDF. Raises Unreadable where it is damaged or locked."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("filen er beskyttet med adgangskode")
        if not len(reader.pages):
            raise Unreadable("filen har ingen sider")
    except UNREADABLE as error:
        raise Unreadable("filen er beskadiget") from error
    return reader


def alone(page: PageObject) -> PageObject:
    """Return a page alone: only its looks, and of shared resources only what it uses by name.

    Links, scripts, attachments and pointers to other pages go, so that a page that is left out leaves nothing
    behind. Raises Unreadable.
    """
    try:
        own = PageObject(page.pdf, page.indirect_reference)
        own.clear()  # it is made with all that the page has
        for name in INHERITED:
            found = page.get_inherited(name)
            if found is not None:
                own[NameObject(name)] = found
        for name in KEPT & page.keys():
            own[NameObject(name)] = page.raw_get(name)
        drawn = [_drawn(one.get_object()) for one in page.get("/Annots", ArrayObject()).get_object()]
        if drawn:
            own[NameObject("/Annots")] = ArrayObject(drawn)
        contents = page.get_contents()
        used = contents.get_data() if contents is not None else b""
        own[NameObject("/Resources")] = _called(own.get("/Resources"), used, 0)
    except UNREADABLE as error:
        raise Unreadable("filen er beskadiget") from error
    return own


def _drawn(annotation: DictionaryObject) -> DictionaryObject:
    """Return a note or field as it looks, without what it points at."""
    return DictionaryObject({NameObject(name): annotation.raw_get(name) for name in DRAWN & annotation.keys()})


def _called(resources: Any, content: bytes, depth: int) -> DictionaryObject:
    """Return the resources that a content uses by name, including those of forms inside it."""
    found: Any = resources.get_object() if resources is not None else DictionaryObject()
    kept = DictionaryObject({NameObject(name): found.raw_get(name) for name in found.keys() - set(NAMED)})
    for category in NAMED:
        if category not in found:
            continue
        named = found[category].get_object()
        kept[NameObject(category)] = DictionaryObject(
            {
                NameObject(name): _form(named.raw_get(name), depth) if category == "/XObject" else named.raw_get(name)
                for name in named
                if name.encode("latin-1", "replace") in content
            }
        )
    return kept


def _form(reference: Any, depth: int) -> Any:
    """Reduce a form inside a page to the resources that the form itself uses."""
    form = reference.get_object()
    if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form" and "/Resources" in form:
        if depth > DEEPEST:
            raise ValueError("forms in forms without end")
        form[NameObject("/Resources")] = _called(form["/Resources"], form.get_data(), depth + 1)
    return reference


def docx_text(content: bytes) -> str:
    """Return the text of a Word document, one paragraph to a line. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            root = ElementTree.fromstring(package.read("word/document.xml"))
    except (zipfile.BadZipFile, ElementTree.ParseError, *UNREADABLE) as error:
        raise Unreadable("filen er beskadiget") from error
    return "\n".join("".join(_pieces(paragraph)) for paragraph in root.iter(f"{WORD}p")).strip()


def _pieces(paragraph: Any) -> list[str]:
    told = {f"{WORD}tab": "\t", f"{WORD}br": "\n"}
    return [told.get(piece.tag, piece.text or "" if piece.tag == f"{WORD}t" else "") for piece in paragraph.iter()]


def set_sheets(sheets: Sequence[AccessPaper], images: Mapping[str, bytes]) -> list[list[PageObject]]:
    """Typeset the sheets and return the pages of each, in order. Raises Unreadable where an image can't be read."""
    if not sheets:
        return []
    reader = PdfReader(io.BytesIO(_compiled({"part": "sheets", "sheets": [asdict(one) for one in sheets]}, images)))
    starts = [reader.get_destination_page_number(one) or 0 for one in reader.outline if not isinstance(one, list)]
    ends = [*starts[1:], len(reader.pages)]
    return [[reader.pages[number] for number in range(*span)] for span in zip(starts, ends, strict=True)]


def set_index(title: str, lead: Sequence[str], rows: Sequence[Sequence[str]]) -> list[PageObject]:
    """Typeset the index with one row for each paper."""
    told = {"part": "index", "title": title, "lead": list(lead), "rows": [list(row) for row in rows]}
    return list(PdfReader(io.BytesIO(_compiled(told, {}))).pages)


def set_stamps(words: Sequence[str]) -> list[PageObject]:
    """Typeset the page numbers, one small page for each page."""
    return list(PdfReader(io.BytesIO(_compiled({"part": "stamps", "stamps": list(words)}, {}))).pages)


def _compiled(values: dict[str, Any], images: Mapping[str, bytes]) -> bytes:
    """Typeset the template in a private temporary folder that holds the images and is removed afterwards."""
    template = resource_dir("templates") / "casework" / "access_requests" / "papers.typ"
    with TemporaryDirectory(prefix="aktindsigt-") as folder:
        for name, content in images.items():
            (Path(folder) / name).write_bytes(content)
        main = Path(folder) / "papers.typ"
        main.write_bytes(template.read_bytes())
        try:
            pdf: bytes = typst.compile(
                str(main), root=folder, font_paths=_fonts(), format="pdf", sys_inputs={"values": json.dumps(values)}
            )
        except typst.TypstError as error:
            raise Unreadable("billedet er beskadiget") from error
    return pdf


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
