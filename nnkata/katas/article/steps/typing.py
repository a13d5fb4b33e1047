"""Steps of the stage typing: what mypy and the comments of the source say."""

import io
import re
import tokenize
from collections.abc import Mapping

from pytest_bdd import then

from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import Mismatch

#: Comments that keep mypy from a line or a file. pyright's are not mypy's business.
ESCAPES = re.compile(r"#\s*(type:\s*ignore|mypy:)")
SHOWN = 5


def report(quantity: str, lines: list[str]) -> None:
    """Fail with the first few lines, if there are any."""
    if lines:
        more = "\n" + _("(and {count} more)").format(count=len(lines) - SHOWN) if len(lines) > SHOWN else ""
        raise Mismatch(quantity, "\n".join(lines[:SHOWN]) + more, _("none"), evidence=lines)


@then("mypy in strict mode finds no error in the module")
@then("mypy 的严格模式在模块中没有发现错误")
def strict(world: World) -> None:
    """With our configuration, whatever lies beside the submission."""
    report(_("mypy's findings"), world.judged.type_errors)


@then("the module satisfies the protocols of the contract")
@then("模块符合契约中的各个协议")
def protocols(world: World) -> None:
    """A file that assigns the class and the function to the protocols."""
    report(_("where the module differs from the contract's protocols"), world.judged.protocol_errors)


@then("no source file holds a comment that keeps mypy from looking")
@then("源文件中没有让 mypy 跳过检查的注释")
def no_escapes(world: World) -> None:
    """Comments only: a text that mentions one is fine."""
    report(_("comments that keep mypy from looking"), escapes(world.judged.sources))


def escapes(sources: Mapping[str, str]) -> list[str]:
    """`file:line: comment` for every such comment in a mapping of names to source texts."""
    found = []
    for name, text in sources.items():
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and ESCAPES.match(token.string):
                found.append(f"{name}:{token.start[0]}: {token.string[:100]}")
    return found
