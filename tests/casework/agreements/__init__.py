"""Tests of casework.agreements."""
