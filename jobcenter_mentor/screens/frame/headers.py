"""The headers of every answer: what a browser may load, where it may send and that it must come by https."""

from secrets import token_urlsafe

from flask import Flask, Response, g

ONE_YEAR = 365 * 24 * 60 * 60
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
ALWAYS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def register(app: Flask, *, https: bool) -> None:
    """Send the headers with every answer; with `https` browsers must never come without it."""
    headers = ALWAYS | ({"Strict-Transport-Security": f"max-age={ONE_YEAR}"} if https else {})

    def secured(response: Response) -> Response:
        response.headers.update(headers)
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.format(nonce=csp_nonce())
        return response

    app.after_request(secured)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def csp_nonce() -> str:
    """Return the word of this answer that marks its scripts as ours."""
    if "csp_nonce" not in g:
        g.csp_nonce = token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce
