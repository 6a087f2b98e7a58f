"""The draft report: its sections are counted without a gap, and what a chart prints is readable in black and white."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
import matplotlib as mpl
import pytest

from evidence.archive.scores.publication import PublicationRequest, publish_parts
from evidence.config import Settings
from evidence.messages import Language
from evidence.model.scoring import PartPoints, UnitPoints
from evidence.report.publication.charts import choose_ink
from evidence.report.publication.report_docx import render_report
from evidence.scoring.ranking import RankingRules, rank_units


def test_sections_are_counted_without_a_gap(tmp_path_factory: pytest.TempPathFactory) -> None:
    rules = RankingRules()
    part = lambda points: (PartPoints("thamdinh", Decimal(100), Decimal(points), Decimal(points)),)  # noqa: E731
    units = [UnitPoints(name, name, "so", True, part(points)) for name, points in (("Sở A", 90), ("Sở B", 80))]
    settings = Settings(home=tmp_path_factory.mktemp("home"), jobs=1)
    publication = publish_parts(rank_units(units, rules), PublicationRequest("x", rules), settings)
    document = docx.Document(io.BytesIO(render_report(publication, (), Language.VI)))
    heads = [each.text for each in document.paragraphs if each.paragraph_format.keep_with_next]
    assert [head.split(". ")[0] for head in heads] == ["I", "II", "III"]
    assert heads[-1].endswith("Nguyên nhân, tồn tại, hạn chế")


@pytest.mark.parametrize("share", [at / 20 for at in range(21)])
def test_numbers_on_every_grey_of_a_heat_map_can_be_read(share: float) -> None:
    grey = float(mpl.colormaps["Greys"](share)[0])
    luminance = grey / 12.92 if grey <= 0.04045 else ((grey + 0.055) / 1.055) ** 2.4
    ink = 1.0 if choose_ink(share) == "white" else 0.0
    contrast = (max(ink, luminance) + 0.05) / (min(ink, luminance) + 0.05)
    assert contrast >= 4.5
