"""Getting about with the Tab key, as somebody does who uses no mouse; each stop must be seen."""

from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 300  # a painting's page has five rows of twelve, each with its signs

# What tells a person where the focus is: an outline or a shadow, on the element or on the label around a file chooser.
SHOWN = """(element) => {
    const ring = (each) => {
        const style = getComputedStyle(each);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    };
    return ring(element) || (element.type === "file" && ring(element.closest("label")));
}"""
FOCUSED = ":focus"


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus. Raises AssertionError where that is never, or a stop is not seen."""
    page.wait_for_load_state("domcontentloaded")  # else one goes around on what has come by now
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.locator(FOCUSED)
        if not focused.count():
            continue  # the browser's own bar
        look_at(focused)
        if target.first.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached with the Tab key")


def look_at(focused: Locator) -> None:
    """Assert that a person sees where the focus is."""
    tag = focused.evaluate("element => element.outerHTML.slice(0, 200)")
    assert focused.evaluate(SHOWN), f"The focus can't be seen on {tag}"
    label = focused.locator("xpath=ancestor::label")
    shown = label if 'type="file"' in tag and label.count() else focused
    expect(shown, f"The focus is out of sight on {tag}").to_be_in_viewport()
