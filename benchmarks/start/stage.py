"""The folder that the comparison serves: the built site, and beside it a page that starts stock Pyodide.

Both sides have the same headers, the same caching of assets and the same compression (Brotli 11 and gzip 9, made by
the builder's own script). The stock side has every file as the npm package brings it, and the same wheel, catalogue
and words.
"""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder.bundle.tools import digest, run_node

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
PYODIDE = ROOT / "node_modules" / "pyodide"
KEPT = ROOT / ".cache" / "start"
FILES = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
STOCK = "assets/stock"


@dataclass(frozen=True)
class Stage:
    """What is compared; `manifest` is that of our calculator, the paths begin at the site's top."""

    folder: Path
    manifest: dict[str, Any]
    manifest_path: str
    engine_path: str

    def address(self, side: str, family: str, fragment: str) -> str:
        """The address below the site's top that opens a quote."""
        return f"/en/{family}/{fragment}" if side == "ours" else f"/stock/{fragment}"


def stage(public: Path, folder: Path) -> Stage:
    """Make the folder from a built site; its files are linked, not copied, where the disk allows it."""
    shutil.copytree(public, folder, copy_function=_linked)
    calculator = folder / "assets" / "calculator"
    manifest_file = next(calculator.glob("manifest-*.json"))
    manifest = json.loads(manifest_file.read_bytes())
    target = folder / STOCK
    target.mkdir()
    for name in FILES:
        shutil.copyfile(PYODIDE / name, target / name)
    whole = manifest["pyodide"]
    names = [f"/assets/calculator/{whole[part]['name']}" for part in ("calculator", "catalogue", "locales")]
    (target / "data.json").write_text(json.dumps({"door": manifest["door"], "files": names}))
    sheet = next((folder / "assets").glob("page-sheet-*.js")).name
    _fill("stock.js", target / "stock.js", sheet=f"/assets/{sheet}", data=f"/{STOCK}/data.json", index=f"/{STOCK}/")
    (folder / "stock").mkdir()
    _fill("stock.html", folder / "stock" / "index.html", script=f"/{STOCK}/stock.js")
    _compress([*target.iterdir(), folder / "stock" / "index.html"])
    engine = next(path for path in sorted(calculator.glob("engine-*.js")))
    return Stage(folder, manifest, f"/assets/calculator/{manifest_file.name}", f"/assets/calculator/{engine.name}")


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _fill(name: str, target: Path, **values: str) -> None:
    text = (HERE / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    target.write_text(text, "utf-8")


def _compress(files: list[Path]) -> None:
    """Put a .br and a .gz beside each file; what took long is kept from one run to the next."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = {path: KEPT / digest(path)[:32] for path in files}
    missing = {str(path): str(copy) for path, copy in kept.items() if not Path(f"{copy}.gz").is_file()}
    if missing:
        job = KEPT / f".job-{os.getpid()}"
        job.write_text(json.dumps(missing))
        run_node("compress.mjs", [job])
        job.unlink()
    for path, copy in kept.items():
        for suffix in (".br", ".gz"):
            shutil.copyfile(f"{copy}{suffix}", f"{path}{suffix}")
