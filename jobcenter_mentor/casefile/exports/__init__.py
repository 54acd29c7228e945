"""A list opened as a workbook (åbn som Excel), with what its reader may see and no more."""
