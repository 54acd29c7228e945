"""Besværlige filer: each with the status and the code it must get; every file code of the contract stands here."""

import io
import warnings
import zipfile
from typing import Any

from tests.imports.sheets import COURSE, HEADINGS, SHEET, a_course, altered, cell, text, xlsx, xlsx_with

File = tuple[str, bytes, str, str]
"""File name, content, status, code."""


def files() -> dict[str, File]:
    """Return every file by what is odd about it."""
    return {**_no_workbook(), **_packages(), **_tables(), **_texts()}


def rows() -> dict[str, tuple[dict[str, Any], str, str]]:
    """Return single rows: what is changed, the column and the code it must get (all refuse the row)."""
    return {
        "no first name": ({"Fornavn": ""}, "Fornavn", "required"),
        "no-break space for a name": ({"Fornavn": " \u00a0"}, "Fornavn", "required"),
        "eleven digits": ({"CPR-nr": "01019012345"}, "CPR-nr", "cpr_format"),
        "letters": ({"CPR-nr": "01019O1234"}, "CPR-nr", "cpr_format"),
        "arabic digits": ({"CPR-nr": "٠١٠١٩٠١٢٣٤"}, "CPR-nr", "cpr_format"),
        "power of ten": ({"CPR-nr": "1,5E+09"}, "CPR-nr", "cpr_format"),
        "31 February": ({"CPR-nr": "3102901234"}, "CPR-nr", "cpr_date"),
        "not born yet": ({"CPR-nr": "1405364001"}, "CPR-nr", "cpr_future"),
        "hidden sign": ({"Fornavn": "Em\u202eil"}, "Fornavn", "bad_chars"),
        "long name": ({"Fornavn": "a" * 101}, "Fornavn", "too_long"),
        "error typed": ({"Formål": "#REF!"}, "Formål", "excel_error"),
        "US date": ({"Startdato": "02/13/2014"}, "Startdato", "date_format"),
        "31 April": ({"Startdato": "31-04-2014"}, "Startdato", "date_format"),
        "two-digit year": ({"Startdato": "01-02-14"}, "Startdato", "date_format"),
        "week 53": ({"Startdato": "uge 53 2014"}, "Startdato", "week53"),
        "year 2999": ({"Slutdato": "01-02-2999"}, "Slutdato", "date_range"),
        "serial 60": ({"Startdato": 60}, "Startdato", "date_serial"),
        "ends before it begins": ({"Slutdato": "24-08-2014"}, "Slutdato", "date_order"),
        "seven months": ({"Slutdato": "24-03-2015"}, "Slutdato", "long_period"),
        "hours as a clock": ({"Timer pr. uge": "2:30"}, "Timer pr. uge", "number_format"),
        "a word for hours": ({"Timer pr. uge": "mange"}, "Timer pr. uge", "wrong_type"),
        "NaN": ({"Timer pr. uge": "NaN"}, "Timer pr. uge", "wrong_type"),
        "negative hours": ({"Timer pr. uge": -1}, "Timer pr. uge", "number_range"),
        "more than a week": ({"Timer pr. uge": 169}, "Timer pr. uge", "number_range"),
        "price read in two ways": ({"Timepris": "1.234"}, "Timepris", "number_format"),
        "American price": ({"Timepris": "1,234.50"}, "Timepris", "number_format"),
        "absurd price": ({"Timepris": 99999}, "Timepris", "number_range"),
        "no price": ({"Timepris": None}, "Timepris", "required"),
        "paid volunteer": ({"Mentortype": "Frivillig"}, "Timepris", "cross_field"),
        "unknown group": ({"Målgruppe": "Pensionist"}, "Målgruppe", "choice"),
        "unfitting visitation": ({"Visitation": "Uddannelsesparat"}, "Visitation", "cross_field"),
        "words for a phone": ({"Mentor telefon": "ring til mig"}, "Mentor telefon", "phone"),
        "two addresses": ({"Mentor e-mail": "a@b.dk, c@d.dk"}, "Mentor e-mail", "email"),
        "a very long address": ({"Mentor e-mail": "a" * 30_000 + "@b.dk"}, "Mentor e-mail", "email"),
        "wrong letters": ({"Efternavn": "SÃ¸rensen"}, "Efternavn", "mojibake"),
    }


