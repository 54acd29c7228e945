"""The kinds of sheets (slags ark): how each is compared with what is stored, and imported."""
