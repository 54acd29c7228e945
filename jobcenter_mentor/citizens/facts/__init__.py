"""Sider om forhold, der tages hensyn til, og om skift af CPR-nummer."""
