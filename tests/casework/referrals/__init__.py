"""Tests of casework.referrals."""
