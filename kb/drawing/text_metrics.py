"""Text in a drawing: how wide it is, where it breaks, and which characters it may hold."""

import html
import re
from collections.abc import Iterator
from functools import cache

# Hundredths of an em, rather too wide than too narrow: the reader's system chooses the sans-serif.
_WIDTHS = {
    **dict.fromkeys("iljI.,:;'|!’‘· ", 30),
    **dict.fromkeys('ftr()[]-/“”"', 38),
    **dict.fromkeys("cksvxyzJ", 56),
    **dict.fromkeys("ABEFKLPRSTVXYZ", 69),
    **dict.fromkeys("CDGHNOQUw&", 79),
    **dict.fromkeys("mMW%@—…", 97),
}
_ORDINARY = 61

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_JOINT = re.compile(r"(?<=\w[-/])(?=\w)")
_SYLLABLE = re.compile(r"(?<=\w\w\w)(?<![tcps](?=h))(?=[bcdfghjklmnpqrstvwxz][aeiouyéëï]\w)", re.IGNORECASE)


def text_width(text: str, size: float) -> float:
    """Return about how wide the text is in a sans-serif of this size, in its unit, rather too much than too little."""
    return sum(_WIDTHS.get(character, _ORDINARY) for character in text) * size / 100


@cache
def wrapped(text: str, width: float, size: float, most: int = 2) -> tuple[str, ...]:
    """Return the text in at most `most` lines of at most `width`; what does not fit becomes an ellipsis.

    An empty text gives an ellipsis alone.
    """
    lines: list[str] = []
    for part in (part for word in clean(text).split() for part in _parts(word, width, size)):
        longer = f"{lines[-1]} {part}" if lines else part
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(part)
        else:
            lines[-1] = _shortened(lines[-1], width, size)
            break
    return tuple(lines) or ("…",)


def _shortened(line: str, width: float, size: float) -> str:
    fitting = next(end for end in range(len(line), -1, -1) if text_width(line[:end] + "…", size) <= width)
    return line[:fitting].rstrip(" -,;:(") + "…"


def _parts(word: str, width: float, size: float) -> Iterator[str]:
    """Yield the word, or the parts of one that is longer than a line.

    Such a word is cut at a joint, else where a syllable may begin.
    """
    while text_width(word, size) > width:
        joints, syllables = ([found.start() for found in where.finditer(word)] for where in (_JOINT, _SYLLABLE))
        cuts = (at for places in (joints, syllables, range(1, len(word))) for at in reversed(places))
        cut = next(at for at in cuts if at == 1 or text_width(word[:at] + "-", size) <= width)
        yield word[:cut] if cut in joints else word[:cut] + "-"
        word = word[cut:]
    yield word


def as_markup(text: str) -> str:
    """Return the text as the content of an element."""
    return html.escape(clean(text), quote=False)


def clean(text: str) -> str:
    """Return the text on one line, without characters that XML does not know."""
    return " ".join(_NOT_IN_XML.sub("", text).split())
