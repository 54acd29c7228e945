"""Besværlige filer: each with the status and the code it must get; every file code of the contract stands here."""

import io
import warnings
import zipfile
from datetime import date
from typing import Any

from tests.sheets.runs.boasting import boasts
from tests.sheets.runs.sheets import COURSE, HEADINGS, SHEET, a_course, altered, cell, text, xlsx, xlsx_1904, xlsx_with

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
        "124 years old": ({"CPR-nr": "1405905001"}, "CPR-nr", "cpr_date"),
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
        "a year from 24 April 2013": ({"Startdato": "24-04-2013", "Slutdato": "31-12-2013"}, "Slutdato", "long_period"),
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
        "letters of a Mac": ({"Efternavn": "S¿rensen"}, "Efternavn", "mojibake"),
        "letters of DOS": ({"Efternavn": "S›rensen"}, "Efternavn", "mojibake"),
        "nine digits as text": ({"CPR-nr": "010190123"}, "CPR-nr", "cpr_format"),
        "a day for a CPR number": ({"CPR-nr": date(1990, 1, 1)}, "CPR-nr", "cpr_format"),
        "wide digits": ({"CPR-nr": "０１０１９０１２３４"}, "CPR-nr", "cpr_format"),
        "a zero-width space in a name": ({"Efternavn": "Kro\u200bgh"}, "Efternavn", "bad_chars"),
        "a bell in a name": ({"Efternavn": "Krogh\u0007"}, "Efternavn", "bad_chars"),
        "a bell in an aim": ({"Formål": "Ring\u0007"}, "Formål", "bad_chars"),
        "an aim of 4,001 signs": ({"Formål": "a" * 4001}, "Formål", "too_long"),
        "N/A": ({"Efternavn": "#N/A"}, "Efternavn", "excel_error"),
        "29 February of no leap year": ({"Startdato": "29-02-2014"}, "Startdato", "date_format"),
        "month before day": ({"Slutdato": "12/31/2014"}, "Slutdato", "date_format"),
        "a word for a day": ({"Startdato": "snart"}, "Startdato", "date_format"),
        "year 10000": ({"Startdato": "01-01-10000"}, "Startdato", "date_format"),
        "serial 0": ({"Startdato": 0}, "Startdato", "date_serial"),
        "negative serial": ({"Startdato": -5}, "Startdato", "date_serial"),
        "an endless serial": ({"Startdato": 4e9}, "Startdato", "date_serial"),
        "yes for a day": ({"Startdato": True}, "Startdato", "wrong_type"),
        "week 53 in English": ({"Startdato": "2014-W53"}, "Startdato", "week53"),
        "year 1814": ({"Startdato": "25-08-1814"}, "Startdato", "date_range"),
        "a day for hours": ({"Timer pr. uge": date(2014, 2, 5)}, "Timer pr. uge", "wrong_type"),
        "infinite hours": ({"Timer pr. uge": "INF"}, "Timer pr. uge", "wrong_type"),
        "hours in two ways": ({"Timer pr. uge": "1.234,5"}, "Timer pr. uge", "number_format"),
        "price with a comma of thousands": ({"Timepris": "1,234"}, "Timepris", "number_format"),
        "negative price": ({"Timepris": -1}, "Timepris", "number_range"),
        "price 1E999 as text": ({"Timepris": "1E999"}, "Timepris", "wrong_type"),
        "yes for a price": ({"Timepris": True}, "Timepris", "wrong_type"),
        "unknown type of mentor": ({"Mentortype": "Coach"}, "Mentortype", "choice"),
        "nine digits of a phone": ({"Mentor telefon": "001122334"}, "Mentor telefon", "phone"),
        "a line break in an address": ({"Mentor e-mail": "a@b.dk\nBcc: c@d.dk"}, "Mentor e-mail", "email"),
        "no at sign": ({"Mentor e-mail": "samira.example.dk"}, "Mentor e-mail", "email"),
        "visitation missing": ({"Visitation": ""}, "Visitation", "required"),
        "match group after 2013": ({"Matchgruppe": "2"}, "Matchgruppe", "cross_field"),
        "number for a name": ({"Målgruppe": 7}, "Målgruppe", "choice"),
    }


