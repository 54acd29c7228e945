"""Test af den opdigtede kommune."""
