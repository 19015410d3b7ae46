"""The encoding and the delimiter of a text file are guessed, and doubt is told from certainty."""

import pytest

from ledger.importing.discovery.layout.dialect import guess_delimiter
from ledger.importing.discovery.layout.encoding import guess_encoding
from ledger.importing.errors import NotCsv

FRENCH = "Référence;Société;Montant\nX-1;Université de Genève;500\n"
ARABIC = "الرقم;الشريك;المبلغ\n1;جامعة القاهرة;500\n2;هيئة الاتصالات;1500\n"
CHINESE = "编号;伙伴;金额\n1;中国信息通信研究院;500\n2;清华大学;200\n"
RUSSIAN = "Номер;Партнёр;Сумма\n1;Российский университет связи;500\n"


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        (FRENCH, "utf-8", "utf-8"), (FRENCH, "utf-8-sig", "utf-8"), (FRENCH, "utf-16", "utf-16"),
        (FRENCH, "utf-16-le", "utf-16-le"), (FRENCH, "utf-16-be", "utf-16-be"), ("plain;text\n", "ascii", "utf-8"),
    ],
)  # fmt: skip
def test_marks_and_utf_are_certain(text: str, written: str, found: str) -> None:
    """UTF-8 is recognised by its bytes, UTF-16 by its mark or its zeros; nobody has to be asked."""
    guess = guess_encoding(text.encode(written))
    assert (found, True) == (guess.name, guess.is_certain)


@pytest.mark.parametrize(
    ("text", "encoding"), [(FRENCH, "cp1252"), (ARABIC, "cp1256"), (CHINESE, "gb18030"), (RUSSIAN, "cp1251")]
)
def test_older_encodings_are_guessed_and_doubted(text: str, encoding: str) -> None:
    """An encoding of one script is guessed by its letters; since other encodings fit as well, somebody is asked."""
    guess = guess_encoding(text.encode(encoding))
    assert (encoding, False) == (guess.name, guess.is_certain)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\x1f\x8b\x08", b"a\0b\0\0\0c", b"SQLite format 3\0"])
def test_other_files_are_refused(data: bytes) -> None:
    """A file that is no text is refused with what it is."""
    with pytest.raises(NotCsv):
        guess_encoding(data)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_lines_agree_on(delimiter: str) -> None:
    """Titles above the list, and other signs within cells, do not mislead."""
    rows = [["Partners, contracts; notes"], [], ["Name", "Place", "Amount"], ["A; B", "Bern, CH", "1"], ["C", "D", "2"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert delimiter == guess_delimiter(text)


def test_a_line_that_names_the_delimiter_decides() -> None:
    """Spreadsheet programs heed a first line such as sep=;, whatever else the lines say."""
    assert ";" == guess_delimiter("sep=;\na,b;c,d\n1,2;3,4\n")
