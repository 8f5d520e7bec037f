# SPDX-License-Identifier: GPL-3.0-or-later
"""A headgate-worker of its own for a test, and requests to it byte by byte."""

import base64
import json
import socket
import subprocess
import tempfile
import time


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return self.body.decode("utf-8", "replace") or None


class WorkerProcess:
    """Started on enter, ended on exit. `directory` is its data directory."""

    def __init__(self, program, *arguments, directory=None):
        self.folder = None if directory else tempfile.TemporaryDirectory()
        self.directory = directory or self.folder.name
        self.program, self.arguments = program, arguments

    def __enter__(self):
        self.process = subprocess.Popen([self.program, "--json", "--end-with-owner", "--data-dir", self.directory, *self.arguments],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        if not line:
            self.__exit__()
            raise RuntimeError("the worker did not start")
        self.at = json.loads(line)
        self.port = int(self.at["connectUrls"][0].rsplit(":", 1)[1])
        self.login = "Basic " + base64.b64encode(f"{self.at['user']}:{self.at['password']}".encode()).decode()
        return self

    def __exit__(self, *unused):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()
        if self.folder:
            self.folder.cleanup()

    def raw(self, data, port=None):
        """Sends bytes, reads one whole answer (HEAD has none)."""
        with socket.create_connection(("127.0.0.1", port or self.port), timeout=30) as connection:
            connection.sendall(data)
            stream = connection.makefile("rb")
            first = stream.readline().split()
            if len(first) < 2:
                return None
            headers = {}
            while (line := stream.readline().strip()):
                name, _, value = line.decode("latin-1").partition(":")
                headers[name.lower()] = value.strip()
            length = 0 if data.startswith(b"HEAD ") else int(headers.get("content-length", 0))
            return Answer(int(first[1]), headers, stream.read(length))

    def ask(self, method, path, body=None, headers=None, host=None, login=True):
        """A well-formed request; `headers` come last and may repeat."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{self.port}'}"]
        lines += [f"Authorization: {self.login}"] if login else []
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        data = body.encode() if isinstance(body, str) else b"" if body is None else json.dumps(body).encode()
        lines += [f"Content-Length: {len(data)}"] if data or method in ("POST", "PUT", "PATCH") else []
        return self.raw("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + data)

    def shape(self, name):
        """"RUNNING[0:RUNNING]", or the status code where there is none."""
        answer = self.ask("GET", f"/connectors/{name}/status")
        if answer.status != 200:
            return str(answer.status)
        status = answer.json()
        return status["connector"]["state"] + "[" + ",".join(f"{t['id']}:{t['state']}" for t in status["tasks"]) + "]"

    def until(self, question, patience=20):
        """Waits until `question()` is true; says so when it never is."""
        end = time.monotonic() + patience
        while not question():
            if time.monotonic() > end:
                raise AssertionError("waited in vain")
            time.sleep(0.02)
