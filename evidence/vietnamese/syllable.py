"""The shape of a Vietnamese syllable: onset, rhyme, tone.

About 160 rhymes and 27 onsets make nearly every syllable of Vietnamese; a syllable that ends in p, t, c or ch
takes only the tones sắc and nặng. Broken text layers (TCVN3 read as Latin-1, dropped letters, foreign character
maps) fail this at once, good text and names pass.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uôc uôi uôm uôn uông uôt
    uy uya uych uynh uyn uyt uyu uyp uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươ ươc ươi ươm ươn ương ươp ươt ươu
    """
ONSETS = frozenset(["", *_ONSETS.split()])
RHYMES = frozenset(_RHYMES.split())  # "ăk" only in names: Đắk Lắk
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_STOPS = ("p", "t", "c", "ch", "k")


@lru_cache(maxsize=20000)
def is_syllable(word: str) -> bool:
    """Whether a lower-case word is shaped like one Vietnamese syllable.

    >>> [is_syllable(word) for word in ("nghị", "quyết", "giếng", "quc", "tieáng", "chức", "chưc", "của")]
    [True, True, True, False, False, True, False, True]
    """
    tones = []
    bare = []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tones.append(char)
        else:
            bare.append(char)
    if len(tones) > 1:
        return False
    letters = unicodedata.normalize("NFC", "".join(bare))
    rhymes = [letters[size:] for size in range(min(4, len(letters))) if letters[:size] in ONSETS]
    known = [rhyme for rhyme in rhymes if rhyme in RHYMES]
    if not known:
        return False
    return not letters.endswith(_STOPS) or (bool(tones) and _TONES[tones[0]] in ("sắc", "nặng"))
