"""Tests of people.mentors."""
