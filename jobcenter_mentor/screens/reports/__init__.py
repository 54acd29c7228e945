"""Reports (rapporter): choose one, see it, get it as a workbook."""
