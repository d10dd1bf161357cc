"""Finds the browsers that the tests drive, and gets those that are missing.

Chromium is needed; Firefox ESR and WebKitGTK (`--all`) are the further engines of the full run. The tests ask
`browser(name)`; run as a program (standard library only) this installs what cannot be found.
"""

import glob
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BY_HAND = {
    "chromium": (
        "install Chromium or Chrome, or set CHROMIUM to its program (CHROMIUM=/path/to/chrome make test).\n"
        "  Debian: apt-get install chromium; elsewhere: .venv/bin/playwright install --with-deps chromium"
    ),
    "firefox": "install Firefox ESR, or set FIREFOX to its program. Debian: apt-get install firefox-esr",
    "webkit": "on Debian or Ubuntu: apt-get install webkit2gtk-driver xvfb (there is none for other systems)",
}
# What apt calls them; a font and a message bus are what a bare machine lacks to show a page.
APT = {
    "chromium": ["chromium", "fonts-dejavu-core", "dbus"],
    "firefox": ["firefox-esr", "fonts-dejavu-core"],
    "webkit": ["webkit2gtk-driver", "xvfb", "fonts-dejavu-core", "dbus"],
}


def _named(variable: str) -> str | None:
    """The program an environment variable names; a wrong name is an error, not a reason to look elsewhere."""
    value = os.environ.get(variable)
    if value and not shutil.which(value):
        sys.exit(f"{variable}={value}: there is no such program. Correct the variable or unset it.")
    return shutil.which(value) if value else None


def _on_path(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


def _first(*patterns: str) -> str | None:
    found = [path for pattern in patterns for path in sorted(glob.glob(os.path.expanduser(pattern)))[::-1]]
    return next((path for path in found if os.access(path, os.X_OK)), None)


def _chromium() -> str | None:
    own = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    downloads = [own] if own else ["~/.cache/ms-playwright", "~/Library/Caches/ms-playwright"]
    builds = ["chrome-linux*/chrome", "chrome-mac*/*.app/Contents/MacOS/*"]
    return (
        _named("CHROMIUM")
        or _first(*(f"{folder}/chromium-*/{build}" for folder in downloads for build in builds))
        or _on_path("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        or _first("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    )


def _firefox() -> str | None:
    return _named("FIREFOX") or _on_path("firefox-esr")


def _webkit() -> str | None:
    """WebKitGTK's small browser, if its driver and a screen to draw on are there too."""
    ready = _on_path("WebKitWebDriver") and (os.environ.get("DISPLAY") or _on_path("Xvfb"))
    return _first("/usr/lib/*/webkit2gtk-4.1/MiniBrowser") if ready else None


FINDERS: dict[str, Callable[[], str | None]] = {"chromium": _chromium, "firefox": _firefox, "webkit": _webkit}


def browser(name: str) -> str | None:
    """The program of `chromium`, `firefox` or `webkit`; None when it is not there."""
    return FINDERS[name]()


def _tried(step: str, *commands: list[str]) -> None:
    """Run `commands` until one fails; a failure is shown and left to the search that follows."""
    print(f"{step} …", flush=True)
    for command in commands:
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            last = (done.stdout + done.stderr).strip().splitlines()[-3:]
            print(f"  {' '.join(command[:3])} did not work:", *last, sep="\n    ", flush=True)
            return


def _with_apt(names: list[str]) -> None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    packages = sorted({package for name in names for package in APT[name]})
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    _tried(f"Browsers: apt-get installs {' '.join(packages)}", ["apt-get", "update"], install)


def _with_playwright(names: list[str]) -> None:
    playwright = ROOT / ".venv" / "bin" / "playwright"
    if "chromium" in names and playwright.exists():
        # Its system libraries are installed by root only: elsewhere that would ask for a password.
        depends = ["--with-deps"] if os.geteuid() == 0 else []
        _tried("Browsers: playwright downloads Chromium", [str(playwright), "install", *depends, "chromium"])


def install(names: list[str]) -> None:
    """Try both ways. Debian has its own Chromium; Ubuntu's package is a snap, so apt comes second there."""
    release = Path("/etc/os-release")
    debian = release.exists() and "\nID=debian\n" in "\n" + release.read_text("utf-8")
    for way in (_with_apt, _with_playwright) if debian else (_with_playwright, _with_apt):
        if missing := [name for name in names if not browser(name)]:
            way(missing)


def main() -> int:
    """Get what is missing; fails when there is no Chromium then and, with CI set, when any is missing."""
    names = list(BY_HAND) if "--all" in sys.argv[1:] else ["chromium"]
    install(names)
    missing = [name for name in names if not browser(name)]
    for name in missing:
        print(f"{name}: not found. To have it: {BY_HAND[name]}", file=sys.stderr)
    required = names if os.environ.get("CI") else ["chromium"]
    return int(any(name in required for name in missing))


if __name__ == "__main__":
    sys.exit(main())
