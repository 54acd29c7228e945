"""Regnskabets sider: invoices, time sheets, the delivery chain and the claims, all under /refusion."""
