"""File types (filtyper): what a file is by its content, never by its name alone; PDF, JPG, PNG and DOCX up to 10 MB."""

import io
import zipfile
import zlib

import filetype

from jobcenter_mentor.domain.kernel.errors import ValidationFailed

KINDS = {"pdf": "PDF", "jpg": "JPG", "png": "PNG", "docx": "DOCX"}
MIMETYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ENDINGS = {"jpeg": "jpg"}
LARGEST = 10 * 1024 * 1024
"""Bytes of a file."""
ENDS = {"pdf": b"%%EOF", "jpg": b"\xff\xd9", "png": b"IEND"}
"""What a whole file holds somewhere after its beginning; a file that was cut off, or only begins as one, does not."""
LARGEST_UNPACKED, MOST_PARTS = 100 * 1024 * 1024, 1000
TAKEN = "Gem den som PDF, JPG, PNG eller DOCX, og prøv igen."
DAMAGED = "Filen er beskadiget eller usædvanlig og er ikke gemt. Åbn den i Word, gem den igen, og prøv igen."
NAMES = {
    "xlsx": "et Excel-ark",
    "pptx": "en PowerPoint-præsentation",
    "doc": "et gammelt Word-dokument",
    "exe": "et program",
    "zip": "en zip-fil",
    "gif": "et GIF-billede",
    "mp4": "en video",
    "heic": "et HEIC-billede",
    "webp": "et WebP-billede",
    "tif": "et TIFF-billede",
    "rtf": "et RTF-dokument",
    "odt": "et OpenDocument-dokument",
}
"""What other files are called in the refusal."""


def checked(filename: str, content: bytes) -> str:
    """Return the type of the file: a code of `KINDS`.

    Raises ValidationFailed at `file` when it is empty, too big, of another type, named as something else or damaged.
    """
    if not filename:
        raise _refused("Vælg en fil.")
    if not content.strip():
        raise _refused("Filen er tom. Vælg en anden fil.")
    if len(content) > LARGEST:
        raise _refused("Filen er større end 10 MB. Gem den mindre, eller del den.")
    kind = _kind(content)
    named = filename.rpartition(".")[2].lower() if "." in filename else ""
    named = ENDINGS.get(named, named)
    if kind not in KINDS:
        what = NAMES.get(kind, "noget andet")
        if named in KINDS:
            raise _refused(f"Filen hedder .{named}, men indholdet er {what}. {TAKEN}")
        raise _refused(f"Filen er {what} og kan ikke gemmes her. {TAKEN}")
    if named != kind:
        ending = f".{named}" if named else "ikke noget til efternavn"
        raise _refused(f"Filen hedder {ending}, men indholdet er {KINDS[kind]}. Giv den endelsen .{kind}.")
    if ENDS.get(kind, b"") not in content:
        raise _refused(f"Filen er beskadiget eller ikke hel og er ikke gemt. {TAKEN}")
    if kind == "docx":
        _check_package(content)
    return kind


def _kind(content: bytes) -> str:
    """Guess by the first bytes, as an extension; a package of Word parts is a docx however it is ordered."""
    found = filetype.guess_extension(content) or ""
    if found in {"zip", "docx", "xlsx", "pptx"}:
        with _opened(content) as package:
            parts = package.namelist()
        for start, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(part.startswith(start) for part in parts):
                return kind
        return "zip"
    return str(found)


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _refused(DAMAGED) from error


def _check_package(content: bytes) -> None:
    """Refuse a DOCX with macros, a password, odd paths, too much inside, parts missing or a wrong check sum."""
    with _opened(content) as package:
        entries = package.infolist()
        names = [entry.filename.casefold() for entry in entries]
        if any(name.endswith("vbaproject.bin") for name in names):
            raise _refused("Filer med makroer modtages ikke. Gem dokumentet som .docx uden makroer.")
        odd = any(name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name for name in names)
        missing = {"[content_types].xml", "word/document.xml"} - set(names)
        if odd or missing or len(set(names)) < len(names) or len(names) > MOST_PARTS:
            raise _refused(DAMAGED)
        if any(entry.flag_bits & 1 for entry in entries):
            raise _refused("Filen er beskyttet med adgangskode. Fjern den, og prøv igen.")
        _unpack(package, entries)


def _unpack(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Read every part once, by pieces, up to the most that may be unpacked."""
    left = LARGEST_UNPACKED
    try:
        for entry in entries:
            with package.open(entry) as part:
                while piece := part.read(1 << 16):
                    left -= len(piece)
                    if left < 0:
                        raise _refused("Filen fylder mere end 100 MB, når den pakkes ud, og er ikke gemt.")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise _refused(DAMAGED) from error


def _refused(text: str) -> ValidationFailed:
    return ValidationFailed(text, errors={"file": [text]})