def _no_workbook() -> dict[str, File]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    whole = xlsx()
    return {
        "nothing": ("a.xlsx", b"", "reject_file", "empty_file"),
        "only line breaks": ("a.csv", b"\r\n\r\n", "reject_file", "empty_file"),
        "text named xlsx": ("a.xlsx", text().encode(), "reject_file", "not_xlsx"),
        "picture": ("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "reject_file", "not_xlsx"),
        "workbook named csv": ("a.csv", whole, "reject_file", "csv_broken"),
        "old xls": ("a.xls", ole, "reject_file", "old_format"),
        "HTML named xls": ("a.xls", b"<html><table></table></html>", "reject_file", "old_format"),
        "password": ("a.xlsx", ole + "EncryptedPackage".encode("utf-16-le"), "reject_file", "encrypted"),
        "cut off": ("a.xlsx", whole[: len(whole) // 2], "reject_file", "truncated"),
        "eleven megabytes": ("a.xlsx", b"PK\x03\x04" + b"x" * (11 * 1024 * 1024), "reject_file", "too_big"),
    }


def _packages() -> dict[str, File]:
    whole = xlsx()
    damaged = bytearray(whole)
    at = whole.index(b"PK\x01\x02") - 20
    damaged[at] ^= 0xFF
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
    made = {
        "no workbook part": (_zip({"word/document.xml": b"<a/>"}), "not_workbook"),
        "open document": (_zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "not_xlsx"),
        "binary workbook": (_zip({"xl/workbook.bin": b"x"}), "old_format"),
        "wrong check sum": (bytes(damaged), "zip_corrupt"),
        "many parts": (altered(whole, **{f"x{n}_DOT_txt": b"" for n in range(1001)}), "zip_entries"),
        "bomb": (altered(whole, xl__media__a_DOT_bin=b"\0" * (101 * 1024 * 1024)), "zip_bomb"),
        "a part twice": (_with_twin(whole), "zip_duplicate"),
        "path out": (altered(whole, **{"..__evil_DOT_xml": b"<a/>"}), "zip_path"),
        "macros": (altered(whole, xl__vbaProject_DOT_bin=b"x"), "macro"),
        "entities": (altered(whole, {SHEET: lambda part: entity + part.split(b"?>", 1)[1]}), "xml_entity"),
        "broken XML": (altered(whole, {SHEET: lambda part: part[:600]}), "xml_broken"),
        "strict": (altered(whole, {"xl/workbook.xml": _strict}), "strict_format"),
    }
    return {what: ("a.xlsx", content, "reject_file", code) for what, (content, code) in made.items()}


def _tables() -> dict[str, File]:
    many = [a_course()] * 10_001
    made = {
        "empty sheet": (xlsx(headings=[], rows=[]), "reject_file", "no_header"),
        "headings only": (xlsx(rows=[]), "reject_file", "no_rows"),
        "no headings": (xlsx(headings=["a", "b"], rows=[{"a": 1}]), "reject_file", "no_header"),
        "column missing": (xlsx(headings=HEADINGS[1:]), "reject_file", "missing_column"),
        "column twice": (xlsx(headings=[*HEADINGS, "Fornavn"]), "reject_file", "duplicate_column"),
        "two sheets": (xlsx(sheets=2), "reject_file", "ambiguous_sheet"),
        "many rows": (xlsx(many), "reject_file", "too_many_rows"),
        "a cell far right": (xlsx_with(lambda _, sheet: sheet.write(1, 16000, "x")), "reject_file", "too_many_columns"),
        "a cell far down": (xlsx_with(lambda _, sheet: sheet.write(1_000_000, 0, "x")), "reject_file", "too_many_rows"),
        "sum row": (xlsx([a_course(), {"CPR-nr": "I alt", "Timer pr. uge": 2.5}]), "reject_rows", "total_row"),
        "note row": (xlsx([a_course(), {"CPR-nr": "Husk at ringe til Emil"}]), "reject_rows", "total_row"),
        "same twice": (xlsx([a_course(), a_course()]), "reject_rows", "duplicate_row"),
        "overlap": (xlsx([a_course(), a_course(Startdato="01-09-2014")]), "reject_rows", "overlap"),
        "two names": (xlsx([a_course(), a_course(Fornavn="Ida", Startdato="01-01-2015", Slutdato="01-02-2015")]),
                      "reject_rows", "name_conflict"),
        "merged": (xlsx_with(_merge, [a_course(), a_course(1)]), "reject_rows", "merged"),
        "formula without value": (cell(xlsx(), "L2", '<c r="L2"><f>1+1</f></c>'), "reject_rows", "formula"),
        "error cell": (cell(xlsx(), "L2", '<c r="L2" t="e"><v>#REF!</v></c>'), "reject_rows", "excel_error"),
        "overflowing number": (cell(xlsx(), "L2", '<c r="L2"><v>1E999</v></c>'), "reject_rows", "wrong_type"),
        "boolean": (cell(xlsx(), "L2", '<c r="L2" t="b"><v>1</v></c>'), "reject_rows", "wrong_type"),
        "stored formula": (cell(xlsx(), "L2", '<c r="L2"><f>1+1</f><v>2</v></c>'),
                           "accept_with_warning", "formula_cached"),
        "hidden row": (xlsx_with(lambda _, sheet: sheet.set_row(1, None, None, {"hidden": True})),
                       "accept_with_warning", "hidden_data"),
        "hidden sheet": (xlsx_with(_hide_another), "accept_with_warning", "hidden_sheet"),
        "comment": (xlsx_with(lambda _, sheet: sheet.write_comment("A2", "husk")),
                    "accept_with_warning", "comment_ignored"),
        "heading in capitals": (xlsx([COURSE | {"FORNAVN ": "Emil"}], headings=_shouted()),
                                "accept_with_warning", "header_normalised"),
        "unknown column": (xlsx([a_course(Hobby="skak")], headings=[*HEADINGS, "Hobby"]),
                           "accept_with_warning", "unknown_column"),
        "outside link": (altered(xlsx(), xl__externalLinks__externalLink1_DOT_xml=b"<a/>"),
                         "accept_with_warning", "external_link"),
    }  # fmt: skip
    return {what: ("a.xlsx", *made[what]) for what in made}


def _texts() -> dict[str, File]:
    made = {
        "comma": (text(delimiter=",").encode(), "reject_file", "csv_delimiter"),
        "unclosed quote": (text().replace("Emil", '"Emil', 1).encode(), "reject_file", "csv_broken"),
        "zero bytes": (text().replace("Emil", "Em\0il").encode(), "reject_file", "csv_broken"),
        "huge field": (text([a_course(Formål="x" * 200_000)]).encode(), "reject_file", "csv_field"),
        "half a sign": (b"\xff\xfe" + text().encode("utf-16-le")[:-1], "reject_file", "csv_encoding"),
        "short row": ((text() + "x;y\r\n").encode(), "reject_rows", "ragged"),
        "read as the wrong letters": (
            text().encode("utf-8").decode("latin-1").encode("utf-8"),
            "reject_rows",
            "mojibake",
        ),
        "Windows letters": (text().encode("cp1252"), "accept_with_warning", "cpr_mod11"),
        "UTF-16": (text().encode("utf-16"), "accept_with_warning", "cpr_mod11"),
        "with a mark": (text().encode("utf-8-sig"), "accept_with_warning", "cpr_mod11"),
    }
    return {what: ("a.csv", *made[what]) for what in made}


def _zip(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return content.getvalue()


def _with_twin(whole: bytes) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return altered(whole, xl__workbook_DOT_xml=b"<a/>")


def _strict(part: bytes) -> bytes:
    return part.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )


def _merge(_book: Any, sheet: Any) -> None:
    sheet.merge_range("F2:F3", "Samira Haddad")


def _hide_another(book: Any, _sheet: Any) -> None:
    other = book.add_worksheet("Skjult")
    other.write(0, 0, "x")
    other.hide()


def _shouted() -> list[str]:
    return ["FORNAVN " if heading == "Fornavn" else heading for heading in HEADINGS]
