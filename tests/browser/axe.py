"""axe-core, which `./run browser-test` installs: what it finds wrong for people who can't see, hear or point well."""

import os
from pathlib import Path

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async ([rules, excluded]) => {
    const moving = document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map((each) => each.finished)); // colours on their way are nobody's choice
    const where = {include: [["html"]], exclude: excluded ? [[excluded]] : []};
    const found = await axe.run(where, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]});
    const why = (node) => node.any.concat(node.all, node.none).map((check) => check.message)[0];
    return found.violations.flatMap((rule) => rule.nodes.map((node) => (
        `${rule.id} (${why(node)}): ${node.target.join(" ")}: ${node.html.replace(/\\s+/g, " ").slice(0, 100)}`
    )));
}"""


def source() -> str:
    """The script. Raises AssertionError where it is not installed."""
    script = Path(os.environ.get("AXE_FOLDER", "var/npm"), "node_modules/axe-core/axe.min.js")
    assert script.is_file(), f"axe-core is not in {script.parent}: start these tests with ./run browser-test"
    return script.read_text()


def violations(page: Page, script: str, *, excluded: str = "") -> list[str]:
    """What axe finds on the page as it is now, a sentence each; `excluded` is a selector."""
    page.evaluate(script)
    found: list[str] = page.evaluate(RUN, [RULES, excluded])
    return found
