"""A citation graph out: GraphML that networkx reads back, JSON, an SVG that is XML whatever the documents hold."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import networkx
import pytest
from lxml import etree

from evidence.messages import Language
from evidence.model.citation_graph import CitationGraph, DocumentForce, Force, ForceChange, GraphEdge, GraphNode
from evidence.model.record import Relation
from evidence.report.citation_graph import drawing, graph_json, graph_terminal, network
from evidence.values.date import PartialDate

VI, EN = Language.VI, Language.EN
REPEAL = ForceChange(Relation.REPEALS, "c" * 64, "9/2021/QĐ-UBND", PartialDate(2021, 5, 4), "x", 2, True)
NODES = (
    GraphNode("a" * 64, 0, "a" * 64, "5/2019/QĐ-UBND", PartialDate(2019, 3, 15), "Quyết định", "UBND tỉnh Hà Giang",
              "Ban hành quy định về tiếp công dân", DocumentForce(Force.ENDED, (REPEAL,))),
    GraphNode("number:30/2020/ndcp:2020", -1, None, "30/2020/NĐ-CP", PartialDate(2020), "Nghị định", "Chính phủ"),
    GraphNode("c" * 64, 1, "c" * 64, "9/2021/QĐ-UBND", PartialDate(2021, 5, 4), "Quyết định"),
)  # fmt: skip
EDGES = (
    GraphEdge("a" * 64, "number:30/2020/ndcp:2020", Relation.BASED_ON, True, 1, "Nghị định số 30/2020/NĐ-CP"),
    GraphEdge("c" * 64, "a" * 64, Relation.REPEALS, True, 2, "Quyết định số 5/2019/QĐ-UBND"),
)
GRAPH = CitationGraph("a" * 64, 1, NODES, EDGES)


def test_graphml_is_read_back() -> None:
    read = networkx.parse_graphml(network.render_graphml(GRAPH, VI))
    assert read.nodes["a" * 64]["label"] == "Quyết định 5/2019/QĐ-UBND 2019-03-15"
    assert read.nodes["number:30/2020/ndcp:2020"]["held"] is False
    assert [data["label"] for *_, data in read.edges(data=True)] == ["căn cứ", "bãi bỏ"]


def test_json_names_both_ends() -> None:
    tree = json.loads(graph_json.render(GRAPH, VI))
    assert [(edge["source"][:6], edge["target"][:6], edge["relation"]) for edge in tree["edges"]] == [
        ("aaaaaa", "number", "based_on"),
        ("cccccc", "aaaaaa", "repeals"),
    ]
    assert tree["nodes"][0]["force"]["changes"][0]["date"] == "2021-05-04"


def test_the_terminal_says_what_ended_it_and_since_when() -> None:
    text = graph_terminal.render(GRAPH, VI)
    assert "hết hiệu lực" in text and "bị 9/2021/QĐ-UBND ngày 4/5/2021 bãi bỏ" in text
    assert "→ căn cứ: Nghị định 30/2020/NĐ-CP 2020  (chưa có trong kho)" in text


def texts(svg: str) -> list[str]:
    root = etree.fromstring(svg.encode())
    return ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_drawing_bears_number_kind_date_and_relation_in_words() -> None:
    shown = texts(drawing.render(GRAPH, VI))
    assert {"5/2019/QĐ-UBND", "Quyết định · 15/3/2019", "hết hiệu lực", "chưa có trong kho", "căn cứ"} <= set(shown)
    assert {"repeals", "no longer in force"} <= set(texts(drawing.render(GRAPH, EN)))


@pytest.mark.parametrize("hostile", ["</text><script>alert(1)</script>", "a\x00\x0c\u202e\ud800&<", "x" * 5000])
def test_hostile_subjects_stay_text(hostile: str) -> None:
    node = replace(NODES[0], subject=hostile, number=hostile, kind=hostile)
    graph = replace(GRAPH, nodes=(node, *NODES[1:]))
    svg = drawing.render(graph, VI)
    assert "<script" not in svg and all(len(text) <= 200 for text in texts(svg)[3:-1] if "x" * 100 in text)
    etree.fromstring(network.render_graphml(graph, VI).encode())


def test_no_two_boxes_lie_upon_each_other_and_what_is_left_out_is_counted() -> None:
    others = [replace(NODES[2], id=f"{at:064d}", sha256=f"{at:064d}", level=1 + at % 2) for at in range(90)]
    edges = tuple(GraphEdge(node.id, "a" * 64, Relation.CITES, True, 1, "") for node in others)
    svg = drawing.render(CitationGraph("a" * 64, 2, (*NODES[:2], *others), edges), VI)
    boxes = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)"', svg)
    assert len(boxes) == len(set(boxes)) == 2 + 60
    assert "30 văn bản" in svg
    assert all(float(y) >= 0 for _, y in boxes)


def test_a_document_alone_is_drawn() -> None:
    assert "5/2019/QĐ-UBND" in texts(drawing.render(CitationGraph("a" * 64, 1, NODES[:1], ()), VI))


def test_a_subject_and_the_longest_force_are_not_cut() -> None:
    subject = "Về việc phê duyệt Đề án xác định Chỉ số cải cách hành chính của các bộ, cơ quan"
    node = replace(NODES[2], subject=subject, force=DocumentForce(Force.AMENDED))
    shown = texts(drawing.render(replace(GRAPH, nodes=(*NODES[:2], node)), VI))
    assert subject in " ".join(shown) and "còn hiệu lực theo hồ sơ đã đọc, có sửa đổi" in shown
    assert all("…" not in text for text in shown)


def test_what_ended_it_is_told_without_colours() -> None:
    root = etree.fromstring(drawing.render(GRAPH, VI).encode())
    texts_ = [text for text in root.iter("{*}text") if text.get("text-decoration") == "line-through"]
    assert [text.text for text in texts_] == ["5/2019/QĐ-UBND"]
    widths = [float(path.get("stroke-width")) for path in root.iter("{*}path") if path.get("marker-end")]
    assert widths[1] > widths[0]


def test_a_line_over_a_column_passes_between_its_boxes() -> None:
    middle = [replace(NODES[2], id=f"{at:064d}", sha256=f"{at:064d}") for at in range(6)]
    outer = replace(NODES[2], id="d" * 64, sha256="d" * 64, level=2)
    edges = [GraphEdge(node.id, "a" * 64, Relation.CITES, True, 1, "") for node in middle]
    over = GraphEdge(outer.id, "a" * 64, Relation.AMENDS, True, 1, "")
    graph = CitationGraph("a" * 64, 2, (*NODES[:1], *middle, outer), (over, *edges))
    svg = drawing.render(graph, VI)
    path = next(path for path in re.findall(r'<path d="(M[^"]*C[^"]*)"', svg) if " L" in path)
    left, height = map(float, path.rpartition(" L")[2].partition(" ")[0].split(","))
    tops = {float(y) for x, y in re.findall(r'<rect x="([\d.]+)" y="([\d.]+)"', svg) if float(x) == left}
    assert len(tops) == 6 and all(not top <= height <= top + drawing.TALL for top in tops)
