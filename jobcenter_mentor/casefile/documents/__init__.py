"""Dokumenter: files of a citizen's case, checked by content, encrypted, journalised at once and never lost unseen.

A new version keeps the old one; a removed document leaves its title, day, reason and who removed it.
"""
