"""Begin a new clause: `python scripts/new_clause.py STAGE "What it states"` writes both features and both explanations.

The clause gets the next free number of the stage. The script lists the remaining work at the end, like `make test`.
"""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from nnkata.explanations import topics
from nnkata.features.gherkin import clauses
from nnkata.files import write
from nnkata.language import LANGUAGES
from nnkata.places import features_folder
from nnkata.registry import current as kata

ROOT = Path(__file__).resolve().parents[1]
LEFT = """\
{tag} is begun. Left to do:

1. its steps in features/{stage}.feature, and its title and steps in features/zh-CN/{stage}.feature
   (docs/steps.md lists the English steps, nnkata/katas/article/steps/zh-CN.toml the Chinese; new ones go there)
2. its own point in explanations/en.clauses.toml and zh-CN.clauses.toml, if it is a TODO (`--text` writes it);
   the topic `{topic}` explains the rest, `--topic` chooses another one
3. a known mistake that it turns red, if none of those there is one: nnkata/katas/article/misconceptions/
4. python scripts/turns_red.py --clause {tag}
5. CONTRACT in nnkata/katas/article/__init__.py, and its version in docs/contract.md (the head, the history, the JSON)
6. python scripts/docs.py && python scripts/readme.py && python scripts/walkthrough.py && make readers
   && python scripts/readers_table.py
7. where it is the article's choice: a right network that chose otherwise, in tests/article/right_choices.py
"""


def next_number(stage: str) -> int:
    """The next number of the stage; numbers of retired clauses are not known here."""
    numbers = [int(c.tag.rpartition("-")[2]) for c in clauses([features_folder() / f"{stage}.feature"])]
    return max(numbers, default=0) + 1


def begun(stage: str, title: str, tag: str, topic: str, own: Mapping[str, str]) -> dict[Path, str]:
    """The files with the new clause in them."""
    files: dict[Path, str] = {}
    for language in LANGUAGES:
        path = features_folder(language) / f"{stage}.feature"
        like = next(clause for clause in clauses([path]) if not clause.outline)
        name = title if language == "en" else f"TODO {title}"
        first = f"{like.parsed[0].keyword} {like.parsed[0].text}"
        scenario = f"\n  @{tag}\n  {like.keyword}: {name}\n    {first}\n"
        files[path] = path.read_text(encoding="utf-8").rstrip("\n") + "\n" + scenario
        folder = kata().explanations
        assert folder is not None
        explained = folder / f"{language}.toml"
        text = explained.read_text(encoding="utf-8")
        old = topics(language)[topic].clauses
        alone = folder / f"{language}.clauses.toml"
        line = f"{tag} = {json.dumps(own.get(language, f'TODO {title}'), ensure_ascii=False)}\n"
        about, nudge, hints = alone.read_text(encoding="utf-8").partition("\n[nudge]")
        last = list(re.finditer(rf"^{stage}-\d+ = .*\n", about, re.M))[-1].end()
        files[alone] = about[:last] + line + about[last:] + nudge + hints
        files[explained] = re.sub(rf'^clauses = "{re.escape(old)}"$', f'clauses = "{old} {tag}"', text, flags=re.M)
    return files


def topic_of(stage: str) -> str:
    """The topic of the stage's last clause."""
    last = clauses([features_folder() / f"{stage}.feature"])[-1].tag
    return next(name for name, topic in topics("en").items() if last in topic.clauses.split())


@click.command()
@click.argument("stage", type=click.Choice(kata().stages), metavar="STAGE")
@click.argument("title")
@click.option(
    "--topic",
    type=click.Choice(list(topics("en"))),
    metavar="TOPIC",
    help="Its explanation; else that of the last clause.",
)
@click.option(
    "--text", "texts", nargs=2, multiple=True, metavar="LANGUAGE TEXT", help="Its own point; one per language."
)
def main(stage: str, title: str, topic: str | None, texts: tuple[tuple[str, str], ...]) -> None:
    """Begin a clause of STAGE that states TITLE."""
    tag = f"{stage}-{next_number(stage)}"
    topic = topic or topic_of(stage)
    for path, text in begun(stage, title, tag, topic, dict(texts)).items():
        write(path, text.encode())
        click.echo(f"Written: {path.relative_to(ROOT)}")
    click.echo("\n" + LEFT.format(tag=tag, stage=stage, topic=topic))


if __name__ == "__main__":
    sys.exit(main())
