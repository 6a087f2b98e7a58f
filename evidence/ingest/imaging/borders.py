"""Black borders of a scan: where the lid stood open or the sheet lay askew. Painted as paper, boxes stay as they are.

What touches the picture's edge, is dark and at least 3 mm thick is no print.
"""

from __future__ import annotations

import numpy as np

from evidence.ingest.imaging.opencv import Grey, cv, shrink
from evidence.model.geometry import MM

LOOK_DPI = 50
DARK = 0.45  # of the paper's brightness
THICK = 3.0  # mm
MOST = 0.5  # of the picture; a picture that is dark all over is left as it is


def paint_borders(grey: Grey, dpi: float) -> Grey:
    """The picture without its black borders; the same picture where it has none."""
    share = min(1.0, LOOK_DPI / dpi)
    small = shrink(grey, share)
    paper = int(np.percentile(small, 75))
    side = max(2, round(THICK * dpi * share / MM))
    dark = cv().morphologyEx((small < DARK * paper).astype(np.uint8), cv().MORPH_OPEN, np.ones((side, side), np.uint8))
    _, labels = cv().connectedComponents(dark)
    rim = np.concatenate((labels[0], labels[-1], labels[:, 0], labels[:, -1]))
    touching = [int(label) for label in np.unique(rim) if label]
    if not touching:
        return grey
    border = np.isin(labels, touching).astype(np.uint8)
    if border.mean() > MOST:
        return grey
    wide = cv().dilate(border, np.ones((5, 5), np.uint8))
    return np.where(cv().resize(wide, grey.shape[::-1], interpolation=cv().INTER_NEAREST) > 0, paper, grey).astype(
        np.uint8
    )
