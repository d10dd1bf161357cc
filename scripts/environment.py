"""Makes what the project runs in: `.venv` (Python 3.13, pinned packages) and `node_modules`, in this folder.

Run by `make` with whichever Python there is (3.10 or later, standard library only). A part is made again only
when the lock file it came from has changed: what it was made from is noted inside it, by content.
"""

import fcntl
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
WANTED = "3.13"  # the Python of the pinned Pyodide: both sides must share one bytecode
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "-q")
NETWORK = (
    "Check the network. pip and npm use your own settings (pip config list, npm config list): name a mirror\n"
    "  or a proxy there. Then run the same command again: it goes on where it stopped."
)


def stop(what: str, fix: str) -> NoReturn:
    sys.exit(f"\nStopped: {what}\n  {fix}")


def run(step: str, command: list[str], fix: str, env: dict[str, str] | None = None) -> str:
    """Say `step`, run `command` quietly, return its output; when it fails, show its last lines and `fix`."""
    print(f"{step} …", flush=True)
    begun = time.monotonic()
    env = {**os.environ, **(env or {})}
    no_input = subprocess.DEVNULL
    done = subprocess.run(command, cwd=ROOT, env=env, stdin=no_input, capture_output=True, text=True)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        print(tail, file=sys.stderr)
        stop(f"this step failed (code {done.returncode}): {step}.", fix)
    print(f"  done in {time.monotonic() - begun:.0f} s", flush=True)
    return done.stdout


class Made:
    """What a folder was made from: per part, the digest of its source file. Kept inside, so gone with it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / ".made-from.json"

    def _noted(self) -> dict[str, str]:
        try:
            noted: dict[str, str] = json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return noted

    def has(self, part: str, source: str) -> bool:
        return self._noted().get(part) == digest(source)

    def note(self, part: str, source: str) -> None:
        self.file.write_text(json.dumps({**self._noted(), part: digest(source)}, indent=1) + "\n", "utf-8")


def digest(source: str) -> str:
    return hashlib.sha256((ROOT / source).read_bytes()).hexdigest()


def makes_venv(python: str) -> bool:
    """Whether `python` is a 3.13 that can make a virtual environment (some systems leave ensurepip out)."""
    ask = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", ask], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and answer.stdout.strip() == WANTED


def find_python() -> str:
    """A Python 3.13: the one running, one on the machine, else one that uv fetches into `.cache`."""
    pyenv = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    on_path = shutil.which(f"python{WANTED}")
    # When .venv is activated, it is itself what runs this, and about to be cleared: take the one behind it.
    running = getattr(sys, "_base_executable", sys.executable)
    candidates = [running, *([on_path] if on_path else [])]
    candidates += sorted(glob.glob(f"{pyenv}/versions/{WANTED}.*/bin/python3"))
    return next((python for python in candidates if makes_venv(python)), None) or fetch_python()


def fetch_python() -> str:
    uv = install_uv()
    own = {"UV_PYTHON_INSTALL_DIR": str(CACHE / "python")}
    by_hand = (
        f"Install Python {WANTED} (pyenv install {WANTED}; macOS: brew install python@{WANTED}; Debian and\n"
        f"  Ubuntu, where the release has it: apt-get install python{WANTED}-venv). Then run this again."
    )
    fetch = [uv, "python", "install", WANTED]
    find = [uv, "python", "find", "--managed-python", WANTED]
    run(f"Python {WANTED} is not on this machine: uv fetches it", fetch, by_hand, own)
    return run(f"Python {WANTED}: looking where uv put it", find, by_hand, own).strip()


def install_uv() -> str:
    """The pinned uv, in `.cache/uv`: on its own, so that no package of the system is touched."""
    folder, lock = CACHE / "uv", "requirements-uv.txt"
    if not Made(folder).has("uv", lock):
        shutil.rmtree(folder, ignore_errors=True)
        install = ["install", "--target", str(folder), "--require-hashes", "-r", lock]
        fix = "If it says 'No module named pip', install pip (Debian, Ubuntu: python3-pip).\n  " + NETWORK
        run("uv: installing the pinned release", [sys.executable, *PIP, *install], fix)
        Made(folder).note("uv", lock)
    return str(folder / "bin" / "uv")


def make_venv() -> None:
    """Make `.venv`, afresh when what is there was not made here for the wanted Python."""
    made = Made(VENV)
    if (VENV / "bin" / "python").exists() and made.has("python", ".python-version"):
        return
    python = find_python()
    fix = "Check that the disk is not full and this folder can be written to; then run the command again."
    run(f"Python {WANTED}: making .venv with {python}", [python, "-m", "venv", "--clear", str(VENV)], fix)
    made.note("python", ".python-version")


def install_packages(everything: bool) -> None:
    """Install the pinned packages; the longer list holds the shorter one, with the same releases."""
    made, python = Made(VENV), str(VENV / "bin" / "python")
    locks = ["requirements.txt", "requirements-dev.txt"] if everything else ["requirements.txt"]
    if not all(made.has(lock, lock) for lock in locks):
        install = ["install", "--only-binary=:all:", "--require-hashes", "-r", locks[-1]]
        count = (ROOT / locks[-1]).read_text("utf-8").count("==")
        run(f"Python packages: installing {count} from {locks[-1]}", [python, *PIP, *install], NETWORK)
        for lock in locks:
            made.note(lock, lock)
    if not made.has("project", "pyproject.toml"):
        editable = ["install", "--no-deps", "--no-build-isolation", "-e", "."]
        fix = "The message above says what in pyproject.toml is wrong."
        run("The command clairplan: installing it from this folder", [python, *PIP, *editable], fix)
        made.note("project", "pyproject.toml")


def npm(step: str, *arguments: str) -> None:
    """Run the npm of `.venv`, on the Node beside it."""
    path = {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    run(step, [str(VENV / "bin" / "npm"), *arguments], NETWORK, path)


def install_node_modules(everything: bool) -> None:
    """Install what the site serves (pyodide), and with `everything` also the tools that test its pages."""
    made, lock = Made(ROOT / "node_modules"), "package-lock.json"
    if made.has("all" if everything else "served", lock):
        return
    what = "Pyodide and the test tools" if everything else "Pyodide"
    npm(f"npm packages: installing {what} from {lock}", "ci", *([] if everything else ["--omit=dev"]))
    made.note("served", lock)
    if everything:
        made.note("all", lock)


def main() -> None:
    everything = sys.argv[1:] == ["test"]
    if not everything and sys.argv[1:] != ["site"]:
        sys.exit("usage: environment.py site|test")
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "environment.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of two runs at once the second waits, and finds all made
        make_venv()
        install_packages(everything)
        install_node_modules(everything)


if __name__ == "__main__":
    main()
