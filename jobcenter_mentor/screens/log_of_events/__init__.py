"""The page of the event log (hændelsesloggen), for auditors and team leaders."""
