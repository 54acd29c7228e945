"""Siderne: what all pages share: form fields, the working day and the translation of errors."""
