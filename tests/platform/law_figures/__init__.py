"""Tests of platform.law_figures."""
