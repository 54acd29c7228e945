"""How much each criterion of the match counts (vægte): proposed by one, approved by another."""
