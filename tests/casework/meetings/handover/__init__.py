"""Tests of casework.meetings.handover."""
