"""Filer i testene: what a person reads in a file that a page hands out, whatever it is packed in."""

from io import BytesIO

from openpyxl import load_workbook
from pypdf import PdfReader
from werkzeug.test import TestResponse


def read(answer: TestResponse) -> str:
    """Return headers and text of an answer: pages of a PDF, cells and notes of a workbook, any other text as it is."""
    content = answer.get_data()
    text = content.decode("utf-8", "replace")
    if content.startswith(b"%PDF"):
        text = pdf_text(content)
    elif content.startswith(b"PK"):
        text = workbook_text(content)
    return f"{answer.headers}\n{text}"


def pdf_text(content: bytes) -> str:
    """Return the words of all pages and of the document's own facts."""
    document = PdfReader(BytesIO(content))
    return "\n".join([*(page.extract_text() for page in document.pages), *map(str, (document.metadata or {}).values())])


def workbook_text(content: bytes) -> str:
    """Return the values and comments of all sheets, hidden ones too, with names of sheets and facts of the book."""
    book = load_workbook(BytesIO(content))
    facts = book.properties
    told = [f"{facts.creator} {facts.title} {facts.subject} {facts.description}", *book.sheetnames]
    for sheet in book.worksheets:
        cells = (cell for row in sheet.iter_rows() for cell in row)
        told += [f"{cell.value or ''} {cell.comment.text if cell.comment else ''}" for cell in cells]
    return "\n".join(told)
