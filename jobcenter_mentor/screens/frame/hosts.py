"""The names the system answers to (værtsnavn): a request for any other is refused before anything else happens."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PROBES = frozenset({"/livez", "/readyz", "/healthz"})
"""What load balancers ask, by whatever address they know."""
REFUSED = """<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><title>Forkert adresse · Jobcenter Mentor</title></head>
<body><h1>Forkert adresse</h1>
<p>Systemet svarer ikke på det navn, du skrev i browseren. Brug den adresse, du har fået af din kommune.</p>
<p>Er du driften: navnet skal stå i PUBLIC_URL, TRUSTED_HOSTS eller, i demoen, DEMO_HOSTS.</p></body></html>
"""


class TrustedHosts:
    """Answer 400 to a Host that is not ours, except to probes."""

    def __init__(self, app: "WSGIApplication", hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts if host)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        if _name(environ.get("HTTP_HOST", "")) in self.hosts or environ.get("PATH_INFO") in PROBES:
            return self.app(environ, start_response)
        body = REFUSED.encode()
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }
        start_response("400 Bad Request", list(headers.items()))
        return [body]


def _name(host: str) -> str:
    """Return the name in a Host header without its port, an IPv6 address in its brackets; empty where it is neither."""
    name, bracket, rest = host.partition("]") if host.startswith("[") else (host, "", "")
    name, _, port = (f"{name}]", "", rest.removeprefix(":")) if bracket else host.partition(":")
    return name.lower() if not port or (port.isascii() and port.isdecimal()) else ""
