"""The report builder (rapportbygger): choose what is counted, how it is split, when and where; share it in the team."""
