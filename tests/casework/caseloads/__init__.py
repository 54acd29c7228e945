"""Tests of casework.caseloads."""
