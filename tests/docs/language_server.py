"""Speaks to the real YAML language server over its standard input and output, as an editor does."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
NODE: Final = Path(sys.executable).with_name("node")
SERVER: Final = ROOT / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
SETTINGS: Final = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}

type Message = dict[str, Any]


class Editor:
    """An editor with one server; files need not be on disk."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.asked = 0
        self.found: dict[str, list[Message]] = {}

    def open(self, path: Path, text: str) -> list[Message]:
        """Open a file and wait for what the server finds wrong in it."""
        uri = path.as_uri()
        self.found.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self.found:
            self._take()
        return self.found[uri]

    def hover(self, path: Path, line: int, column: int) -> str:
        """What is shown over a place; line and column count from 0."""
        answer = self.ask("textDocument/hover", _place(path, line, column))
        return str(answer["contents"]["value"]) if answer else ""

    def completion(self, path: Path, line: int, column: int) -> list[Message]:
        """What could be written at a place."""
        answer = self.ask("textDocument/completion", _place(path, line, column))
        items: list[Message] = answer["items"] if isinstance(answer, dict) else answer
        return items

    def ask(self, method: str, params: Message) -> Any:
        """Send a request and wait for its answer."""
        self.asked += 1
        self._send({"id": self.asked, "method": method, "params": params})
        while (message := self._take()).get("id") != self.asked or "method" in message:
            pass
        assert "error" not in message, message["error"]
        return message["result"]

    def _tell(self, method: str, params: Message) -> None:
        self._send({"method": method, "params": params})

    def _take(self) -> Message:
        """Read one message; answer what the server asks, keep what it finds."""
        output, length = self.process.stdout, 0
        assert output
        while line := output.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: Message = json.loads(output.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.found[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            items = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
            result = None if items is None else [SETTINGS if item.get("section") == "yaml" else {} for item in items]
            self._send({"id": message["id"], "result": result})
        return message

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def start(self) -> None:
        """Shake hands."""
        folder = {"uri": ROOT.as_uri(), "name": ROOT.name}
        abilities = {
            "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}, "hover": {}},
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        self.ask(
            "initialize",
            {"processId": None, "rootUri": folder["uri"], "workspaceFolders": [folder], "capabilities": abilities},
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {"yaml": SETTINGS}})


def _place(path: Path, line: int, column: int) -> Message:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}


@contextmanager
def editor() -> Iterator[Editor]:
    """A running server, stopped at the end."""
    command = [str(NODE), str(SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            started = Editor(process)
            started.start()
            yield started
        finally:
            process.kill()
