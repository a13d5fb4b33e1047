"""Messages of Python's parser in the reader's language: the usual ones of beginners; others stay in English.

Python's own words stay visible beside a translation, so that a reader can look them up.
"""

import re

from nnkata.language import _, later

#: Sentences of Python 3.11 to 3.14; the parts in braces are Python's.
SENTENCES = (
    later("invalid syntax"),
    later("invalid syntax. Perhaps you forgot a comma?"),
    later("invalid syntax. Maybe you meant '==' or ':=' instead of '='?"),
    later("expected ':'"),
    later("expected an indented block after {what} on line {line}"),
    later("unexpected indent"),
    later("unindent does not match any outer indentation level"),
    later("inconsistent use of tabs and spaces in indentation"),
    later("'{bracket}' was never closed"),
    later("unmatched '{bracket}'"),
    later("closing parenthesis '{bracket}' does not match opening parenthesis '{other}'"),
    later("closing parenthesis '{bracket}' does not match opening parenthesis '{other}' on line {line}"),
    later("unterminated string literal (detected at line {line})"),
    later("unterminated triple-quoted string literal (detected at line {line})"),
    later("invalid character '{character}' ({code})"),
    later("invalid non-printable character {code}"),
    later("invalid decimal literal"),
    later("'return' outside function"),
    later("positional argument follows keyword argument"),
    later("non-default argument follows default argument"),
    later("parameter without a default follows parameter with a default"),
    later("cannot assign to {what}. Maybe you meant '==' instead of '='?"),
    later("unexpected character after line continuation character"),
    later("expected 'except' or 'finally' block"),
    later("unexpected EOF while parsing"),
)
#: Names of parts of a program in those sentences.
PARTS = (
    *(later("function definition"), later("class definition"), later("'if' statement"), later("'elif' statement")),
    *(later("'else' statement"), later("'for' statement"), later("'while' statement")),
    *(later("'try' statement"), later("'except' statement"), later("'finally' statement")),
    *(later("expression here"), later("function call here"), later("attribute here"), later("subscript here")),
    *(later("literal here"), later("comparison here")),
)


def translated(message: str) -> str:
    """The message after its translation; the message alone if there is none."""
    for sentence in SENTENCES:
        found = re.fullmatch(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(sentence)), message)
        if found and (words := _(sentence)) != sentence:
            parts = {name: _(part) if part in PARTS else part for name, part in found.groupdict().items()}
            return _("{translated} ({original})").format(translated=words.format(**parts), original=message)
    return message
