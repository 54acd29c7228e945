"""Målinger: one script per area, each printing one JSON document; a goal is a ratio to a floor in the same run."""
