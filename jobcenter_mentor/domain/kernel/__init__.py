"""What every part of the domain counts with: money, hours, days, numbers and the codes of the trade (kernen)."""
