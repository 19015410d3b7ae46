"""`ledger report NAME`: writes reports to the governing body in any format."""

import inspect
from pathlib import Path
from typing import Any

import click

from cli.commands.report.corrigendum import corrigendum
from cli.commands.report.document import ReportRun, check_document, write_document
from cli.commands.report.verify import verify
from cli.lazy import NamedGroup
from cli.options.as_of import reading, say_verified, viewing
from cli.options.documents import DocumentRequest, document_options, taken
from cli.options.report import build, dated, option, requested
from cli.output.files import put
from cli.session import Session, pass_session
from cli.terminal import visible
from projections.reports.registry import (
    DOCUMENT_FORMS,
    FORMS,
    PROVABLE,
    REPORTS,
    ReportDefinition,
    ReportRequest,
    render,
)

PROOF_HELP = "Write a folder with which anyone can check every figure; with --format, a document with it."
PROVED_FORMS = (*DOCUMENT_FORMS, "html")
"""The forms of documents that a proof can have."""
PROOF_HELP = "Write a folder with which anyone can check every figure; with --format, also of a document."
SUFFIXES = {
    ".md": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".json": "json", ".docx": "docx", ".pdf": "pdf",
    ".xlsx": "xlsx",
}  # fmt: skip


@click.group(cls=NamedGroup)
def report() -> None:
    """Write a report to the governing body.

    The same log prefix, as-of and version give the same bytes.
    """


def _command(name: str, definition: ReportDefinition) -> click.Command:
    @reading(form=False)
    @pass_session
    def callback(
        session: Session,
        /,
        form: str | None,
        output: str | None,
        on: str | None,
        known_at: str | None,
        body: str | None = None,
        proof: str | None = None,
        policy: str | None = None,
        *,
        without_quorum: bool = False,
        **given: Any,
    ) -> int:
        document = taken(given)
        request = requested(name, **given)
        if proof is not None:
            _check_proof(form, output, body, document)
            from cli.commands.report.proof import ProofRequest, prove

            prove(session, name, request, ProofRequest(proof, policy, without_quorum, form, document), on, known_at)
            return 0
        if policy is not None or without_quorum:
            raise click.UsageError("--policy and --without-quorum go with --proof.")
        run = ReportRun(session, name, request, document, output, on, known_at, body)
        if document.check:
            return check_document(run)
        if document.publish:
            from cli.commands.report.publish import publish_document

            publish_document(run)
            return 0
        form = form or _form_of(output)
        if form in DOCUMENT_FORMS or (form == "html" and not document.is_empty):
            write_document(run, form)
            return 0
        if not document.is_empty:
            raise click.UsageError(
                "--house, --language, --symbol, --dated and --texts go with docx, pdf, xlsx and html."
            )
        write(session, name, request, form, output, on, known_at, body)
        return 0

    # The decorators above store their options on the function; a command built by hand reads them from there.
    noted = list(reversed(getattr(callback, "__click_params__", [])))
    own: list[click.Parameter] = [option(member) for member in definition.takes if member != "engagement"]
    if "engagement" in definition.takes:
        own.append(click.Argument(["engagement"], metavar="ENGAGEMENT"))
    text = "The format; by the name of --output if not given, else markdown."
    own += [
        click.Option(["--format", "form"], type=click.Choice((*FORMS, *DOCUMENT_FORMS)), help=text),
        click.Option(["--output", "-o"], metavar="FILE", help="Where to write it; standard output if not given."),
    ]
    own += document_options()
    counts = "Count disclosures to this body only" if name != "partnerships" else "The body that the document goes to"
    own.append(click.Option(["--body"], metavar="BODY", help=f"{counts}."))
    if name in PROVABLE:
        own += [
            click.Option(["--proof"], metavar="DIR", help=PROOF_HELP),
            click.Option(["--policy"], metavar="FILE", help="With --proof: prove only what enough witnesses cosigned."),
            click.Option(["--without-quorum"], is_flag=True, help="With --policy: go on although too few cosigned."),
        ]
    return click.Command(name, params=[*own, *noted], callback=callback, help=inspect.cleandoc(definition.help))


def _check_proof(form: str | None, output: str | None, body: str | None, document: DocumentRequest) -> None:
    """Refuse options that do not go with --proof. Raises UsageError."""
    if body is not None:
        raise click.UsageError("--body does not go with --proof: the setting governing-body is proved.")
    if output is not None or document.check or document.publish:
        raise click.UsageError("--proof writes its own files: --output, --check and --publish do not go with it.")
    if form is not None and form not in PROVED_FORMS:
        raise click.UsageError(f"A proof has documents as {', '.join(PROVED_FORMS)}, next to its report as Markdown.")
    if form is None and not document.is_empty:
        raise click.UsageError("--house and its like go with documents: give --format, too, such as docx.")


def write(
    session: Session,
    name: str,
    request: ReportRequest,
    form: str,
    output: str | None,
    on: str | None,
    known_at: str | None,
    body: str | None = None,
) -> None:
    """Build a report and write it. Raises CannotWrite, and the errors of the report."""
    with viewing(session, on, known_at, None) as opened:
        view = dated(opened, on, request).to(body)
        with view.queries() as queries:
            model = build(view, queries, name, request)
        put(output, visible(render(model, form)).encode())
        if output not in (None, "-"):
            say_verified(view)


def _form_of(output: str | None) -> str:
    """Return the form that the name of a file asks for. Raises UsageError for a name that asks for none."""
    suffix = Path(output or "").suffix.lower()
    if output in (None, "-") or not suffix:
        return "markdown"
    if suffix not in SUFFIXES:
        forms = ", ".join(SUFFIXES)
        raise click.UsageError(f"No report is written as {suffix}: name a file that ends in {forms}, or give --format.")
    return SUFFIXES[suffix]


for _name, _definition in REPORTS.items():
    report.add_command(_command(_name, _definition))
report.add_command(verify)
report.add_command(corrigendum)
