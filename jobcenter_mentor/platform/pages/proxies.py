"""Who really asks (klientens adresse): X-Forwarded-* is believed from the proxies of TRUSTED_PROXIES and nobody else.

It wraps the app itself, so that every server gives the same answer. An address that a stranger made up stands further
left in X-Forwarded-For than the one that the outermost trusted proxy saw, and is never reached.
"""

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from jobcenter_mentor.config import UNIX, Proxy

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_HOPS = 20
"""Proxies in a row; what stands further left is not looked at."""
NEIGHBOURS = 64
"""Bits of an IPv6 address that one household or office shares."""

Address = IPv4Address | IPv6Address


class TrustedProxies:
    """Put the real address, scheme and host in the request, and take the headers of strangers out of it."""

    def __init__(self, app: "WSGIApplication", proxies: Iterable[Proxy]) -> None:
        self.app = app
        self.unix = UNIX in (trusted := tuple(proxies))
        self.networks = [network for network in trusted if not isinstance(network, str)]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        told = {name: environ.pop(name) for name in list(environ) if name.startswith("HTTP_X_FORWARDED_")}
        environ.pop("HTTP_FORWARDED", None)
        peer = environ.get("REMOTE_ADDR") or ""
        if self._trusts(address_in(peer)):
            environ["REMOTE_ADDR"] = self._client(peer, told.get("HTTP_X_FORWARDED_FOR", ""))
            scheme = _last(told.get("HTTP_X_FORWARDED_PROTO", "")).lower()
            if scheme in {"http", "https"}:
                environ["wsgi.url_scheme"] = scheme
            if host := _last(told.get("HTTP_X_FORWARDED_HOST", "")):
                environ["HTTP_HOST"] = host
        return self.app(environ, start_response)

    def _client(self, peer: str, forwarded: str) -> str:
        """Walk from the right past trusted proxies; a hop that is no address ends the walk at the one before it."""
        client = peer
        for hop in _from_the_right(forwarded):
            address = address_in(hop)
            if address is None:
                return client
            client = str(address)
            if not self._trusts(address):
                return client
        return client

    def _trusts(self, address: Address | None) -> bool:
        """Tell whether the address is a trusted proxy's; a peer without one came over the Unix socket."""
        if address is None:
            return self.unix
        return any(address in network for network in self.networks)


def address_in(text: str) -> Address | None:
    """Read an IP address, with or without port and brackets; None for anything else, such as a name."""
    bare = text.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def neighbourhood(remote: str | None) -> str:
    """Return what limits count by: an IPv4 address, the network of an IPv6 one, `unix` for neither."""
    address = address_in(remote or "")
    if address is None:
        return UNIX
    if isinstance(address, IPv6Address):
        network = ip_network((address, NEIGHBOURS), strict=False)
        return str(network if isinstance(network, IPv6Network) else address)
    return str(address)


def _from_the_right(forwarded: str) -> Iterator[str]:
    """Yield the hops, the last first, at most `MOST_HOPS`."""
    hops = forwarded.rsplit(",", MOST_HOPS)
    yield from reversed([hop for hop in hops[-MOST_HOPS:] if hop.strip()])


def _last(values: str) -> str:
    """Return the value that the nearest proxy wrote."""
    return values.rpartition(",")[2].strip()
