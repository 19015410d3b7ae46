"""axe-core in a headless browser: what it finds wrong with a page. The page itself has no script: it is added here."""

import html
import json
import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tests.reports.pages import browser

PACKAGE = "axe-playwright-python"
"""Ships axe-core; nothing else of it is used, so that requirements/pages.txt is installed without what it asks for."""
RUN = """<script>%s</script><script>
axe.run(document, {resultTypes: ["violations"]}).then(result => {
  const out = document.createElement("pre");
  out.id = "seen";
  out.textContent = JSON.stringify(result.violations.flatMap(
    rule => rule.nodes.map(node => rule.id + ": " + rule.help + ": " + node.html.slice(0, 120))));
  document.body.append(out);
});
</script></body>"""


def script() -> str | None:
    """Return the script of axe-core, or None where it is not installed."""
    try:
        path = Path(str(distribution(PACKAGE).locate_file("axe_playwright_python/axe.min.js")))
    except PackageNotFoundError:
        return None
    return path.read_text("utf-8").replace("</script", "<\\/script")


def violations(page: str, folder: Path, wide: int) -> list[str]:
    """Return what axe-core finds in a page, in a window of a width in pixels: the rule and the element of each."""
    body, _, rest = page.rpartition("</body>")
    path = folder / "page.html"
    path.write_text(re.sub("<meta http-equiv[^>]*>", "", body) + RUN % script() + rest, "utf-8")
    command = [browser() or "", "--headless", "--no-sandbox", "--disable-gpu", f"--window-size={wide},900",
               f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=600000", "--dump-dom",
               path.as_uri()]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900).stdout
    seen = re.search('<pre id="seen">(.*?)</pre>', shown, re.DOTALL)
    assert seen is not None, shown[-500:]
    found: list[str] = json.loads(html.unescape(seen[1]))
    return found
