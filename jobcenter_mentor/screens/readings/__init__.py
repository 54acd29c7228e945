"""The municipality's readings (kommunens læsninger): how it reads what the law leaves open, stated by two persons."""
