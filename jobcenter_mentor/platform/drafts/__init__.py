"""Store drafts (kladder) of forms for one person and one case until they are sent."""
