"""The last step on finished HTML: a strict Content-Security-Policy, and the site tool's HTML made to obey it.

The policy allows the inline scripts of one trusted page alone, one on which nothing from the content stands. A script
that got into another page would be refused.
"""

import base64
import hashlib
import re

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_CHARSET = '<meta charset="utf-8">'
_ALIGNED = re.compile(r' style="text-align: (left|center|right);"')
# Only text fields may say so; this is on the theme's check boxes for menu and search.
_NOT_FOR_BOXES = re.compile(r'(<input class="md-toggle"[^>]*) autocomplete="off"')


def content_policy(trusted: str) -> str:
    """Return the policy for pages with the inline scripts of `trusted`, the HTML of a page that shows no content."""
    hashes = [f" '{_hash(text)}'" for text in inline_scripts(trusted)]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self'{''.join(dict.fromkeys(hashes))}",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'self'",
            "form-action 'none'",
        )
    )


def inline_scripts(html: str) -> list[str]:
    """Return the scripts that stand in a page itself; data that stands in a script element is none."""
    found = ((match["attributes"], match["text"]) for match in _SCRIPT.finditer(html))
    return [text for attributes, text in found if "src=" not in attributes and "json" not in attributes]


def finished(html: str, policy: str) -> str:
    """Return the page with the policy before anything that it governs, made to obey it and to be valid HTML.

    Alignment by style becomes a class; the theme's check boxes lose `autocomplete`, which only text fields may have.
    """
    html = _NOT_FOR_BOXES.sub(r"\1", _ALIGNED.sub(r' class="align-\1"', html))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_CHARSET, f"{_CHARSET}\n      {meta}", 1)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
