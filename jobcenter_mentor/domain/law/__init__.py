"""The law of mentor support (loven) as dated rules and figures: facts go in, a reasoned assessment comes out."""
