"""A group of commands whose error for an unknown word names the closest one."""

import click


class Helpful(click.Group):
    """A group of commands, each by its first word."""

    def meant(self, word: str) -> str:
        """The end of the error for an unknown word."""
        raise NotImplementedError

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(error.message.rstrip(".。") + self.meant(args[0]), ctx) from None
