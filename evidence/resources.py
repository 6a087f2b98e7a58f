"""The tables that lie beside our modules as YAML: ``data/<name>`` of a package, as lists and mappings."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as quick; not every PyYAML has it


def load_yaml(package: str, *path: str) -> Any:
    """What the file says.

    >>> sorted(load_yaml("evidence.values", "agencies.yaml"))[:1]
    ['agencies']
    """
    text = files(package).joinpath("data", *path).read_text("utf-8")
    return yaml.load(text, Loader=LOADER)
