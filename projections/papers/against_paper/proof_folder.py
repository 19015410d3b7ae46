"""The documents of a proof: paper.json compared with figures.json, and each file with its paper.

Whether figures.json is what the log gives, verify_ledger.py says.
"""

import hashlib
import json
import re
import stat
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from projections.papers.against_paper.comparison import Compared, compared
from projections.papers.against_paper.paper import GivenPaper, PaperFigure, given_paper, runs_of
from projections.papers.against_paper.printings import judged_printing
from projections.papers.read_back.any_form import read_document
from projections.papers.read_back.errors import NotReadable
from projections.papers.read_back.marks import Said, json_object
from projections.papers.read_back.package import LARGEST

DOCUMENTS = "documents"
"""The folder of documents within that of the proof."""
PAPER, FIGURES_FILE = f"{DOCUMENTS}/paper.json", "figures.json"
DOCUMENT_NAME = re.compile(r"[a-z][a-z0-9.-]{0,60}\.(docx|html|pdf|xlsx)")
MAX_JSON = 1 << 26
"""The largest paper.json or figures.json that is read, in bytes."""
MAX_PAPERS = 20
"""The most papers of a report: it has a document, and some with lists."""
MAX_LISTED = 100
"""The most differences of one file that are listed."""
ROOT_LETTERS = 8
"""How much of the root of the log the foot of each page shows at least."""


class DocumentFinding(NamedTuple):
    """What is wrong: a code, its place, and a sentence."""

    code: str
    place: str
    what: str


class StatedFile(NamedTuple):
    """A file that paper.json lists: its name, the number of its paper, and its SHA-256."""

    name: str
    paper: int
    sha256: str


class StatedPapers(NamedTuple):
    """The content of paper.json: papers with what files say of drawings by form, and the files that were made."""

    papers: tuple[GivenPaper, ...]
    drawings: tuple[dict[str, list[Said]], ...]
    files: tuple[StatedFile, ...]


