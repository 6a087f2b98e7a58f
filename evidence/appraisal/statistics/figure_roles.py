"""What a stated number counts, by the words around it: all, done, in time, late, not done, waiting.

>>> find_role("tổng số nhiệm vụ đề ra").value, find_role("nhiệm vụ đã hoàn thành").value
('total', 'done')
>>> find_role("sáng kiến đang trình công nhận").value, find_role("sáng kiến được công nhận").value
('pending', 'done')
>>> find_role("đã hoàn thành nhưng muộn so với tiến độ").value, find_role("hoàn thành đúng tiến độ").value
('late', 'in-time')
>>> find_role("chưa hoàn thành").value, find_role("báo cáo").value, find_role("được giao").value
('not-done', 'plain', 'total')
"""

from __future__ import annotations

import re
from functools import cache

from evidence.model.scores.figures import FigureRole
from evidence.values.abbreviation import Use, expansions
from evidence.vietnamese.text import fold

_DEEDS = (
    r"(?:hoàn thành|thực hiện|xử lý|giải quyết|nộp|công nhận|ban hành|kiểm tra|khắc phục|trả lời|phê duyệt|cung cấp|"
    r"số hóa|bố trí|giải ngân|triển khai|tiếp thu)"
)
# The first that fits: what only waits or failed is never taken for what was done.
_ROLES = (
    (FigureRole.PENDING, re.compile(
        r"đang (?:trình|chờ|xem xét|xét|đề nghị|thẩm định|hoàn thiện|trong quá trình|thực hiện|triển khai|xử lý|"
        r"giải quyết)|\bchờ\b|đề nghị (?:\w+ ){0,4}công nhận|\bđã trình\b|\btrình (?:\w+ ){0,6}(?:công nhận|xem xét)|"
        r"đăng ký")),
    (FigureRole.NOT_DONE, re.compile(
        rf"(?:chưa|không|còn lại)(?: \w+){{0,2}}? ?{_DEEDS}|chưa (?:đến hạn|đạt|xong)|còn lại|tồn đọng|không đạt")),
    (FigureRole.LATE, re.compile(r"\bmuộn\b|trễ hạn|trễ hẹn|quá hạn|\bchậm\b|không đúng (?:hạn|tiến độ)")),
    (FigureRole.IN_TIME, re.compile(
        r"đúng (?:và trước )?(?:hạn|tiến độ|thời (?:hạn|gian))|kịp thời|trước (?:và đúng )?hạn")),
    (FigureRole.DONE, re.compile(
        rf"(?:^|\bđã |\bđược |\bsố |\bvà ){_DEEDS}|{_DEEDS} xong|\bhoàn thành\b|\bđạt\b|được công nhận|\bcông nhận$|"
        r"đã được|^đã \w+")),
    (FigureRole.TOTAL, re.compile(
        r"tổng số|tổng cộng|\btổng\b|đề ra|được giao|phải (?:xử lý|thực hiện|nộp|giải quyết|cung cấp|số hóa)|"
        r"theo kế hoạch|yêu cầu phải|đủ điều kiện|tiếp nhận|\bgiao\b|kế hoạch (?:giao|năm)")),
)  # fmt: skip
_WHOLE = re.compile(r"tổng (?:số|cộng)|^tổng\b")


def find_role(words: str) -> FigureRole:
    """The role that the words give a number; ``PLAIN`` where they say nothing of it. "Tổng số" decides, whatever was
    done to what is counted, unless it only waits or failed."""
    folded = " ".join(fold(words).split())
    roles = [role for role, pattern in _ROLES if pattern.search(folded)]
    if not roles:
        return FigureRole.PLAIN
    if _WHOLE.search(folded) and roles[0] is FigureRole.DONE:
        return FigureRole.TOTAL
    return roles[0]


_ROLE_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        tổng số cộng đề ra được giao phải hoàn thành thực hiện xử lý giải quyết nộp công nhận ban hành khắc phục
        xong đã chưa không còn lại tồn đọng muộn trễ hạn hẹn quá chậm đúng tiến độ thời gian kịp trước đang trình
        chờ xem xét nghị thẩm định có là và của các những cấp tỉnh huyện xã cơ sở trung ương trong năm đó gồm với
        cho theo tỷ lệ đạt kết quả lượng nhưng so trên lượt bằng từ về tại đến hết khoảng hơn gần cao hay hoặc thì
        điểm triển khai phát sinh trở lên đối bị do một việc tác
        """,
    )
)
_WORD = re.compile(r"[^\W\d_]+")


def name_counted(words: str) -> frozenset[str]:
    """The syllables that say what is counted, without those of its role; abbreviations written out.

    >>> sorted(name_counted("tổng số nhiệm vụ đề ra")), sorted(name_counted("2 đang trình"))
    (['nhiệm', 'vụ'], [])
    """
    return frozenset(_counted_words(words))


def head_counted(words: str) -> frozenset[str]:
    """The first two of them: "nhiệm vụ" of "tổng số nhiệm vụ đề ra theo kế hoạch". Empty where there are fewer."""
    listed = _counted_words(words)[:2]
    return frozenset(listed) if len(listed) == 2 else frozenset()


def _counted_words(words: str) -> list[str]:
    plain = " ".join(_written_out().get(word, word) for word in _WORD.findall(fold(words)))
    return [word for word in plain.split() if word not in _ROLE_WORDS and len(word) > 1]


@cache
def _written_out() -> dict[str, str]:
    return {fold(short): fold(full) for short, full in expansions(Use.SUBJECT).items()}
