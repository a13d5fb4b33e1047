"""`nnkata completion SHELL`: the script with which a shell completes commands, options, stages and clauses."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_NNKATA_COMPLETE"


@click.command(name="completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that makes SHELL complete nnkata's commands, options, stages and clauses.

    For this session: eval "$(nnkata completion bash)" (zsh: the same; fish: nnkata completion fish | source). For all:
    put that line in ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish.
    """
    kind = get_completion_class(shell)
    assert kind is not None, "click knows these three"
    click.echo(kind(ctx.find_root().command, {}, "nnkata", VARIABLE).source())
