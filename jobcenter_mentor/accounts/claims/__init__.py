"""Claims on the state (refusionsopgørelser): drafted by one person, closed by another, corrected by later ones."""
