"""Who may come in, and whether a form came from its own page."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode, urlsplit

from worklens.stages.pages.visit import GUARDED, PLAIN, Answer, NotSo, Visit

# Stands in a page that is kept; each visit has its own in its stead. Nobody can have written it into a title.
PLACE = f"form-token-{secrets.token_hex(16)}"
YEAR = 365 * 86_400  # seconds: a page opened each morning stays open


def enter(visit: Visit, key: str) -> Answer | None:
    """None for whoever may come in: by the key in a cookie or as a bearer's token, or where there is none.

    Who brings it in the address gets the cookie, and the address without it. Raises NotSo.
    """
    if not key or visit.path.startswith("/assets/"):
        return None
    brought = visit.query.get("key", "")
    if brought and _same(brought, key):
        rest = {name: value for name, value in visit.query.items() if name != "key"}
        where = f"{visit.path}?{urlencode(rest)}" if rest else visit.path
        about = {
            "Location": where,
            "Set-Cookie": _cookie(visit, _opened(visit), key, YEAR),
            "Content-Type": PLAIN,
        }
        return "", 303, GUARDED | about
    scheme, _, token = visit.headers.get("authorization", "").partition(" ")
    held = token if scheme.lower() == "bearer" else visit.cookies.get(_opened(visit), "")
    if not _same(held, key):
        raise NotSo(
            401, "Open the address that `worklens report --serve` printed: it holds the key to these pages."
        )
    return None


def with_token(answer: Answer, visit: Visit) -> Answer:
    """The page with this visitor's token in its forms."""
    body, status, headers = answer
    if not isinstance(body, str) or PLACE not in body:
        return answer
    known = visit.cookies.get(_formed(visit), "")
    token = (
        known
        if known.isascii() and known.replace("-", "").replace("_", "").isalnum()
        else secrets.token_urlsafe(24)
    )
    more = {} if token == known else {"Set-Cookie": _cookie(visit, _formed(visit), token)}
    return body.replace(PLACE, token), status, headers | more


def check_form(visit: Visit) -> None:
    """Raises NotSo for a form that another site sent, or a page of somebody else's."""
    origin = visit.headers.get("origin", "")
    token, brought = visit.cookies.get(_formed(visit), ""), visit.form.get("token", "")
    if origin not in {"", visit.base} or not token or not _same(brought, token):
        raise NotSo(
            403, "This form is sent from its own page alone. Load the page again, and send it from there."
        )


def check_program(visit: Visit) -> None:
    """Raises NotSo for what a browser sent from elsewhere, or let in by its cookie: a program brings its token itself."""
    if visit.headers.get("origin", "") not in {"", visit.base}:
        raise NotSo(403, "This is not for pages of elsewhere.")
    if _opened(visit) in visit.cookies and not visit.headers.get("authorization", "").lower().startswith(
        "bearer "
    ):
        raise NotSo(403, "Bring the key as a bearer's token.")


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())


def _cookie(visit: Visit, name: str, value: str, age: int | None = None) -> str:
    parts = [f"{name}={value}", "Path=/", "HttpOnly", "SameSite=Strict"]
    parts += ["Secure"] if visit.base.startswith("https:") else []
    parts += [f"Max-Age={age}"] if age else []
    return "; ".join(parts)


def _opened(visit: Visit) -> str:
    """The key's cookie: browsers don't tell ports apart, so its name does."""
    return f"worklens-key-{urlsplit(visit.base).port or 0}"


def _formed(visit: Visit) -> str:
    secure = visit.base.startswith("https:")
    return "__Host-worklens-form" if secure else f"worklens-form-{urlsplit(visit.base).port or 0}"