def doubtful() -> dict[str, tuple[dict[str, Any], str]]:
    """Return single rows that are read with a warning, and its code."""
    return {
        "a typed CPR number": ({"CPR-nr": 105870007}, "cpr_zero_restored"),
        "a replacement number": ({"CPR-nr": "7405870007"}, "cpr_replacement"),
        "a number that fails modulus 11": ({}, "cpr_mod11"),
        "over New Year": ({"Slutdato": "10-01-2015"}, "year_shift"),
        "a long one before 24 April 2013": ({"Startdato": "23-04-2013", "Slutdato": "31-12-2013"}, "long_period"),
        "hours to a third": ({"Timer pr. uge": 2.333}, "number_rounded"),
        "a price of thousandths": ({"Timepris": 412.505}, "number_rounded"),
        "no hours": ({"Timer pr. uge": None}, "number_range"),
        "zero hours": ({"Timer pr. uge": 0}, "number_range"),
        "forty hours": ({"Timer pr. uge": 40}, "number_range"),
        "a group in capitals": ({"Målgruppe": "KONTANTHJÆLP"}, "choice_normalised"),
        "a space before a name": ({"Fornavn": " Emil"}, "whitespace"),
        "a no-break space in a name": ({"Fornavn": "Emil\u00a0Bo"}, "whitespace"),
        "a link": ({"Formål": "=HYPERLINK(1)"}, "formula_text"),
        "a command": ({"Formål": "@SUM(1+1)*cmd|'/C calc'!A0"}, "formula_text"),
        "half past two on a spring night": ({"Startdato": "2014-09-01T02:30:00+02:00"}, "date_dst"),
        "a number for a day": ({"Startdato": 41884}, "date_serial"),
    }


LISTED = """
empty_file not_xlsx truncated not_workbook too_big zip_bomb zip_entries zip_duplicate zip_path zip_corrupt macro
encrypted old_format xml_entity xml_broken no_rows too_many_rows too_many_columns ambiguous_sheet hidden_data
hidden_sheet no_header missing_column duplicate_column header_normalised unknown_column strict_format csv_broken
csv_encoding csv_delimiter csv_field external_link required cpr_format cpr_date cpr_mod11 cpr_replacement
cpr_zero_restored cpr_future duplicate_row overlap name_conflict bad_chars too_long formula formula_cached
formula_text excel_error wrong_type date_format date_order date_range date_serial date_dst week53 year_shift
long_period number_format number_range number_rounded choice choice_normalised phone email cross_field merged
total_row ragged mojibake comment_ignored already_imported whitespace
"""
CODES = frozenset(LISTED.split())
"""Every code of the contract, section 4."""
OF_THE_DATABASE = frozenset({"already_imported"})
"""What only an earlier import can give; tested with the services."""


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
        "blank signs": ("a.csv", b" ;;; \t\r\n", "reject_file", "empty_file"),
        "PDF": ("a.xlsx", b"%PDF-1.4" + b"x" * 99, "reject_file", "not_xlsx"),
        "picture named csv": ("a.csv", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "reject_file", "csv_broken"),
        "HTML named csv": ("a.csv", b"<html><body>CPR-nr;Fornavn</body></html>", "reject_file", "csv_broken"),
        "old xls named xlsx": ("a.xlsx", ole, "reject_file", "old_format"),
        "no ending": ("a", text().encode(), "reject_file", "not_xlsx"),
        "only the first bytes": ("a.xlsx", b"PK\x03\x04", "reject_file", "truncated"),
        "a last byte missing": ("a.xlsx", whole[:-30], "reject_file", "truncated"),
        "an empty zip": ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "reject_file", "not_workbook"),
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
        "a path from the root": (altered(whole, **{"__evil_DOT_xml": b"<a/>"}), "zip_path"),
        "a path of a drive": (altered(whole, **{"C:__evil_DOT_xml": b"<a/>"}), "zip_path"),
        "macros by their type only": (altered(whole, {"[Content_Types].xml": _with_macros}), "macro"),
        "macro sheet": (altered(whole, xl__macrosheets__sheet1_DOT_xml=b"<a/>"), "macro"),
        "entities in the texts": (altered(whole, {"xl/sharedStrings.xml": lambda _: BILLION}), "xml_entity"),
        "an outside file as entity": (altered(whole, {"xl/workbook.xml": lambda _: OUTSIDE}), "xml_entity"),
        "document type without entities": (altered(whole, xl__x_DOT_xml=b"<!DOCTYPE a><a/>"), "xml_entity"),
        "broken workbook part": (altered(whole, {"xl/workbook.xml": lambda part: part[:-20]}), "xml_broken"),
        "an address of entities": (
            altered(whole, {SHEET: lambda part: part.replace(b'r="A2"', b'r="&#65;2"')}),
            "xml_broken",
        ),
        "a false size": (_false_size(whole), "zip_corrupt"),
        "a locked part": (_locked(whole), "encrypted"),
        "strict": (altered(whole, {"xl/workbook.xml": _strict}), "strict_format"),
        "a path with a dot": (altered(whole, **{"xl__.__a_DOT_xml": b"<a/>"}), "zip_path"),
    } | boasts(whole)
    return {what: ("a.xlsx", content, "reject_file", code) for what, (content, code) in made.items()}


def _tables() -> dict[str, File]:
    many = [a_course()] * 10_001
    made = {
        "columns by the hundred": (
            xlsx(
                headings=[*HEADINGS, *(f"k{n}" for n in range(101))],
                rows=[a_course(**{f"k{n}": 1 for n in range(101)})],
            ),
            "reject_file",
            "too_many_columns",
        ),
        "several twice": (xlsx(headings=[*HEADINGS, "fornavn.", "EFTERNAVN"]), "reject_file", "duplicate_column"),
        "average row": (xlsx([a_course(), {"Mentor": "Gennemsnit", "Timepris": 400}]), "reject_rows", "total_row"),
        "same three times": (xlsx([a_course(), a_course(), a_course()]), "reject_rows", "duplicate_row"),
        "formula in a CPR number": (
            cell(xlsx(), "A2", '<c r="A2"><f>1+1</f><v>105870007</v></c>'),
            "reject_rows",
            "formula",
        ),
        "N/A from a formula": (
            cell(xlsx(), "L2", '<c r="L2" t="e"><f>NA()</f><v>#N/A</v></c>'),
            "reject_rows",
            "excel_error",
        ),
        "hidden column": (
            xlsx_with(lambda _, sheet: sheet.set_column("L:L", None, None, {"hidden": True})),
            "accept_with_warning",
            "hidden_data",
        ),
        "very hidden sheet": (
            altered(xlsx_with(_hide_another), {"xl/workbook.xml": _very_hidden}),
            "accept_with_warning",
            "hidden_sheet",
        ),
        "only a hidden sheet": (
            xlsx_with(lambda book, sheet: (book.add_worksheet("Tom").activate(), sheet.hide())),
            "reject_file",
            "no_header",
        ),
        "a heading with a no-break space": (
            xlsx(
                [COURSE | {"Fornavn\u00a0": "Emil"}],
                headings=["Fornavn\u00a0" if h == "Fornavn" else h for h in HEADINGS],
            ),
            "accept_with_warning",
            "header_normalised",
        ),
        "a heading with a full stop": (
            xlsx([COURSE | {"Formål.": "Emil"}], headings=["Formål." if h == "Formål" else h for h in HEADINGS]),
            "accept_with_warning",
            "header_normalised",
        ),
        "days counted from 1904": (xlsx_1904(), "accept_with_warning", "cpr_mod11"),
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
        "two names": (
            xlsx([a_course(), a_course(Fornavn="Ida", Startdato="01-01-2015", Slutdato="01-02-2015")]),
            "reject_rows",
            "name_conflict",
        ),
        "merged": (xlsx_with(_merge, [a_course(), a_course(1)]), "reject_rows", "merged"),
        "formula without value": (cell(xlsx(), "L2", '<c r="L2"><f>1+1</f></c>'), "reject_rows", "formula"),
        "error cell": (cell(xlsx(), "L2", '<c r="L2" t="e"><v>#REF!</v></c>'), "reject_rows", "excel_error"),
        "overflowing number": (cell(xlsx(), "L2", '<c r="L2"><v>1E999</v></c>'), "reject_rows", "wrong_type"),
        "boolean": (cell(xlsx(), "L2", '<c r="L2" t="b"><v>1</v></c>'), "reject_rows", "wrong_type"),
        "stored formula": (
            cell(xlsx(), "L2", '<c r="L2"><f>1+1</f><v>2</v></c>'),
            "accept_with_warning",
            "formula_cached",
        ),
        "hidden row": (
            xlsx_with(lambda _, sheet: sheet.set_row(1, None, None, {"hidden": True})),
            "accept_with_warning",
            "hidden_data",
        ),
        "hidden sheet": (xlsx_with(_hide_another), "accept_with_warning", "hidden_sheet"),
        "comment": (
            xlsx_with(lambda _, sheet: sheet.write_comment("A2", "husk")),
            "accept_with_warning",
            "comment_ignored",
        ),
        "heading in capitals": (
            xlsx([COURSE | {"FORNAVN ": "Emil"}], headings=_shouted()),
            "accept_with_warning",
            "header_normalised",
        ),
        "unknown column": (
            xlsx([a_course(Hobby="skak")], headings=[*HEADINGS, "Hobby"]),
            "accept_with_warning",
            "unknown_column",
        ),
        "outside link": (
            altered(xlsx(), xl__externalLinks__externalLink1_DOT_xml=b"<a/>"),
            "accept_with_warning",
            "external_link",
        ),
    }
    return {what: ("a.xlsx", *made[what]) for what in made}


