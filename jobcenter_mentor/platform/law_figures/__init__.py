"""Give the law as dated figures (regler), read from YAML, and the worked cases that prove it.

Lawyers and caseworkers read and propose; the files in `rules/` are the truth. It never decides a case and never invents
a figure: a value without a source is refused when the program starts.
"""
