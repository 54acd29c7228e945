"""Sheets in and out (indlæsning og eksport)."""
