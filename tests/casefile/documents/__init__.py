"""Tests of casefile.documents."""
