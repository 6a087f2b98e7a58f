"""A segment -> the documents that it names: kinds, the act of a bare "văn bản", and the words after them.

"Kế hoạch, báo cáo kết quả đào tạo": a plan and a report, two mentions with the same words. "Biên bản hoặc Thông báo/Báo
cáo kết quả kiểm tra": one mention of three kinds. "Báo cáo A hoặc báo cáo B": one mention with two options.

>>> [[(option.kind_names, option.rest) for option in mention.options] for mention in
...  read_mentions(split_segments("Kế hoạch, báo cáo kết quả đào tạo")[0])]
[[(('Kế hoạch',), 'kết quả đào tạo')], [(('Báo cáo',), 'kết quả đào tạo')]]
>>> [[(option.kind_names, option.rest) for option in mention.options] for mention in
...  read_mentions(split_segments("Báo cáo CCHC năm hoặc báo cáo về biên chế")[0])]
[[(('Báo cáo',), 'CCHC năm'), (('Báo cáo',), 'về biên chế')]]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence.criteria.annex.proposals import acts, coordination, vocabulary
from evidence.criteria.annex.proposals.openings import read_opening
from evidence.criteria.annex.proposals.segments import EvidenceSegment, split_segments
from evidence.values.kind import Kind

__all__ = ["Mention", "MentionedDocument", "read_mentions", "split_segments"]

# Kinds of one role stand for one another where a comma joins them; of two roles both are asked.
_ROLES = (
    {"Kế hoạch", "Phương án", "Đề án", "Chương trình"},
    {"Quyết định", "Nghị quyết", "Quy chế", "Quy định", "Thông tư"},
    {"Tờ trình", "Công văn"},
)
_KIND = vocabulary.heads()
_JOIN = re.compile(r"\s*(?:(,|/)\s*(hoặc|và)?|(hoặc|hay|và))\s*(?:các\s+|những\s+)?", re.IGNORECASE)
_NEXT = re.compile(
    rf"\s*(?:(?P<or>,?\s*(?:hoặc|hay)\s+|\s*/\s*)|(?P<and>,\s*(?:và\s+)?|\s+và\s+)(?:có\s+)?)(?:các\s+|những\s+)?"
    rf"(?P<kind>{vocabulary.kind_names()})(?=[\s,/])",
    re.IGNORECASE,
)
# "Quý I, 6 tháng và báo cáo năm": the periods of one series, not another document.
_ONLY_PERIOD = re.compile(
    r"\s+(?:tổng kết\s+)?(?:quý\s+\w+|\d+\s+tháng|(?:hằng\s+|hàng\s+|cả\s+)?năm)"
    r"(?:\s+của\b.*|\s+20\d\d)?\s*(?:$|[,.;]|và\b)",
    re.IGNORECASE,
)
_ORDERS = {
    "Hướng dẫn",
    "Quy định",
    "Kế hoạch",
    "Quyết định",
    "Chương trình",
    "Nghị quyết",
    "Thông báo",
    "Kết luận",
    "Chỉ thị",
    "Công văn",
}
# "hoặc lồng ghép trong Kế hoạch CCHC năm": that plan will do as well.
_WOVEN = re.compile(
    rf"((?:hoặc|hay)\s+)(?:được\s+)?lồng ghép\s+(?:(?:nội dung|trong|vào|tại|các)\s+)*(?={vocabulary.kind_names()})",
    re.IGNORECASE,
)
_LISTS = re.compile(rf",\s*(?:và\s+)?(?:các\s+)?{vocabulary.pattern('lists').pattern}.*", re.IGNORECASE)
# "Báo cáo CCHC và bảng tổng hợp": a comma is not needed before what is never the matter of a document.
_SHOWN = re.compile(
    rf"\s+(?:và|cùng(?:\s+với)?|kèm(?:\s+theo)?)\s+(?:các\s+)?{vocabulary.pattern('shown').pattern}.*", re.IGNORECASE
)
_LISTED = re.compile(
    rf"(?:\s*(?:,|và)\s*(?:các\s+)?{vocabulary.pattern('lists').pattern})+(?=\s+[^\W\d_])", re.IGNORECASE
)
# "phê duyệt Đề án/Kế hoạch sắp xếp": what is approved, not another document.
_OBJECT = re.compile(
    rf"(?:phê duyệt|ban hành|thông qua|điều chỉnh|thực hiện|triển khai)\s+{vocabulary.kind_names()}\s*$", re.IGNORECASE
)
_HARMLESS = re.compile(r"vi phạm hành chính", re.IGNORECASE)  # a field of work
_DISCIPLINE = re.compile(r"\s*kỷ luật(?!\s*,?\s*(?:và\s+)?kỷ cương)(?![^\W_])", re.IGNORECASE)
_EITHER = re.compile(r"\s*/\s*|\s+(?:hoặc|hay)\s+", re.IGNORECASE)
# "Kế hoạch (hoặc Giấy mời, Thông báo) …": kinds that serve as well.
_INSTEAD = re.compile(
    rf"(?:(?:hoặc|hay)\s+)?({vocabulary.kind_names()}(?:\s*(?:,|/|hoặc|hay|,\s*hoặc)\s*{vocabulary.kind_names()})*)",
    re.IGNORECASE,
)
_OTHER = re.compile(r",?\s+(?:hoặc|hay)\s+(?:các\s+)?(?:tài liệu|hồ sơ|văn bản khác|hình thức)\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MentionedDocument:
    """One document of which the mention speaks. ``bare``: the text says only "văn bản"; ``listed``: its kinds stand as
    examples in brackets."""

    kinds: tuple[Kind, ...]
    rest: str
    bare: bool = False
    listed: bool = False

    @property
    def kind_names(self) -> tuple[str, ...]:
        return tuple(kind.name for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Mention:
    """A document asked for: any of the options serves. ``or_other``: also what the text leaves open."""

    options: tuple[MentionedDocument, ...]
    segment: EvidenceSegment
    count: int = 1
    or_other: bool = False


def read_mentions(segment: EvidenceSegment) -> Iterator[Mention]:
    """The documents of a segment; none where it asks for none."""
    count, text = read_opening(segment)
    if vocabulary.pattern("non_documents").match(text) or not _KIND.match(text):
        return
    text = _WOVEN.sub(r"\1", text)
    left_open = _OTHER.search(text)
    text = _without_lists(text[: left_open.start()] if left_open else text)
    for documents in _completed(list(_groups(text))):
        group = [part for document in documents for part in _by_field(merge_brackets(document, segment.asides))]
        options = tuple(option for part in group for option in [part] if _is_definite(option))
        dropped = len(options) < len(group)
        if options and (not dropped or _is_definite(group[0])):
            yield Mention(options, segment, count, or_other=bool(left_open) or dropped)
        count = 1


def _without_lists(text: str) -> str:
    """Without what goes with the documents: to the end, or, where the matter of all stands behind it, that alone."""
    cut = _SHOWN.sub("", _LISTS.sub("", text))
    _, rest = _heads(cut)
    return cut if rest.strip() else _LISTED.sub(" ", text)


def _groups(text: str) -> Iterator[list[MentionedDocument]]:
    """Each group is a document asked for, its members any of which will do."""
    group: list[MentionedDocument] = []
    for joined, heads, rest in _parts(text):
        if joined == "and" and group:
            yield group
            group = []
        first, *more = _by_role(heads)
        group.append(_option(first, rest))
        for role in more:
            yield group
            group = [_option(role, rest)]
    if group:
        yield group


def _completed(groups: list[list[MentionedDocument]]) -> list[list[MentionedDocument]]:
    """The groups, each document with what a later one says for it as well."""
    documents = [document for group in groups for document in group]
    rests = iter(coordination.share_tail([(document.kind_names, document.rest) for document in documents]))
    return [[replace(document, rest=next(rests)) for document in group] for group in groups]


def _parts(text: str) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    """How the part is joined to the one before it, its heads (joint, name), and the words after them."""
    joined = ""
    while text:
        heads, text = _heads(text)
        following = _NEXT.search(text)
        while following and not _begins_another(text, following):
            following = _NEXT.search(text, following.end())
        rest = text[: following.start()] if following else text
        yield joined, heads, rest.strip(" ,;")
        if not following:
            return
        joined = "or" if following["or"] else "and"
        text = text[following.start("kind") :]


def _begins_another(text: str, following: re.Match[str]) -> bool:
    """Not "và báo cáo năm" of a series, nor ", hướng dẫn của Sở Nội vụ" after "theo chỉ đạo của UBND tỉnh", nor what is
    approved with another."""
    if _OBJECT.search(text, 0, following.start()):
        return False
    if following["or"]:
        return True
    ordered = vocabulary.by_order().search(text, 0, following.start())
    kind = vocabulary.kind_named(following["kind"])
    return not _ONLY_PERIOD.match(text, following.end()) and not (ordered and (kind is None or kind.name in _ORDERS))


def _heads(text: str) -> tuple[list[tuple[str, str]], str]:
    """The kinds at the head, each with what joins it to the one before: "Biên bản hoặc Thông báo/Báo cáo"."""
    heads, joint, place = [], "", 0
    while match := _KIND.match(text, place):
        heads.append((joint, match[0]))
        place = match.end()
        join = _JOIN.match(text, place)
        if not join or not _KIND.match(text, join.end()):
            break
        joint, place = (
            ("or" if join[1] == "/" or (join[2] or join[3] or "").lower() in ("hoặc", "hay") else "and"),
            join.end(),
        )
    return heads, text[place:]


def _by_role(heads: list[tuple[str, str]]) -> list[list[str]]:
    """Heads that stand for one another together; "và" and a comma between two roles ask for both."""
    groups: list[list[str]] = [[heads[0][1]]]
    either = any(joint == "or" for joint, _ in heads)
    for _, name in heads[1:]:
        if either or _same_role(groups[-1][-1], name):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _same_role(one: str, other: str) -> bool:
    kinds = [vocabulary.kind_named(name) for name in (one, other)]
    if None in kinds:  # "các văn bản, kế hoạch": said at large
        return True
    return any(all(kind and kind.name in role for kind in kinds) for role in _ROLES)


def _option(names: list[str], rest: str) -> MentionedDocument:
    kinds = tuple(dict.fromkeys(kind for name in names if (kind := vocabulary.kind_named(name))))
    at_large = len(kinds) < len(set(map(str.lower, names)))
    if at_large and {kind.name for kind in kinds} != {"Kết luận"}:
        return MentionedDocument((), rest, bare=True)
    return MentionedDocument(kinds, rest)


def _is_definite(option: MentionedDocument) -> bool:
    """Whether a person would know the document from the words."""
    named = vocabulary.by_order().sub("", option.rest)
    if named.strip().lower() == "chung":  # "lồng ghép trong kế hoạch chung"
        return False
    if "Quyết định" in option.kind_names and _DISCIPLINE.match(named):
        return False
    if vocabulary.pattern("vague").search(named) or vocabulary.pattern("adverse").search(
        _HARMLESS.sub(" ", option.rest)
    ):
        return False
    if not option.bare:
        return True
    return acts.read_act(option.rest, bare=True) is not None


def _by_field(document: MentionedDocument) -> list[MentionedDocument]:
    """ "ứng dụng CNTT/chuyển đổi số": two fields of work, or two acts on persons, of which either will do."""
    parts = _EITHER.split(document.rest, maxsplit=1)
    acts_named = [vocabulary.pattern("acts", "personal").match(part.strip()) for part in parts]
    if len(parts) == 2 and acts_named[0] and acts_named[1]:  # "điều động hoặc biệt phái viên chức"
        names = {match[0].lower().removesuffix(" lại") for match in acts_named if match}
        return [replace(document, rest=part.strip()) for part in parts] if len(names) == 2 else [document]
    fields = [vocabulary.first_topic(part) for part in parts]
    if len(parts) == 2 and all(fields) and fields[0] != fields[1]:
        return [replace(document, rest=part.strip()) for part in parts]
    return [document]


def merge_brackets(option: MentionedDocument, asides: tuple[str, ...]) -> MentionedDocument:
    """ "Các văn bản … (thông báo tuyển dụng, quyết định thành lập hội đồng…)": the kinds stand in the bracket."""
    instead = [
        name for aside in asides if (match := _INSTEAD.fullmatch(aside.strip())) for name in _KIND.findall(match[1])
    ]
    others = tuple(kind for name in instead if (kind := vocabulary.kind_named(name)))
    if others and option.kinds:
        return replace(option, kinds=tuple(dict.fromkeys((*option.kinds, *others))))
    names = [match[0] for aside in asides for part in aside.split(",") if (match := _KIND.match(part.strip()))]
    kinds = tuple(dict.fromkeys(kind for name in names if (kind := vocabulary.kind_named(name))))
    return replace(option, kinds=kinds, bare=False, listed=True) if option.bare and kinds else option
