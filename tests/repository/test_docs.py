"""The documentation: generated pages are current, links work, the site builds, and commands exist and run."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import site_pages as site
import yaml
from PIL import Image

import docs
from nnkata.cli import main
from nnkata.katas.mnist import load
from tests.support import forks

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
#: The form of a value from the environment in a configuration, which YAML does not know.
PLAIN = re.compile(r"!ENV ")
PAGES = sorted(DOCS.rglob("*.md"))
TEXTS = [*PAGES, *sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("[!.]*/README.md"))]  # not those of tools
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"```.*?```", re.DOTALL)
INDENTED = re.compile(r"^(?: {4}|\t)(.*)$", re.MULTILINE)
COMMAND = re.compile(r"^(?:\$ )?(nnkata [^#\n]*[^#\s])", re.MULTILINE)
#: Commands of the guides that wait for a person or for another machine.
UNRUN = ("nnkata watch", "--scheduler")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_generated_pages_are_current() -> None:
    made = docs.pages()
    stale = [path for path, text in made.items() if (DOCS / path).read_text(encoding="utf-8") != text]
    assert stale == [], "run python scripts/docs.py"
    marked = {path.relative_to(DOCS).as_posix() for path in PAGES if docs.MADE in path.read_text(encoding="utf-8")}
    assert marked == set(made), "a page that is no longer made is still there"


def slugs(text: str) -> set[str]:
    """The anchors of the headings, as GitHub and the site make them."""
    titles = re.findall(r"^#+ +(.+?) *$", BLOCK.sub("", text), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower()) for title in titles)
    return {title.replace(" ", "-") for title in plain}


def broken(path: Path, text: str) -> list[str]:
    """The broken links of a page; links to other machines are not followed."""
    found = []
    for target in LINK.findall(BLOCK.sub("", text)):
        file, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (path.parent / file) if file else path
        if not there.exists() or (anchor and anchor not in slugs(there.read_text(encoding="utf-8"))):
            found.append(target)
    return found


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_no_link_is_broken(path: Path) -> None:
    assert broken(path, path.read_text(encoding="utf-8")) == []


def test_a_link_to_a_missing_page_or_heading_is_found() -> None:
    text = "[a](contract.md) [b](missing.md) [c](contract.md#the-verdict) [d](contract.md#nothing) [e](https://x.org/y)"
    assert broken(DOCS / "index.md", text) == ["missing.md", "contract.md#nothing"]


def torn(text: str) -> list[str]:
    """Code with a | in a table: GitHub ends the cell at a bare one, the site shows the backslash before another."""
    rows = [line for line in BLOCK.sub("", text).splitlines() if line.startswith("|")]
    return [code for row in rows for code in re.findall(r"`[^`]*`", row) if "|" in code]


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_no_code_in_a_table_has_a_bar(path: Path) -> None:
    assert torn(path.read_text(encoding="utf-8")) == [], "write <code>a &#124; b</code>"


def test_code_in_a_table_that_has_a_bar_is_found() -> None:
    text = "| `a \\| b` | `c` |\n| `d | e` | f |\n| <code>a &#124; b</code> | `c` |"
    assert torn(text) == ["`a \\| b`", "`d | e`"]


def nav(entries: Any) -> Iterator[str]:
    if isinstance(entries, str):
        yield entries
    else:
        for entry in entries.values() if isinstance(entries, dict) else entries:
            yield from nav(entry)


@pytest.mark.parametrize(("config", "chinese"), [("mkdocs.yml", False), ("mkdocs.zh-CN.yml", True)])
def test_every_page_occurs_once_in_the_navigation_of_its_language(config: str, chinese: bool) -> None:
    listed = list(nav(yaml.safe_load(PLAIN.sub("", (ROOT / config).read_text(encoding="utf-8")))["nav"]))
    names = [path.relative_to(DOCS).as_posix() for path in PAGES if path.name.endswith(site.CHINESE) == chinese]
    assert sorted(listed) == sorted(name.replace(site.CHINESE, ".md") for name in names)


def test_the_site_builds_in_both_languages_and_a_dead_link_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(DOCS, tmp_path / "docs")
    for config in ("mkdocs.yml", "mkdocs.zh-CN.yml"):
        shutil.copy(ROOT / config, tmp_path)
    monkeypatch.setattr(site, "ROOT", tmp_path)
    monkeypatch.setenv("GITHUB_REPOSITORY", "somebody/nnkata")
    assert site.main() == 0, capsys.readouterr().out
    english = (tmp_path / "site" / "tutorial" / "index.html").read_text(encoding="utf-8")
    chinese = (tmp_path / "site" / "zh-CN" / "tutorial" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in english
    assert 'href="../zh-CN/tutorial/"' in english
    assert "md-footer__link--prev" in english
    assert 'href="https://github.com/somebody/nnkata"' in english
    assert '<html lang="zh"' in chinese
    assert 'href="../../walkthrough/"' in chinese
    assert "首页" in chinese
    backward = (tmp_path / "site" / "clauses" / "backward" / "index.html").read_text(encoding="utf-8")
    assert 'id="backward-3"' in backward
    page = tmp_path / "docs" / "index.md"
    page.write_text('<a href="../gone/">x</a> <img src="https://x.org/y.png" alt="">', encoding="utf-8")
    assert site.main() == 1
    said = capsys.readouterr().out
    assert "index.html: leads nowhere: " in said
    assert "index.html: is loaded from another machine: https://x.org/y.png" in said


def commands(text: str) -> list[str]:
    """The nnkata commands in the code blocks of a page, in their order."""
    blocks = [*BLOCK.findall(text), "\n".join(INDENTED.findall(BLOCK.sub("", text)))]
    return [command for block in blocks for command in COMMAND.findall(block)]


def parse(command: str) -> None:
    """Parse a command line as the command does, without running it."""
    words = shlex.split(command)[1:]
    with click.Context(main, info_name="nnkata") as context:
        if words[0].startswith("-"):  # an option of nnkata alone
            main.make_context("nnkata", words, resilient_parsing=True)
            return
        found = main.get_command(context, words[0])
        if found is None:
            raise click.UsageError(f"there is no command {words[0]}")
        for option in found.params:
            if isinstance(option.type, click.Path):
                option.type.exists = False
        found.make_context(words[0], words[1:], parent=context)


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_every_command_in_a_code_block_exists(path: Path) -> None:
    for command in commands(path.read_text(encoding="utf-8")):
        parse(command.replace("[", "").replace("]", "").replace("…", ""))


def test_a_command_or_an_option_that_does_not_exist_is_found() -> None:
    assert commands("text\n\n    $ nnkata check x.py --plane  # what\n") == ["nnkata check x.py --plane"]
    for command in ("nnkata check x.py --plane", "nnkata chek x.py"):
        with pytest.raises(click.UsageError):
            parse(command)


#: The instructor's downloads.
TABLES = {
    "students.csv": "Name,Student ID\nada,s1\nbob,s2\n",
    "Grades-HW3.csv": "Identifier,Full name,Grade,Maximum grade\nParticipant 7,ada,,100.00\n",
    "Gradebook.csv": "Student,ID,Section,Homework 3 (5)\n    Points Possible,,,10\nada,7,,\n",
}


@pytest.mark.parametrize("page", ["learner", "train", "instructor", "ci", "platforms"])
def test_the_commands_of_a_guide_run_in_its_order(page: str, tmp_path: Path) -> None:
    if page == "instructor" and shutil.which("bwrap") is None:
        pytest.skip("needs bubblewrap: apt-get install bubblewrap")
    right, printed = ROOT / "reference" / "network.py", ROOT / "solutions" / "printed.py"
    (tmp_path / "course").mkdir()
    for source, copy in (
        (right, "course/ada.py"),
        (printed, "course/bob.py"),
        (right, "first.py"),
        (printed, "second.py"),
    ):
        shutil.copy(source, tmp_path / copy)
    (tmp_path / "course" / "hw3-cem-2-network.py").write_text("def")  # as the page's pattern has it; not to be judged
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    Image.fromarray(load("bundled").images[0].reshape(28, 28)).save(tmp_path / "drawing.png")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}
    environment |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    run = [c for c in commands((DOCS / f"{page}.md").read_text(encoding="utf-8")) if not any(u in c for u in UNRUN)]
    assert run
    if page != "learner":
        shutil.copy(right, tmp_path / "network.py")
    for number, command in enumerate(run):
        words = shlex.split(command)
        if words[1] == "train":
            words += ["--epochs", "1"]  # tests/article/test_train.py has several
        if command.endswith("--ci"):
            (tmp_path / "network.py").unlink()  # the page checks it before the section on the beginning
        if number == 0:  # as it is typed; the others begin as all of the suite do
            done = subprocess.run(
                words, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
            )
        else:
            done = forks.run(words[1:], tmp_path, environment, timeout=300)
        assert done.returncode in (0, 1), f"{command}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr, command
