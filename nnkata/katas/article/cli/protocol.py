"""`nnkata protocol cmd:COMMAND`: check a worker in another language against the wire protocol."""

import click

from nnkata.cli.failures import fail
from nnkata.cli.translations import language_option
from nnkata.errors import NotJudged, UsageError
from nnkata.katas.article.wire_protocol import kept
from nnkata.language import _, carried
from nnkata.reports.clean import clean
from nnkata.reports.failure import MARKS
from nnkata.runner.implementation import implementation_name
from nnkata.runner.settings import configuration
from nnkata.subject import locate
from nnkata.subject.locate import EXAMPLE

KEEPS, BREAKS = 0, 1


@click.command(name="protocol")
@click.argument("name", required=False)
@language_option
@click.pass_context
def command(ctx: click.Context, name: str | None) -> None:
    """Check whether a worker (NAME is cmd:COMMAND) follows the protocol: the form of its answers, not the mathematics.

    Exit status: 0 it does, 1 it does not, 2 it could not be asked.
    """
    try:
        configured = configuration()
        implementation = locate(implementation_name(name, configured))
        if not implementation.command:
            text = _("{name} is not a command; name one that starts your network, such as {example}")
            raise UsageError(text.format(name=implementation.name, example=EXAMPLE))
    except NotJudged as error:
        fail(ctx, str(error))
    broken = 0
    for check, problem in kept(implementation, configured.limits):
        click.echo(f"  {MARKS['failed' if problem else 'passed']} {check}")
        for line in clean(problem or "")[: 8 if problem else 0]:
            click.echo(f"      {line}")
        broken += problem is not None
    click.echo()
    if broken:
        click.echo(_("It does not keep the protocol (docs/protocol.md): {count} checks failed.").format(count=broken))
        ctx.exit(BREAKS)
    click.echo(_("It keeps the protocol. Now the mathematics:"))
    click.echo("  " + carried(f"nnkata check '{implementation.name}'"))
    ctx.exit(KEEPS)
