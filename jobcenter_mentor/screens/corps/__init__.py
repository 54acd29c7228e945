"""The mentor corps (korpset): the coordinator's home and the page of a mentor."""
