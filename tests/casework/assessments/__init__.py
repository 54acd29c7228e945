"""Tests of casework.assessments."""
