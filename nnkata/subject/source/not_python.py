"""One line of advice about a file that is not Python: the usual slips, and code copied together with its surroundings.

A slip is only named if the line without it is Python, or if Python's message names it by itself.
"""

import difflib
import keyword
import re
import sys
import warnings
from collections.abc import Callable, Sequence

from nnkata.language import _, later
from nnkata.worker.tree import newlines

#: Messages of Python 3's parser about syntax of Python 2.
PYTHON_2 = re.compile(r"Missing parentheses in call to '(print|exec)'|multiple exception types must be parenthesized")
#: Prompts of an interactive session, before code or its output.
PROMPT = re.compile(r"(?:>>>|\.\.\.)(?:\s|$)|(?:In|Out) ?\[\d*\]:|\.{3,}: ")
#: A line's number before its code.
NUMBERED = re.compile(r"\d+[.:|]?\s+(?:import|from|class|def|return|if|for|#|@|[\w.]+\s*[=(])")
#: Lines of a change, as git shows it.
CHANGE = re.compile(r"diff --git |@@ -\d|(?:---|\+\+\+) [ab]/")
#: A sentence: Chinese without code, or several words.
PROSE = re.compile(r"[\u4e00-\u9fff][^=(\[\"']*|[A-Z][a-z']*(?: [\w',-]+){2,}[.:!]?")
#: A place of a template that asks for code, in a form that is no Python.
BLANK = re.compile(
    r"<[^<>=]*\b(?:your|code|todo|fill|here|answer|implement|complete)\b[^<>=]*>|<[^<>=]*(?:填|代码|补全)[^<>=]*>|"
    r"【[^】]*】|\b_{2,}(?:\s+_{2,})+|\byour (?:own )?code(?: goes)? here\b",
    re.IGNORECASE,
)
#: Lines of other programming languages, and of a terminal.
OTHER = re.compile(
    r"(?:public|private|protected|static)\s+\w|(?:const|let|var)\s+[\w{\[]|function\b[^=]*[=(]|package\s+[\w.]+;?$|"
    r"(?:int|void|double|float)\s+\w+\s*[(=;]|using\s+\w+|[\w.]+\s*<-\s*\w"
)
SHELL = re.compile(r"\$ |[A-Z]:\\\\[^\"']*>|PS [A-Z]:|\(\w+\) [\w@~]+[$%#:]|[\w.-]+@[\w.-]+:[^\s]*[$#] ")
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#39|nbsp);")

#: Words with which a statement begins.
FIRST = sorted(set(keyword.kwlist) - {"and", "or", "not", "is", "in", "as", "None", "True", "False"})
#: Slips in a line: its pattern, the mended line, the advice.
SLIPS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"\belse\s+if\b"), "elif", later("Python writes `else if` as `elif`")),
    (re.compile(r"\s*\{\s*$"), ":", later("a block begins with a colon and is indented: Python has no braces for it")),
    (re.compile(r"(\w+)\s*\+\+"), r"\1 += 1", later("Python has no ++: write `x += 1`")),
    (re.compile(r"(\w+)\s*--(?!\w)"), r"\1 -= 1", later("Python has no --: write `x -= 1`")),
    (re.compile(r":="), "=", later("a value is given with = here")),
    (re.compile(r"(?<=\d),(?=0\d)"), ".", later("a decimal number is written with a point: 0.001")),
    (re.compile(r"\b0+(?=[1-9])"), "", later("a number does not begin with a zero")),
    (re.compile(r"&&"), " and ", later("Python writes && as `and`")),
    (re.compile(r"\|\|"), " or ", later("Python writes || as `or`")),
    (re.compile(r"!(?!=)"), " not ", later("Python writes ! as `not`")),
    (re.compile(r"<>"), "!=", later("Python writes <> as !=")),
    (re.compile(r"\s*//.*$"), "", later("a comment begins with #")),
)


def of_text(source: bytes, error: SyntaxError) -> str:
    """Advice about a file that is not Python; empty if there is none."""
    lines = newlines(source.decode("utf-8", "replace")).removesuffix("\n").split("\n")
    line = lines[error.lineno - 1].strip() if error.lineno and error.lineno <= len(lines) else ""
    if line.startswith(("%", "!", "?")) or line.endswith("?"):
        return _("this line is a notebook's own command: delete it, or hand in the notebook itself")
    if PYTHON_2.search(error.msg) or re.match(r"(print|exec)\s+[\"'\w]|raise \w+, |except \w+, \w+:", line):
        version = ".".join(map(str, sys.version_info[:2]))
        return _("this is Python 2; it is judged by Python {version}: print(x), except Error as e").format(
            version=version
        )
    if copied := _copied(lines, line):
        return copied
    if BLANK.search(line):
        return _("a blank of the template stands in this line: write your own code in its place")
    if PROSE.fullmatch(line) and line.split()[0].lower() not in keyword.kwlist:
        return _("this line is a sentence, not code: delete it, or begin it with #")
    if error.msg.startswith("invalid character"):
        return _("Python has no such character outside of texts: type it anew, with the keyboard set to English")
    if error.msg.startswith("invalid non-printable character"):
        return _("it is invisible, from a page, a chat or an input method: replace it by a plain space, or delete it")
    if isinstance(error, TabError):
        return _("tabs and spaces are mixed: have your editor turn tabs into spaces")
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return _("this line is a merge that git left unfinished: keep one of the two versions, and delete its marks")
    if b"\0" in source:
        return _("the file contains NUL bytes: it is damaged, or no plain text; save it anew as UTF-8")
    if error.msg.startswith("unknown encoding"):
        return _("a line at the top names an encoding that Python does not know: delete it, and save the file as UTF-8")
    if "unicodeescape" in error.msg:
        return _("a path with backslashes has an r before its quote, r'C:\\Users', or is written with /")
    if line.startswith(("{", '"cells"', "<")) and error.lineno == 1:
        return _("this looks like a notebook, a page or a chat under the name of a Python file: hand in the code alone")
    if error.msg.startswith(("expected an indented block", "unindent does not match", "unexpected indent")):
        return _indented(lines, error)
    word = line.split()[0] if line else ""
    if word.lower() in keyword.kwlist and word not in keyword.kwlist:
        return _("Python writes this word in small letters: {word}").format(word=word.lower())
    return _slip(lines, error.lineno or 0)