def _texts() -> dict[str, File]:
    made = {
        "tabs": (text(delimiter="\t").encode(), "reject_file", "csv_delimiter"),
        "bars": (text(delimiter="|").encode(), "reject_file", "csv_delimiter"),
        "a sign no set has": (text().encode("cp1252").replace(b"Emil", b"Em\x81\x8dil"), "reject_file", "csv_encoding"),
        "text after a quote": (text().replace("Emil", '"Emil"x', 1).encode(), "reject_file", "csv_broken"),
        "long row": (text().replace("Emil", "Emil;Bo", 1).encode(), "reject_rows", "ragged"),
        "UTF-16 without a mark": (text().encode("utf-16-le"), "accept_with_warning", "cpr_mod11"),
        "with a line for Excel": (f"sep=;\r\n{text()}".encode(), "accept_with_warning", "cpr_mod11"),
        "line breaks in quotes": (text([a_course(Formål="en\nto")]).encode(), "accept_with_warning", "cpr_mod11"),
        "headings only as text": (text([]).encode(), "reject_file", "no_rows"),
        "a formula as text": (text([a_course(Formål="=1+1")]).encode(), "accept_with_warning", "formula_text"),
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


BILLION = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><sst>&c;</sst>"""
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><workbook>&x;</workbook>'


def _with_macros(part: bytes) -> bytes:
    return part.replace(b"spreadsheetml.sheet.main+xml", b"excel.sheet.macroEnabled.main+xml")


def _very_hidden(part: bytes) -> bytes:
    return part.replace(b'state="hidden"', b'state="veryHidden"')


def _false_size(whole: bytes) -> bytes:
    """Let the first part say that it is larger than it is."""
    at = whole.index(b"PK\x01\x02") + 24
    return whole[:at] + (int.from_bytes(whole[at : at + 4], "little") + 7).to_bytes(4, "little") + whole[at + 4 :]


def _locked(whole: bytes) -> bytes:
    """Mark the first part as encrypted."""
    at = whole.index(b"PK\x01\x02") + 8
    return whole[:at] + bytes([whole[at] | 1]) + whole[at + 1 :]


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
