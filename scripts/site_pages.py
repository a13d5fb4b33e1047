"""Build the site in both languages and follow every link of it: `python scripts/site_pages.py`, as `make docs` does.

A page of docs/ whose name ends in `.zh-CN.md` belongs to the Chinese site, under site/zh-CN, with navigation of its own
(mkdocs.zh-CN.yml); every other page to the English one. A link from one to the other is rewritten on the way. A broken
link within the site, or anything that a page would load from another machine, gives status 1.
"""

import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
CHINESE = ".zh-CN.md"
FOLDER = "zh-CN"
LINK = re.compile(r"(?<!!)(\[[^\]\n]*\]\()([^)\s]+\.md)(#[^)\s]*)?(\))")
#: The attributes from which a browser loads on its own, by element; plain links are not among them.
LOADED = {("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src")}


def sources(docs: Path, build: Path) -> None:
    """Put the pages of each language into a folder of its own, with the site's links between the two."""
    shutil.rmtree(build, ignore_errors=True)
    for path in sorted(docs.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(docs).as_posix()
        chinese = name.endswith(CHINESE)
        target = build / ("zh" if chinese else "en") / (name.removesuffix(CHINESE) + ".md" if chinese else name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".md":
            target.write_text(linked(path.read_text(encoding="utf-8"), name), encoding="utf-8")
        else:
            shutil.copy(path, target)


def linked(text: str, name: str) -> str:
    """The page of that name with its links to pages of the other language as addresses of the site.

    The builder resolves an address relative to the folder of the page's source, like a file.
    """
    here = posixpath.join(FOLDER if name.endswith(CHINESE) else "", posixpath.dirname(name)) or "."

    def one(found: re.Match[str]) -> str:
        before, file, anchor, after = found[1], found[2], found[3] or "", found[4]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), file))
        if target.endswith(CHINESE) == name.endswith(CHINESE):
            file = file.replace(CHINESE, ".md")
        elif "://" not in file:
            file = posixpath.relpath(address(target), here) + "/"
        return f"{before}{file}{anchor}{after}"

    return LINK.sub(one, text)


def address(name: str) -> str:
    """The folder of a page in the site: `tutorial.zh-CN.md` is at `zh-CN/tutorial`."""
    plain, chinese = name.removesuffix(CHINESE).removesuffix(".md"), name.endswith(CHINESE)
    plain = "" if plain == "index" else plain.removesuffix("/index")
    return posixpath.join(FOLDER if chinese else "", plain) or "."


class Links(HTMLParser):
    """The links and loads of a page, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element."""
        for key, value in attrs:
            if key == "id" and value:
                self.places.add(value)
            if key in ("href", "src") and value:
                canonical = tag == "link" and ("rel", "canonical") in attrs
                (self.loaded if (tag, key) in LOADED and not canonical else self.links).append(value)


def faults(site: Path) -> Iterator[str]:
    """Every broken link within the site, and every load from elsewhere, with its page."""
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        if path.name == "404.html":  # its links are absolute: it is shown at any address
            continue
        name = path.relative_to(site).as_posix()
        for link in page.loaded:
            if urlsplit(link).netloc:
                yield f"{name}: is loaded from another machine: {link}"
        for link in (*page.links, *page.loaded):
            if not lead(path, link, pages):
                yield f"{name}: leads nowhere: {link}"


def lead(path: Path, link: str, pages: Mapping[Path, Links]) -> bool:
    """Whether a link of that page has a target; links to other machines are not followed."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    there = Path(os.path.normpath(path.parent / unquote(parts.path))) if parts.path else path
    there = there / "index.html" if there.is_dir() else there
    if not there.is_file():
        return False
    return not parts.fragment or there not in pages or unquote(parts.fragment) in {*pages[there].places, "__top"}


def repository() -> dict[str, str]:
    """The repository for links: that of the CI run, else the origin of this clone, else none."""
    if name := os.environ.get("GITHUB_REPOSITORY"):
        return {"NNKATA_REPOSITORY": f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{name}"}
    command = ["git", "-C", str(ROOT), "remote", "get-url", "origin"]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return {"NNKATA_REPOSITORY": found.removesuffix(".git")} if found.startswith("https://") else {}


def main() -> int:
    """Build both, and report broken links."""
    sources(ROOT / "docs", ROOT / "build" / "site")
    for config in ("mkdocs.yml", "mkdocs.zh-CN.yml"):  # the Chinese one goes into a folder of the English one
        command = [str(Path(sys.executable).with_name("zensical")), "build", "--strict", "--config-file", config]
        if code := subprocess.run(command, cwd=ROOT, env={**os.environ, **repository()}, check=False).returncode:
            return code
    found = list(faults(ROOT / "site"))
    print("\n".join(found) or "every link leads somewhere")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