class Documents:
    """The documents of a proof, and what is found about them; `facts` is what a reader has to know besides."""

    def __init__(self, folder: Path) -> None:
        """Read the papers, and compare them with the figures of the proof."""
        self.folder = folder
        self.findings: list[DocumentFinding] = []
        self.facts: dict[str, Any] = {}
        self.papers: StatedPapers | None = None
        stated, given = self._read(FIGURES_FILE, MAX_JSON), self._read(PAPER, MAX_JSON)
        if stated is None or given is None:
            return
        try:
            self.papers = self._of_proof(json_object(given), json_object(stated), given, stated)
        except (NotReadable, RecursionError, AttributeError, TypeError, KeyError, ValueError) as error:
            self.add("bad-paper", PAPER, f"it cannot be read: {error}")

    def add(self, code: str, place: str, what: str) -> None:
        """Add a finding."""
        self.findings.append(DocumentFinding(code, place, what[:400]))

    def check(self, others: Sequence[Path] = ()) -> None:
        """Compare the files in the folder, and others, each with its paper. Raises OSError for one of the others."""
        compared_files: list[str] = []
        if self.papers is None:
            return
        for file in self.papers.files:
            data = self._read(f"{DOCUMENTS}/{file.name}", LARGEST)
            if data is None:
                continue
            if hashlib.sha256(data).hexdigest() != file.sha256:
                self.add("altered-file", f"{DOCUMENTS}/{file.name}", "its SHA-256 is not the one that paper.json names")
            compared_files += self._compared(f"{DOCUMENTS}/{file.name}", data, file.paper)
        for path in others:
            with path.open("rb") as source:
                data = source.read(LARGEST + 1)
            compared_files += self._compared(str(path), data, None)
        known = {PAPER.rpartition("/")[2], *(file.name for file in self.papers.files)}
        for path in sorted((self.folder / DOCUMENTS).iterdir()):
            if path.name not in known:
                self.add("unexpected-file", f"{DOCUMENTS}/{path.name}", "paper.json does not list it")
        self.facts["compared"] = compared_files

    def _read(self, name: str, most: int) -> bytes | None:
        """Return the bytes of a file in the folder, and None after a finding; links are not followed."""
        path = self.folder / name
        try:
            is_plain = stat.S_ISREG(path.lstat().st_mode) and not path.parent.is_symlink()
            with path.open("rb") as source:
                data = source.read(most + 1) if is_plain else b""
        except OSError:
            is_plain, data = False, b""
        if not is_plain:
            without = "; a proof made with --format has documents" if name == PAPER else ""
            self.add("missing-file", name, f"no plain file stands there, and links are not followed{without}")
        elif len(data) > most:
            self.add("too-large", name, f"it has more than {most:,} bytes")
        return data if is_plain and len(data) <= most else None

    def _of_proof(self, given: dict[str, Any], stated: dict[str, Any], bytes_: bytes, figures: bytes) -> StatedPapers:
        digest = hashlib.sha256(figures).hexdigest()
        if (json.dumps(given, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode() != bytes_:
            self.add("bad-paper", PAPER, "it is not in its one written form")
        of = {"report": stated["report"], "as_of": stated["as_of"], "figures": digest}
        if {name: given.get(name) for name in of} != of or given.keys() != {*of, "papers", "files", "format"}:
            self.add("bad-paper", PAPER, "it is not of the figures in the folder: another report, as-of or SHA-256")
        elif given["format"] != 1:
            self.add("bad-paper", PAPER, "its format is another one than this program knows")
        listed = list(given["papers"])
        if not 0 < len(listed) <= MAX_PAPERS:
            raise NotReadable(f"It has no paper, or more than {MAX_PAPERS}.")
        papers = tuple(given_paper(paper["paper"]) for paper in listed)
        drawings = tuple(_drawings(paper["drawings"]) for paper in listed)
        self.facts |= {
            "report": stated["report"],
            "as of": f"{stated['as_of']['on']}, as known at position {stated['as_of']['known_at']}",
            "figures.json": f"SHA-256 {digest}",
        }
        for number, paper in enumerate(papers):
            _PaperCheck(self, number, paper).against(stated)
        return StatedPapers(papers, drawings, tuple(_file(file, len(papers)) for file in given["files"]))

    def _compared(self, name: str, data: bytes, number: int | None) -> list[str]:
        assert self.papers is not None
        try:
            if number is None:
                number = self._paper_of(data)
            drawings = self.papers.drawings[number]
            result = compared(self.papers.papers[number], data, drawings)
        except NotReadable as error:
            self.add("not-readable", name, str(error))
            return []
        for difference in islice(result.differences, MAX_LISTED):
            self.add(difference.code, f"{name}: {difference.place}", str(difference))
        if len(result.differences) > MAX_LISTED:
            self.add("altered-file", name, f"{len(result.differences) - MAX_LISTED:,} more differences")
        digests = [file.sha256 for file in self.papers.files]
        if result.form == "pdf" and hashlib.sha256(data).hexdigest() not in digests:
            what = "it is no PDF that paper.json names by its SHA-256; what its pages show is not known"
            self.add("altered-file", name, what)
        return [f"{name}: {_described(result)}"]

    def _paper_of(self, data: bytes) -> int:
        """Return the number of the paper that a file from elsewhere was made from, as far as its data says so."""
        from_file = read_document(data)[1].data
        assert self.papers is not None
        papers = list(enumerate(self.papers.papers))
        number = _number_of(from_file)
        same = [at for at, paper in papers if paper.data == from_file]
        same += [at for at, paper in papers if _number_of(paper.data) == number]
        return [*same, 0][0]


def _number_of(data: dict[str, Any]) -> object:
    manifest = data.get("manifest")
    return manifest.get("paper") if isinstance(manifest, dict) else None


def _described(result: Compared) -> str:
    differences = f"differences: {len(result.differences):,}" if result.differences else "as the paper says"
    if result.form == "pdf":
        return f"PDF, {result.figures:,} figures of its attached data: {differences}; its pages were not read"
    drawings = "" if result.are_drawings_compared else "; its drawings, links and styles were not compared"
    return f"{result.form.upper()}, {result.figures:,} figures: {differences}{drawings}"


def _drawings(given: object) -> dict[str, list[Said]]:
    if not isinstance(given, dict):
        raise NotReadable("What files say of drawings is not in its form.")
    return {str(form): [Said(str(place), str(text)) for place, text in texts] for form, texts in given.items()}


def _file(given: dict[str, Any], papers: int) -> StatedFile:
    name, number, digest = given["file"], given["paper"], given["sha256"]
    if not isinstance(name, str) or not DOCUMENT_NAME.fullmatch(name) or not isinstance(digest, str):
        raise NotReadable("It lists a file without a name that documents have, or without a SHA-256.")
    if type(number) is not int or not 0 <= number < papers:
        raise NotReadable(f"It lists {name} under a paper that it does not have.")
    return StatedFile(name, number, digest)


class _PaperCheck:
    """Compares the figures of a paper with those of the proof."""

    def __init__(self, documents: Documents, number: int, paper: GivenPaper) -> None:
        self.documents, self.paper = documents, paper
        self.place = f"{PAPER}, paper {number}"

    def against(self, stated: dict[str, Any]) -> None:
        """Add what differs, and name what is not proved."""
        self._of_data(stated)
        proved = stated["figures"]
        for pointer, figure in self.paper.figures.items():
            if pointer in proved and _of_paper(figure) != _proved(proved[pointer]):
                what = f"it states {figure.value} {figure.unit}, or other entries than figures.json"
                self.documents.add("altered-figure", f"{self.place}: {pointer}", what)
        unproved: dict[str, None] = {}
        values = unjudged = own = 0
        for place, line in self.paper.lines():
            for run in runs_of(line):
                own += run.kind == "secretariat"
                if run.kind != "value":
                    continue
                judged = judged_printing(run, self.paper.language)
                unjudged += judged is None
                named = self.paper.figures.get(run.pointer)
                if run.pointer and (named is None or (named.value, named.unit) != (run.value, run.unit)):
                    what = f"it prints {run.value} {run.unit} as {run.pointer}, which is another value"
                    self.documents.add("altered-figure", f"{self.place}: {place}", what)
                elif judged is False:
                    what = f"it prints '{run.text}', the value is {run.value} {run.unit}"
                    self.documents.add("altered-figure", f"{self.place}: {place}", what)
                values += not run.pointer
                if run.pointer and run.pointer not in proved:
                    unproved[run.pointer] = None
        self._say(unproved, values, unjudged, own)

    def _of_data(self, stated: dict[str, Any]) -> None:
        data = self.paper.data
        manifest, as_of = data["manifest"], stated["as_of"]
        of = {"report": stated["report"], "as_of": as_of}
        asked = {name: manifest["parameters"].get(name) for name in stated["parameters"]}
        is_of_proof = {name: manifest.get(name) for name in of} == of and asked == stated["parameters"]
        if not is_of_proof or data.get("report") != stated["report"]:
            self.documents.add("bad-paper", self.place, "it is of another report, as-of or parameters than the figures")
        if str(as_of["root"])[:ROOT_LETTERS] not in self.paper.foot:
            self.documents.add("bad-paper", self.place, "its foot does not print the root of the log")

    def _say(self, unproved: dict[str, None], values: int, unjudged: int, own: int) -> None:
        symbol = self.paper.masthead["symbol"]
        counted = {
            "figures that the proof does not have": len(unproved),
            "values of lists": values,
            "values in words of another language": unjudged,
            "texts of the secretariat": own,
        }
        listed = ", ".join(f"{what}: {number:,}" for what, number in counted.items() if number)
        self.documents.facts.setdefault("not proved", []).append(f"{symbol}: {listed or 'nothing but its words'}")
        self.documents.facts.setdefault("without proof", []).extend(unproved)


def _of_paper(figure: PaperFigure) -> tuple[str, str, list[list[int]]]:
    return repr(figure.value), figure.unit, [list(ends) for ends in figure.entries]


def _proved(figure: dict[str, Any]) -> tuple[str, str, Any]:
    return repr(figure["value"]), figure["unit"], figure["entries"]


def not_judged() -> Iterator[str]:
    """Yield what this program does not judge."""
    yield "figures.json: verify_ledger.py compares it with the log"
    yield "whether the paper says in its words what the ledger would say: ledger verify-report"
    yield "what the pages of a PDF show; how a document looks: fonts, colours, pictures"
