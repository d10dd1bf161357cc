"""Audits the built site with programs that take too long for every test run: Lighthouse, the Nu checker, CSP Evaluator.

`make audit` builds the site and runs this. Lighthouse needs Chromium, the Nu checker needs Java; what is missing is
named and fails the audit, so that a green one has seen everything. Each looks at the site as a good host serves it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.browsers import ROOT, browser
from site_builder.bundle.tools import find_node
from site_builder.headers import meta_policy, security_headers
from site_builder.serve import SiteServer

MODULES = ROOT / "node_modules"
CATEGORIES = ("accessibility", "best-practices", "seo")
# The finding that every policy with script-src 'self' gets: a question about the host, which serves no user's files.
MEDIUM_MAYBE = 50
CHROMIUM_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-sync"


def main(arguments: list[str]) -> int:
    """Audit the folder named (default `public`); the exit code is the number of programs that complained, or 0."""
    public = (ROOT / (arguments[0] if arguments else "public")).resolve()
    server = SiteServer(public, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    failed = 0
    for name, findings in (
        ("Nu Html Checker", nu(public)),
        ("CSP Evaluator", csp()),
        ("Lighthouse", lighthouse(server.url, pages(public))),
    ):
        print(name, flush=True)
        bad = 0
        for finding, is_bad in findings:
            bad += is_bad
            print(f"  {'✗' if is_bad else '·'} {finding}", flush=True)
        failed += bool(bad)
    server.shutdown()
    return failed


def pages(public: Path) -> list[str]:
    """The home page, a family and the rules page of each language, by what they are in the sitemap's folders."""
    found = []
    for folder in sorted(path for path in public.iterdir() if path.name != "assets" and (path / "index.html").exists()):
        inner = sorted(path.parent for path in folder.glob("*/index.html"))
        families = [path for path in inner if 'id="calculator"' in (path / "index.html").read_text("utf-8")]
        across = [path for path in inner if "across-section" in (path / "index.html").read_text("utf-8")]
        found += [folder, *families[:1], *across[:1]]
    return [f"/{path.relative_to(public).as_posix()}/" for path in found]


def nu(public: Path) -> Iterator[tuple[str, bool]]:
    """Errors of the Nu checker over every page; its warnings are counted."""
    java = shutil.which("java")
    if not java:
        yield "java is not found: the checker is a Java program (Debian: apt-get install default-jre-headless)", True
        return
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    files = [str(path) for path in sorted(public.rglob("*.html"))]
    done = subprocess.run(
        [java, "-jar", str(jar), "--format", "json", "--stdout", *files], capture_output=True, text=True
    )
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    for message in messages:
        if message["type"] != "info":
            place = f"{message.get('url', '')}:{message.get('lastLine', '')}"
            yield f"{place}: {message['message']}", True
    # Read as files, pages have no origin that 'self' could be: what the checker says of policies is about that.
    warned = Counter(message["message"] for message in messages if "Content Security Policy" not in message["message"])
    yield f"{len(files)} pages, {sum(warned.values())} warnings", False
    for text, count in warned.most_common():
        yield f"warning, {count} times: {text}", False


def csp() -> Iterator[tuple[str, bool]]:
    """What Google's evaluator says of the header and of the part that the pages carry themselves."""
    policies = [dict(security_headers())["Content-Security-Policy"], meta_policy()]
    done = subprocess.run(
        [find_node(), str(ROOT / "scripts" / "csp.mjs")],
        input=json.dumps(policies),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for found in json.loads(done.stdout):
        severity = found["severity"]
        yield f"severity {severity}, {found['directive']}: {found['description']}", severity < MEDIUM_MAYBE


def lighthouse(url: str, paths: list[str]) -> Iterator[tuple[str, bool]]:
    """Scores below 100 in accessibility, best practices and search engines, page by page."""
    chromium = browser("chromium")
    if not chromium:
        yield "Chromium is not found: make browsers", True
        return
    program = MODULES / "lighthouse" / "cli" / "index.js"
    for path in paths:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            command = [find_node(), str(program), url + path, "--quiet", "--output=json", f"--output-path={report}"]
            command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROMIUM_FLAGS}"]
            done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True)
            if not report.exists():
                yield f"{path}: Lighthouse gave no report: {done.stderr.strip()[-300:]}", True
                continue
            found = json.loads(report.read_text("utf-8"))
        scores = {name: round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES}
        low = [
            f"{audit['id']} ({audit['title']})" for audit in found["audits"].values() if audit["score"] not in (1, None)
        ]
        worst = min(scores.values()) < 100
        yield f"{path} {' '.join(f'{name} {score}' for name, score in scores.items())}{worst * f': {low}'}", worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
