"""Why this file exists: the fixed parts of a workbook, and its zip archive written without ever going back.

Excel and its likes read the parts through the list at the archive's end; so the sheets are sent while they are made,
and the parts that name the sheets come last. Archives of 64-bit sizes, which Excel refuses in streams, are not needed:
a sheet's part stays below 2 GB.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.sax.saxutils import quoteattr

from app.exports.pieces import Pieces

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET_END = "</sheetData></worksheet>"
RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
# The formats of cells in the order of xlsx_cells: plain, header, date, instant, quoted, wrapped.
STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def sheet_begin(widths: list[int]) -> str:
    """Return what stands before the rows of a sheet: its first row stays in sight, its columns are so wide."""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, 1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def _workbook(names: list[str]) -> str:
    sheets = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _workbook_relations(count: int) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    styles = f'<Relationship Id="rId{count + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{sheets}{styles}</Relationships>'


def _content_types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{sheets}</Types>'
    )


class Package:
    """A workbook's archive; `pieces` has what was written since it was last looked into."""

    def __init__(self) -> None:
        self.pieces = Pieces()
        # Level 1: a third of the time of the usual level for a tenth more bytes.
        self._archive = zipfile.ZipFile(self.pieces, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._write("_rels/.rels", RELATIONS)
        self._write("xl/styles.xml", STYLES)

    @contextmanager
    def part(self, name: str) -> Iterator["Part"]:
        """Open a part that is written bit by bit; parts bear no date, so that the same rows are the same bytes."""
        with self._archive.open(name, "w") as file:
            yield Part(file)

    def _write(self, name: str, text: str) -> None:
        with self.part(name) as part:
            part.write(text)

    def sheet(self, number: int) -> str:
        """Return the name of the part of a sheet, counted from 1 in the order in which they are shown."""
        return f"xl/worksheets/sheet{number}.xml"

    def finish(self, names: list[str]) -> None:
        """Write the parts that name the sheets, in this order, and the archive's own list."""
        self._write("xl/workbook.xml", _workbook(names))
        self._write("xl/_rels/workbook.xml.rels", _workbook_relations(len(names)))
        self._write("[Content_Types].xml", _content_types(len(names)))
        self._archive.close()


class Part:
    """One part that is being written; `size` is what it has grown to before compression."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = 0

    def write(self, text: str) -> None:
        """Write some more of it."""
        data = text.encode()
        self.size += len(data)
        self._file.write(data)
