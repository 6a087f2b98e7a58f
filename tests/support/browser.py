"""What journeys ask of a page: no fault that axe finds, a screenshot to look at."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = next((ROOT / "tests" / "web" / "vendor").glob("axe-*.min.js"))
SHOTS = ROOT / "out" / "journeys"


def find_axe_faults(page: Page) -> list[str]:
    """Every violation of WCAG 2.2 A and AA, and of axe's best practices, that axe sees: rule and places.

    The script is put in by the debugger, so that the page's own policy stays as strict as it is served.
    """
    page.evaluate(AXE.read_text("utf-8"))
    results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {fault['help']} at {', '.join(str(node['target']) for node in fault['nodes'])}"
        for fault in results["violations"]
    ]


def take_screenshot(page: Page, name: str) -> Path:
    """The window as it is seen, in ``out/journeys``."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    file = SHOTS / f"{name}.png"
    page.screenshot(path=str(file))
    return file
