"""LaTeX in, words out; the one module that reads LaTeX."""

import logging
import re
import unicodedata
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec
from pylatexenc.latex2text import get_default_latex_context_db as words_of_commands
from pylatexenc.latexwalker import LatexMacroNode, LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as parts_of_commands
from pylatexenc.macrospec import std_macro

# Most values hold nothing to decode, and most others only braces, or a sign that LaTeX wants escaped.
_TO_CLEAN = re.compile(r"[\\{}$~\n\t]|  |^ | $|--|``|''|[?!]`")
_TO_DECODE = re.compile(r"[\\$~]|--|``|''|[?!]`")
_ESCAPED = re.compile(r"(?<!\\)\\([%&#_$])")
_BARE = re.compile(r"(?<!\\)[%&#]")
_DOLLAR = re.compile(r"(?<!\\)\$([^$]*[\\^_][^$]*)\$|(?<!\\)\$")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_RAISED = re.compile(r"([_^])(?:\{([^{}]*)\}|(.))")
# Signs that no text holds: where a group in braces begins and ends, and where words are set otherwise.
_OPEN, _CLOSE = "\ue000", "\ue001"
_STYLES = {"emph": "\ue002", "textbf": "\ue003", "textsubscript": "\ue004", "textsuperscript": "\ue005"}
_MARKS = re.compile("[\ue000-\ue01f]")
_SAME_STYLE = {"textit": "emph", "mkbibemph": "emph", "mkbibbold": "textbf"}
# Those that change nothing in the words, and of which only what they hold is shown.
_SILENT = {"em", "it", "bf", "sc", "rm", "-", "/", "relax", "protect", "noopsort"}
_HOLDING = {"text", "textrm", "textup", "textsc", "textsf", "mbox", "underline", "url", "path", "nocase"}
_ACCENTS = frozenset("'`\"^~=.uvHtcdbkr")
_SIGNS = frozenset("%&#_${}\\ \n,ij")
_FOR_LATEX = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
    _OPEN: "{",
    _CLOSE: "}",
    **{mark: f"\\{command}" for command, mark in _STYLES.items()},
}

# A command without what it needs is told as a fault; the library would tell it on standard error besides.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)


class _Marking(LatexNodes2Text):  # type: ignore[misc]
    """Words with marks for the groups in braces, in which capitals stay, and for what is set otherwise."""

    def group_node_to_text(self, node):  # type: ignore[no-untyped-def]
        """Return the words of a group, marked; braces round an accented letter, as in {\\"U}, say nothing."""
        words = self.nodelist_to_text(node.nodelist)
        if not words:
            return ""
        accented = len(node.nodelist) == 1 and isinstance(node.nodelist[0], LatexMacroNode) and len(words) == 1
        return words if accented else f"{_OPEN}{words}{_CLOSE}"

    def macro_node_to_text(self, node):  # type: ignore[no-untyped-def]
        """Return the words of a command; the letter under an accent is not marked."""
        if node.macroname in _ACCENTS:
            return _UNMARKED.macro_node_to_text(node)
        return super().macro_node_to_text(node)

    def math_node_to_text(self, node):  # type: ignore[no-untyped-def]
        """Return a formula as words with what stands below or above the line marked as such."""
        return _RAISED.sub(_raised, super().math_node_to_text(node))


def _raised(found: re.Match[str]) -> str:
    command = "textsubscript" if found[1] == "_" else "textsuperscript"
    return f"{_STYLES[command]}{_OPEN}{found[2] or found[3]}{_CLOSE}"


def _argument(node, reader: LatexNodes2Text, place: int = 0) -> str:  # type: ignore[no-untyped-def]
    """Return the words of what a command holds, without the marks of its braces; "" where it holds nothing."""
    held = node.nodeargd.argnlist if node.nodeargd else ()
    words = reader.nodelist_to_text([held[place]]) if len(held) > place else ""
    return str(words.removeprefix(_OPEN).removesuffix(_CLOSE))


def _styled(command: str) -> MacroTextSpec:
    mark = _STYLES[_SAME_STYLE.get(command, command)]
    return MacroTextSpec(command, lambda node, l2tobj: f"{mark}{_OPEN}{_argument(node, l2tobj)}{_CLOSE}")


