"""What native libraries are told before they load."""

from __future__ import annotations

import subprocess
import sys

import pytest

COUNT = "import os; print(len(os.listdir('/proc/self/task')))"
LOAD = "import numpy, cv2, onnxruntime; cv2.setNumThreads(0);"


def test_no_library_makes_a_thread_or_reports_home() -> None:
    """The telemetry of ONNX Runtime (on by default from 1.29) shows as a thread; the parent forks and may have none."""
    pytest.importorskip("onnxruntime")
    pytest.importorskip("cv2")
    done = subprocess.run(
        [sys.executable, "-c", f"import evidence; {LOAD} {COUNT}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.strip() == "1"
