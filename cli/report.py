"""`ledger report NAME`: reports to the governing body, in every form."""

import inspect
from pathlib import Path

import click

from cli.asof import reading, viewing
from cli.files import put
from cli.recipes import PROVED, RECIPES, Asked, Recipe, build, dated, option
from cli.session import Session, pass_session

FORMS = ("markdown", "html", "csv", "json")
SUFFIXES = {".md": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".json": "json"}


@click.group()
def report() -> None:
    """Write a report to the governing body.

    The same log prefix, as-of and version give the same bytes.
    """


def _command(name: str, recipe: Recipe) -> click.Command:
    @reading(form=False)
    @pass_session
    def callback(
        session: Session,
        /,
        form: str | None,
        output: str | None,
        on: str | None,
        known_at: str | None,
        proof: str | None = None,
        policy: str | None = None,
        **given: str | None,
    ) -> None:
        if proof is None:
            if policy is not None:
                raise click.UsageError("--policy goes with --proof.")
            write(session, name, Asked(**given), form, output, on, known_at)
            return
        if form is not None or output is not None:
            raise click.UsageError("--proof writes files of its own: neither --format nor --output goes with it.")
        from cli.proving import ProofAsked, prove  # noqa: PLC0415 - help proves nothing

        prove(session, name, Asked(**given), ProofAsked(proof, policy), on, known_at)

    # The decorators above note their options on the function; a command made by hand takes them from there.
    noted = list(reversed(getattr(callback, "__click_params__", [])))
    own: list[click.Parameter] = [option(member) for member in recipe.takes if member != "engagement"]
    if "engagement" in recipe.takes:
        own.append(click.Argument(["engagement"], metavar="ENGAGEMENT"))
    told = "Its form; from the name of --output, else markdown."
    own += [
        click.Option(["--format", "form"], type=click.Choice(FORMS), help=told),
        click.Option(["--output", "-o"], metavar="FILE", help="Where to write it; standard output if not given."),
    ]
    if name in PROVED:
        own += [
            click.Option(["--proof"], metavar="DIR", help="Write a folder in which anyone can check every figure."),
            click.Option(["--policy"], metavar="FILE", help="With --proof: say whether enough witnesses cosigned."),
        ]
    return click.Command(name, params=[*own, *noted], callback=callback, help=inspect.cleandoc(recipe.help))


def write(
    session: Session,
    name: str,
    asked: Asked,
    form: str | None,
    output: str | None,
    on: str | None,
    known_at: str | None,
) -> None:
    """Make a report and write it. Raises what the report raises, and CannotWrite."""
    from projections.reports.render import render  # noqa: PLC0415 - help renders nothing

    with viewing(session, on, known_at, None) as found:
        view = dated(found, on, asked)
        with view.queries() as queries:
            model = build(view, queries, name, asked)
    text = render(model, form or SUFFIXES.get(Path(output or "").suffix.lower(), "markdown"))
    put(output, text.encode())


for _name, _recipe in RECIPES.items():
    report.add_command(_command(_name, _recipe))
