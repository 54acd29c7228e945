"""The catalogue of rules (regelkataloget): each rule by its id, period by period."""