def _indented(lines: Sequence[str], error: SyntaxError) -> str:
    """Advice about a line that is indented too little or too much."""
    if not any(text[:1] in (" ", "\t") for text in lines):
        return _(
            "no line of the file is indented: copying lost the indentation; copy it again, or hand in the file itself"
        )
    if error.msg.startswith("unindent"):
        return _("indent this line like the other lines of its block")
    if error.msg.startswith("unexpected"):
        return "" if error.lineno == 1 else _("indent this line like the line above it")
    found = re.search(r"after (.*) on line (\d+)$", error.msg)
    if found is None or not error.lineno:
        return ""
    opened, own = lines[int(found[2]) - 1], lines[error.lineno - 1 : error.lineno]
    next_one = own and re.match(r"\s*(?:@|def\b|class\b)", own[0]) and _depth(own[0]) <= _depth(opened)
    if next_one or not "".join(own).strip():
        if found[1] in ("function definition", "class definition"):
            return _("there is nothing in it yet: write it, or `raise NotImplementedError` until then")
        return _("there is nothing in it yet: write it, or `pass` until then")
    return _("indent the lines that belong to it by four more spaces")


def _depth(line: str) -> int:
    return len(line.expandtabs(8)) - len(line.expandtabs(8).lstrip())


def _slip(lines: Sequence[str], number: int) -> str:
    """The advice for the one slip whose mending makes the line Python; empty if there is none, or no line."""
    if not 0 < number <= len(lines):
        return ""
    line = lines[number - 1]
    for looks, right, advice in SLIPS:
        if looks.search(line) and _mends(lines, number, looks.sub(right, line)):
            return _(advice)
    for word in dict.fromkeys(re.findall(r"\b[a-z]+\b", line)):
        if word in keyword.kwlist and _mends(lines, number, re.sub(rf"\b{word}\b", f"{word}_", line)):
            return _("{word} is a word of Python itself, and no name for a value: take another").format(word=word)
    return _misspelled(lines, number)


def _misspelled(lines: Sequence[str], number: int) -> str:
    """The advice for a word at the beginning of the line that is nearly one of Python's: `improt numpy`."""
    line = lines[number - 1]
    word = found[0] if (found := re.match(r"\s*([a-z]{2,10})\b", line)) else ""
    for meant in difflib.get_close_matches(word.strip(), FIRST, 3, 0.6) if word.strip() not in FIRST else ():
        if _mends(lines, number, line.replace(word.strip(), meant, 1)):
            return _("Python has no word {word}: did you mean {meant}?").format(word=word.strip(), meant=meant)
    return ""


def _mends(lines: Sequence[str], number: int, line: str) -> bool:
    """Whether a file with another line in this place is Python up to and with this line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile("\n".join([*lines[: number - 1], line, *lines[number:]]), "submission", "exec", dont_inherit=True)
    except SyntaxError as error:
        return (error.lineno or 0) > number and not error.msg.startswith("expected an indented block")
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return False
    return True


def _copied(lines: list[str], line: str) -> str:
    """Advice about code that was copied together with its surroundings."""
    fences = [number for number, text in enumerate(lines, 1) if text.startswith("```")]
    if fences:
        return _("line {line} is the mark ``` of a page or a chat: hand in the code alone").format(line=fences[0])
    if PROMPT.match(line):
        return _("this is copied from a session, with its prompts: delete the prompts and what was printed")
    if NUMBERED.match(line) or _most(lines, lambda number, text: re.match(rf"{number}\b", text) is not None):
        return _("this is copied with its line numbers: copy the code alone")
    if CHANGE.match(line) or _most(lines, lambda number, text: text.startswith(("+", "-"))):
        return _("this is a change as git shows it: hand in the file itself")
    if line.startswith("Traceback (most recent call last)"):
        return _("this is an error message, not code: delete it")
    if SHELL.match(line):
        return _("this is a command for the terminal, not code: delete it")
    if ENTITY.search(line):
        return _("it is copied from the source of a web page (&quot; for a quote): hand in the file itself")
    if re.match(r"https?://", line):
        return _("this is a link: hand in the file itself")
    if len(lines) == 1 and len(re.findall(r"\bdef \w+\(", line)) > 1:
        return _("all lines are joined into one: copy the code anew, or hand in the file itself")
    if OTHER.match(line):
        return _("this line is of another programming language: write it in Python")
    return ""


def _most(lines: Sequence[str], like: Callable[[int, str], bool]) -> bool:
    """Whether nine of ten lines are like that, of at least five; blank ones do not count."""
    there = [(number, text.strip()) for number, text in enumerate(lines, 1) if text.strip()]
    return len(there) >= 5 and sum(like(number, text) for number, text in there) >= 0.9 * len(there)
