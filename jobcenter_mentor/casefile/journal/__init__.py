"""Journal: what happened in a citizen's case, written at once by the acts themselves, and notes by hand."""