def _holding(command: str) -> MacroTextSpec:
    return MacroTextSpec(command, lambda node, l2tobj: _argument(node, l2tobj))


_OURS = [
    *map(_styled, (*_STYLES, *_SAME_STYLE)),
    *map(_holding, sorted(_HOLDING)),
    *(MacroTextSpec(command, "") for command in sorted(_SILENT)),
    MacroTextSpec("href", lambda node, l2tobj: _argument(node, l2tobj, 1)),
    *(
        MacroTextSpec(command, lambda node, l2tobj: f"“{_argument(node, l2tobj)}”")
        for command in ("enquote", "mkbibquote")
    ),
]
# How many things a command holds, where it is not one.
_HELD = {"href": "{{"} | dict.fromkeys(_SILENT, "")
_PARTS, _WORDS = parts_of_commands(), words_of_commands()
_PARTS.add_context_category(
    "ours",
    prepend=True,
    macros=[std_macro(spec.macroname, _HELD.get(spec.macroname, "{")) for spec in _OURS],
)
_WORDS.add_context_category("ours", prepend=True, macros=_OURS)
_UNMARKED = LatexNodes2Text(latex_context=_WORDS)


def without_marks(text: str) -> str:
    """Return the text without signs of private use that would be taken for the marks by which it is read."""
    return _MARKS.sub("", text)


def plain(text: str) -> str:
    """Return the text without LaTeX, each letter one sign and each space one; decoded only where it must be."""
    if not _TO_CLEAN.search(text):
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    signs = _ESCAPED.sub(r"\1", text)
    words = without_marks(_marked(text)) if _TO_DECODE.search(signs) else re.sub("[{}]", "", signs)
    return " ".join(unicodedata.normalize("NFC", words).split())


def bare(text: str) -> str:
    """Return an address or a number as it is meant: signs that LaTeX wants escaped by themselves, no braces."""
    return re.sub("[{}]", "", re.sub(r"\\([%&#_$~^])(?:\{\})?", r"\1", text.replace(r"\textasciitilde", r"\~"))).strip()


def tidied(text: str) -> str:
    """Return the text in the little LaTeX that every reader takes for the same words.

    It has letters for accents and signs, keeps the braces in which capitals stay, and four ways of setting words.
    """
    words = curled(" ".join(unicodedata.normalize("NFC", _marked(text)).split()))
    return "".join(_FOR_LATEX.get(sign, sign) for sign in words)


def curled(text: str) -> str:
    """Return the text with apostrophes and double quotation marks as they are printed."""
    return re.sub(rf'(^|[\s(\[{_OPEN}])"', r"\1“", text).replace('"', "”").replace("'", "’")


def unknown_commands(text: str) -> list[str]:
    """Return the commands in a text that cannot be shown, each with its backslash, in their order."""
    found = dict.fromkeys(_COMMAND.findall(text)) if "\\" in text else ()
    return [f"\\{name}" for name in found if not _is_known(name)]


@lru_cache(maxsize=1000)
def _is_known(name: str) -> bool:
    """Return whether a command is one of ours, or stands for a sign or an accent."""
    spec = _WORDS.get_macro_spec(name)
    if spec is None or not spec.macroname:
        return False
    said = spec.simplify_repl
    ours = name in {one.macroname for one in _OURS}
    return ours or (isinstance(said, str) and not re.search(r"%|^<|\[", said)) or name in _ACCENTS or name in _SIGNS


@lru_cache(maxsize=50_000)
def _marked(text: str) -> str:
    nodes, _, _ = LatexWalker(_with_bare_signs(text), latex_context=_PARTS).get_latex_nodes()
    return str(_Marking(latex_context=_WORDS, math_mode="text").nodelist_to_text(nodes))


def _with_bare_signs(text: str) -> str:
    """Return LaTeX in which a bare % & # or $ is escaped and stands for itself, as in BibTeX.

    Unescaped it would begin a comment or get lost. Two dollars round a formula stay.
    """
    return _BARE.sub(r"\\\g<0>", _DOLLAR.sub(lambda found: found[0] if found[1] else r"\$", text))
