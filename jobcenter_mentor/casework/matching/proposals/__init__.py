"""Matches beyond what was approved (valg til godkendelse), all under /matchning/valg."""
