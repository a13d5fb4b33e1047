"""The texts for a person in each format of a verdict, without its keywords."""

import base64
import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree


class Texts(HTMLParser):
    """The visible texts of a page, and its texts for screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code = tag in ("style", "script")
        self.texts += [value or "" for name, value in attrs if name in ("aria-label", "placeholder", "data-text")]

    def handle_endtag(self, tag: str) -> None:
        self._code = False

    def handle_data(self, data: str) -> None:
        self.texts += [] if self._code else [data]


def shown(page: str) -> list[str]:
    parser = Texts()
    parser.feed(page)
    return parser.texts


#: The fields of the JSON formats with texts for a person; the format prescribes the others.
FIELDS = ("name", "message", "output", "text", "error_message", "description", "test_code", "hint")


def fields(value: Any, name: str = "") -> list[str]:
    if isinstance(value, dict):
        return [text for key, each in value.items() for text in fields(each, key)]
    if isinstance(value, list):
        return [text for each in value for text in fields(each, name)]
    return [value] if isinstance(value, str) and name in FIELDS else []


def junit(text: str) -> list[str]:
    nodes = list(ElementTree.fromstring(text).iter())
    attributes = [node.get(name) or "" for node in nodes if node.tag != "property" for name in ("name", "message")]
    return attributes + [node.text or "" for node in nodes]


def tap(text: str) -> list[str]:
    keywords = r"^TAP version \d+|^Bail out!|^(not )?ok \d+|# SKIP|^  severity: \w+|^  message: \||^  misconception: .*"
    keywords += r"|^  (at|expected|actual): "
    return [re.sub(keywords, "", line) for line in text.splitlines()]


def sentences(form: str, text: str) -> list[str]:
    """The texts for a person in a verdict of that format."""
    if form == "classroom":
        return fields(json.loads(base64.b64decode(text.partition("=")[2])))
    if form == "csv":
        return [row[key] for row in csv.DictReader(io.StringIO(text[1:])) for key in ("name", "message")]
    readers: dict[str, Callable[[str], list[str]]] = {
        "junit": junit,
        "xunit": junit,
        "tap": tap,
        "html": shown,
        "markdown": lambda text: [re.sub(r"&#\d+;|<[^>]*>", " ", text)],
        "github": lambda text: [re.sub(r"::(error|notice) |file=[^,]*,line=\d+,|title=|%0A", " ", text)],
        "problems": lambda text: [re.sub(r"^.*?: error: ", "", line) for line in text.splitlines()],
    }
    if form == "cucumber":  # the titles are in the language of the features
        elements = [{**each, "tags": []} for feature in json.loads(text) for each in feature["elements"]]
        return fields(elements)  # the names of tags are the same in all languages
    if form in readers:
        return readers[form](text)
    return fields(json.loads(text)) if text.startswith("{") else [text]
