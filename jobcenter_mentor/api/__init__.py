"""API: the door for other systems, under /api/v1, described by /api/v1/openapi.json.

A system sends a key (API-nøgle) that an administrator has made for a user, and may what that user may that day. It asks
the same services as the pages do, so that whatever is true of a page is true here; no session cookie is looked at.
"""
