"""The basic notions of every domain part (kernen): money, hours, days, numbers and the codes of the trade."""
