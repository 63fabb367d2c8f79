"""All tables and numbers of an edition in one archive, all figures in another; the same bytes for the same content."""

import csv
import io
import json
import zipfile
from collections.abc import Container, Mapping
from pathlib import Path

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest time the format knows: an archive keeps no clock
PICTURES = "_exhibits/"
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # so that spreadsheets read the names as UTF-8


def tables_zip(build: Path, withheld: Container[str]) -> bytes:
    """Return an archive of the data of every shown exhibit, and `numbers.csv` with every published number."""
    shown = [path for path in sorted((build / "exhibits").glob("*/data.csv")) if path.parent.name not in withheld]
    tables = {f"tables/{path.parent.name}.csv": path.read_bytes() for path in shown}
    return _archive(tables | {"numbers.csv": _numbers(build / "numbers.json")}, zipfile.ZIP_DEFLATED)


def figures_zip(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of the pictures among a book's files, for those who put them into slides."""
    names = sorted(name for name in files if name.startswith(PICTURES) and name.endswith(".png"))
    pictures = {f"figures/{name.removeprefix(PICTURES)}": files[name] for name in names}
    return _archive(pictures, zipfile.ZIP_STORED)  # PNG is compressed already


def _archive(files: Mapping[str, bytes], compression: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content)
    return buffer.getvalue()


def _numbers(path: Path) -> bytes:
    numbers = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(["id", "value", "unit", "en", "zh"])
    for id_, number in numbers.items():
        value = "" if "withheld" in number or isinstance(number["value"], dict) else number["value"]
        rows.writerow([id_, value, number["unit"], number["text"]["en"], number["text"]["zh"]])
    return (BOM + written.getvalue()).encode()
