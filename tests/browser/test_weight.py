"""What a first visit fetches, and that nothing shifts meanwhile."""

import pytest
from browsing import PATIENCE, PHONE

from audit import weight


@pytest.mark.parametrize("path", ["nl/", "nl/indicator/matching/", "en/graph/", "en/source/", "nl/question/"])
def test_first_visit_is_light(served, browser, path):
    found = weight.weigh(browser, served, path)
    assert 100_000 < found.bytes <= weight.LIMIT


SHIFTS = """window.shifts = [];
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
        const moved = entry.sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? "?").slice(0, 80));
        window.shifts.push({ much: entry.value, moved });
    }
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize(
    "path", ["nl/", "nl/indicator/matching/", "en/source/", "en/source/dubois2002/", "nl/tools/self-check/"]
)
def test_nothing_shifts_on_a_slow_line(served, browser, path):
    context = browser.new_context(viewport=PHONE)
    context.add_init_script(SHIFTS)
    page = context.new_page()
    line = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 100_000}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", line)
    page.goto(f"{served.address}/{path}", timeout=PATIENCE)
    page.wait_for_timeout(500)
    shifts = page.evaluate("window.shifts")
    context.close()
    assert sum(shift["much"] for shift in shifts) < 0.005, shifts
