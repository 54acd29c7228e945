"""Tests of casework.access_requests."""
