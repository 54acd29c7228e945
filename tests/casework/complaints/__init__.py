"""Tests of casework.complaints."""
