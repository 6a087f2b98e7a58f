"""Reads the supporting documents of an administrative-reform appraisal and holds them against its criteria."""

import os

__version__ = "0.1.0"

# Native libraries look here when they load, so it is said before any of them can be.
# ONNX Runtime from 1.29 on sends usage events to its maker over a thread of its own unless this forbids it: documents
# of others are read here, nothing may leave the machine, and a process that forks has one thread (decision 0001).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
# One thread a process, one process a core: Tesseract is 7.7 times as fast so; OpenBLAS has little to do here.
os.environ["OMP_THREAD_LIMIT"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
