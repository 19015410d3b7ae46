"""Six lists as offices keep them, each messy in its own way, made by hand for these tests; nobody in them exists."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.importing.workbooks import Value, packed, parts_of, sheet_xml


def sheet_with_layout(
    rows: list[list[Value]], merges: tuple[str, ...] = (), hidden_rows: tuple[int, ...] = (), hidden_column: int = 0
) -> str:
    """Return the XML of a sheet with merged cells, hidden rows and a hidden column, numbered from 1."""
    xml = sheet_xml(rows)
    for number in hidden_rows:
        xml = xml.replace(f'<row r="{number}">', f'<row r="{number}" hidden="1">')
    if hidden_column:
        columns = f'<cols><col min="{hidden_column}" max="{hidden_column}" hidden="1"/></cols>'
        xml = xml.replace("<sheetData>", f"{columns}<sheetData>")
    if merges:
        cells = "".join(f'<mergeCell ref="{merge}"/>' for merge in merges)
        xml = xml.replace("</sheetData>", f'</sheetData><mergeCells count="{len(merges)}">{cells}</mergeCells>')
    return xml


def partners() -> bytes:
    """Return a workbook with a title, a head of two merged rows, dates in three styles, hidden cells and totals."""
    rows: list[list[Value]] = [
        ["Partnerships of the Bureau – status 2026"],
        ["prepared for the management meeting"],
        [],
        ["No.", "Agreement\nreference", "Partner", "Title of the\nproject", "Type of\nagreement", "Signed", "Duration",
         None, "Contribution", None, "Focal point"],
        [None, None, None, None, None, None, "from", "to", "Currency", "Amount", None],
        [1, "BDT/P-01", "University of Geneva", "Training of trainers", "MoU", "30/06/2025", "01.07.25",
         date(2027, 6, 30), "CHF", "1'200,50", "unit A"],
        [2, "BDT/P-02", "Ministry of Communications\nof Freedonia", "Smart villages", "Project agreement",
         date(2025, 3, 14), "15.3.25", date(2026, 3, 14), "USD", "250'000", "unit A"],
        [],
        [3, "BDT/P-03", "Telecom Ruritania Ltd", "Rural network", "Project agreement", "2024-11-05", "5.11.24",
         date(2026, 11, 4), "USD", 75000, "unit B"],
        [4, "BDT/P-04", "Syldavian Academy", "Cancelled draft", "MoU", "17/02/2025", None, None, None, None, "unit B"],
        [5, "BDT/P-05", "Grand Duchy Telecom", "Early warning", "MoU", "9.2.26", "1.3.26", date(2028, 2, 29), "EUR",
         "12'500,00", "unit C"],
        [None, "TOTAL", None, None, None, None, None, None, None, 338700.5, None],
        ["Source: files of the units"],
    ]  # fmt: skip
    merges = ("A1:K1", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:E5", "F4:F5", "G4:H4", "I4:J4", "K4:K5")
    sheets = {"Overview": sheet_with_layout(rows, merges, (10,), 11), "Notes": sheet_xml([["internal"]])}
    return packed(parts_of(sheets, hidden=("Notes",)))


def consultants() -> bytes:
    """Return a list in French, in Windows-1252: amounts in four styles, a row twice, a total."""
    lines = [
        "Contrats de conseil;;;;;",
        "Référence;Prestataire;Objet;Type de contrat;Date de signature;Montant",
        "C-2025-1;Müller & Söhne;Étude de marché;Consultancy;30.06.2025;USD 1'200,50",
        "C-2025-2;Société d’études Évian;Révision des systèmes;Consultancy;1.7.2025;1.200,50 €",
        "C-2025-3;Café Numérique S.A.;Formation;Consultancy;02.07.2025;1.2M USD",
        "C-2025-2;Société d’études Évian;Révision des systèmes;Consultancy;1.7.2025;1.200,50 €",
        "C-2025-4;Atelier Zürich;Évaluation – phase 2;Consultancy;15.9.2025;35k CHF",
        "Total général;;;;;",
    ]
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def arabic() -> bytes:
    """Return a list in UTF-16 with tabs, Arabic heads and Arabic and Chinese names, a line break in a cell."""
    lines = [
        "رقم الاتفاق\tالشريك\tعنوان المشروع\tنوع الاتفاق\tتاريخ التوقيع\tالمساهمة\tالعملة",
        "ARB-1\tجامعة القاهرة\tتدريب المهندسين\tMoU\t2025-01-15\t50000\tUSD",
        'ARB-2\t"هيئة تنظيم\nالاتصالات"\tالنطاق العريض\tMoU\t2025-03-20\t120,000.50\tUSD',
        "ARB-3\t中国信息通信研究院\tالذكاء الاصطناعي\tMoU\t2025-06-01\t75,000\tCHF",
        "المجموع\t\t\t\t\t245,000.50\t",
    ]
    return ("\r\n".join(lines) + "\r\n").encode("utf-16")


def chinese() -> bytes:
    """Return a list of parties in GB 18030, without agreements or amounts."""
    lines = [
        "序号,单位名称,合作伙伴类型,国家,备注",
        "1,中国信息通信研究院,research,CN,",
        "2,清华大学,academia,CN,重点高校",
        "3,深圳市数字技术有限公司,private sector,CN,",
        "4,Université de Genève (说明性),academia,CH,",
    ]
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def american() -> bytes:
    """Return a list in UTF-8 with months first, dollars in cells, heads repeated, and two partners in a cell."""
    lines = [
        "Partnership tracker,,,,,",
        ",,,,,",
        "ID,Partners,Project,Date signed,Amount (USD),Status",
        'T-1,Alpha Foundation; Beta Trust,Open data,06/30/2025,"$1,000,000.00; $250,000.00",active',
        'T-2,Gamma Inc.,School maps,07/04/2025,"$80,000.00",active',
        "ID,Partners,Project,Date signed,Amount (USD),Status",
        'T-3,Delta Fund,Girls in ICT,12/01/2025,"$5,500.00",done',
        "T-4,Alpha Foundation,Women in cyber,11/12/2025,,done",
        'Grand total,,,,"$1,335,500.00",',
    ]
    return ("\n".join(lines) + "\n").encode("utf-8-sig")


def mixed() -> bytes:
    """Return a workbook in thousands, with years as dates and kinds in merged cells, of consultants and a donor."""
    rows: list[list[Value]] = [
        ["Engagements with third parties (amounts in thousands of USD)"],
        ["Ref", "Third party", "Subject", "Type of engagement", "Signature date", "Start", "End", "Value (kUSD)"],
        ["E-1", "Delphi Consulting", "Audit of processes", "Consultancy", date(2025, 5, 2), 2025, 2026, 120],
        ["E-2", "Oracle of Thebes SA", "IT strategy", None, date(2025, 6, 3), 2025, 2025, 80.5],
        ["E-3", "Argo Shipping Ltd", "Cable survey", "Service contract", "3 July 2025", 2025, 2027, 300],
        ["E-4", "Fund of the Muses", "Digital arts", "Donation", date(2025, 9, 1), 2026, 2026, 45],
        [],
        ["Subtotal", None, None, None, None, None, None, 545.5],
    ]
    return packed(parts_of({"Data": sheet_with_layout(rows, ("A1:H1", "D3:D4"))}))


LISTS: dict[str, Callable[[], bytes]] = {
    "partners.xlsx": partners, "consultants.csv": consultants, "arabic.csv": arabic, "chinese.csv": chinese,
    "american.csv": american, "mixed.xlsx": mixed,
}  # fmt: skip


def write_lists(folder: Path) -> None:
    """Write the lists to a folder."""
    for name, make in LISTS.items():
        (folder / name).write_bytes(make())
