"""The law of mentor support as dated rules and figures (loven): facts go in, a reasoned assessment comes out."""
