"""Tests of the exports: lists as sheets, workbooks that LibreOffice opens, the file of the state."""
