# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may talk to the local worker, and what is left of it when it is killed: test_access.py WORKER."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

from workerprocess import WorkerProcess

PROGRAM = sys.argv[1]
JSON = {"Content-Type": "application/json"}


def listeners(pid):
    """(address, port) of every TCP socket the process listens on."""
    inodes = set()
    for descriptor in os.listdir(f"/proc/{pid}/fd"):
        try:
            found = re.match(r"socket:\[(\d+)\]", os.readlink(f"/proc/{pid}/fd/{descriptor}"))
        except OSError:
            continue
        inodes |= {found.group(1)} if found else set()
    listening = set()
    for table, family in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        with open(f"/proc/net/{table}", encoding="ascii") as rows:
            for row in list(rows)[1:]:
                fields = row.split()
                if fields[3] == "0A" and fields[9] in inodes:
                    address, port = fields[1].split(":")
                    words = [bytes.fromhex(address[i:i + 8])[::-1] for i in range(0, len(address), 8)]
                    listening.add((socket.inet_ntop(family, b"".join(words)), int(port, 16)))
    return listening


class Access(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.worker = WorkerProcess(PROGRAM).__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.worker.__exit__()

    def test_a_tls_greeting_is_answered_at_once(self):
        with socket.create_connection(("127.0.0.1", self.worker.port), timeout=20) as greeting:
            greeting.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc")
            self.assertTrue(greeting.recv(100).startswith(b"HTTP/1.1 400"))

    # Rows: LW-01
    def test_listens_on_loopback_only_behind_a_random_password(self):
        found = listeners(self.worker.process.pid)
        self.assertIn(("127.0.0.1", self.worker.port), found)
        self.assertEqual({address for address, _ in found}, {"127.0.0.1"}, "mock brokers included")
        with WorkerProcess(PROGRAM) as other:
            self.assertNotEqual(other.port, self.worker.port)
            self.assertNotEqual(other.at["password"], self.worker.at["password"])
        self.assertGreaterEqual(len(self.worker.at["password"]), 20)
        with open(f"/proc/{self.worker.process.pid}/cmdline", "rb") as arguments:
            self.assertNotIn(self.worker.at["password"].encode(), arguments.read())
        for attempt in ({}, {"Authorization": "Basic aGVhZGdhdGU6d3Jvbmc="}, {"Authorization": "Bearer x"}):
            answer = self.worker.ask("GET", "/connectors", headers=attempt, login=False)
            self.assertEqual(answer.status, 401)
            self.assertEqual(answer.headers.get("www-authenticate"), "Basic")
        self.assertEqual(self.worker.ask("GET", "/connectors").status, 200)

    # Rows: LW-01
    def test_refuses_to_listen_where_others_reach_it(self):
        for address in ("0.0.0.0", "::", "192.0.2.1", "nonsense"):
            refused = subprocess.run([PROGRAM, "--address", address], capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(refused.returncode, 1, address)
            self.assertIn("--unsafe-bind", refused.stderr)

    # Rows: LW-02
    def test_answers_only_to_its_own_names(self):
        port = self.worker.port
        good = [f"127.0.0.1:{port}", f"localhost:{port}", f"LocalHost:{port}", f"[::1]:{port}"]
        bad = ["", "localhost", "127.0.0.1", f"127.0.0.1:{port + 1}", f"127.0.0.1.:{port}", f"localhost.:{port}", f"127.0.0.2:{port}",
               f"0.0.0.0:{port}", f"0:{port}", f"2130706433:{port}", f"127.1:{port}", f"0x7f.0.0.1:{port}", f"evil.example:{port}",
               f"localhost.evil.example:{port}", f"evil.example#localhost:{port}", f"evil.example@localhost:{port}", f"user@127.0.0.1:{port}",
               f"[::ffff:127.0.0.1]:{port}", f"127.0.0.1:{port}, evil.example", f"127.0.0.1 :{port}"]
        self.assertEqual(len(bad), 20)
        for host in good:
            self.assertEqual(self.worker.ask("GET", "/connectors", host=host).status, 200, host)
        for host in bad:
            login = f"Authorization: {self.worker.login}\r\n"
            answer = self.worker.raw(f"GET /connectors HTTP/1.1\r\nHost: {host}\r\n{login}\r\n".encode())
            self.assertEqual(answer.status, 403, host)
        login = f"Authorization: {self.worker.login}\r\n\r\n"
        self.assertEqual(self.worker.raw(f"GET / HTTP/1.1\r\n{login}".encode()).status, 403, "none")
        twice = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\n{login}"
        self.assertEqual(self.worker.raw(twice.encode()).status, 403, "two")

    # Rows: LW-03
    def test_accepts_nothing_from_web_pages(self):
        created = self.worker.ask("PUT", "/connectors/victim/config", {"connector.class": "dev.headgate.connect.GeneratorSource", "topic": "t"}, JSON)
        self.assertEqual(created.status, 201)
        self.worker.until(lambda: self.worker.shape("victim") == "RUNNING[0:RUNNING]")
        for origin in ("https://evil.example", "null", f"http://127.0.0.1:{self.worker.port}", f"http://localhost:{self.worker.port}", ""):
            for method, path in (("POST", "/connectors/victim/restart"), ("PUT", "/connectors/victim/stop"), ("DELETE", "/connectors/victim"),
                                 ("GET", "/connectors"), ("OPTIONS", "/connectors")):
                answer = self.worker.ask(method, path, headers={"Origin": origin, "Content-Type": "text/plain"})
                self.assertEqual(answer.status, 403, (origin, method))
                self.assertFalse([name for name in answer.headers if name.startswith("access-control-")])
        self.assertEqual(self.worker.shape("victim"), "RUNNING[0:RUNNING]")
        self.assertEqual(self.worker.ask("PUT", "/connectors/victim/stop").status, 204, "the same without Origin works")

    def test_reads_no_body_before_the_login(self):
        head = f"PUT /connectors/a/config HTTP/1.1\r\nHost: 127.0.0.1:{self.worker.port}\r\nContent-Length: 1000000\r\n\r\n"
        self.assertEqual(self.worker.raw(head.encode()).status, 401)  # answered though no byte of the body was sent

    def test_bounds_what_it_takes(self):
        login = f"Host: 127.0.0.1:{self.worker.port}\r\nAuthorization: {self.worker.login}\r\n"
        for request, status in ((f"PUT /a HTTP/1.1\r\n{login}Content-Length: 1048577\r\n\r\n", 413),
                                (f"PUT /a HTTP/1.1\r\n{login}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
                                (f"PUT /a HTTP/1.1\r\n{login}Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
                                (f"GET /{'a' * 40000} HTTP/1.1\r\n{login}\r\n", 431), ("GET / HTTP/3.0\r\n\r\n", 505),
                                ("nonsense\r\n\r\n", 400), (f"GET / HTTP/1.1\r\n folded: x\r\n{login}\r\n", 400)):
            self.assertEqual(self.worker.raw(request.encode()).status, status, request[:60])

    def test_keeps_64_connections_and_closes_the_rest(self):
        held = [socket.create_connection(("127.0.0.1", self.worker.port)) for _ in range(64)]
        try:
            with socket.create_connection(("127.0.0.1", self.worker.port), timeout=10) as one_more:
                try:
                    self.assertEqual(one_more.recv(1), b"")
                except ConnectionResetError:
                    pass
        finally:
            for connection in held:
                connection.close()

        def answers():
            try:
                return self.worker.ask("GET", "/").status == 200
            except ConnectionError:
                return False  # it has not seen yet that the others have gone
        self.worker.until(answers)

    def test_lets_no_file_out_of_its_directory(self):
        os.symlink("/etc", os.path.join(self.worker.directory, "way-out"))
        for file in ("/etc/passwd", "../secret", "a/../../secret", "way-out/passwd"):
            answer = self.worker.ask("PUT", "/connectors/reader/config", {
                "connector.class": "FileStreamSource", "topic": "t", "file": file}, JSON)
            self.assertEqual(answer.status, 400, file)
            self.assertIn("outside the data directory", answer.json()["message"])


class Killed(unittest.TestCase):
    """State on brokers that die with the worker: connectors, target states and positions are in its own file."""

    def test_kill_loses_nothing(self):
        with tempfile.TemporaryDirectory() as directory:
            with open(os.path.join(directory, "in.txt"), "w", encoding="utf-8") as lines:
                lines.write("line\n" * 50)
            with WorkerProcess(PROGRAM, directory=directory) as worker:
                for name in ("runs", "pauses", "stops", "goes"):
                    made = worker.ask("PUT", f"/connectors/{name}/config", {
                        "connector.class": "FileStreamSource", "topic": "t", "file": os.path.join(directory, "in.txt")}, JSON)
                    self.assertEqual(made.status, 201)
                for name in ("runs", "pauses", "stops"):
                    worker.until(lambda name=name: worker.ask("GET", f"/connectors/{name}/offsets").json()["offsets"])
                worker.ask("PUT", "/connectors/pauses/pause")
                worker.ask("PUT", "/connectors/stops/stop")
                worker.until(lambda: worker.shape("stops") == "STOPPED[]")
                patched = worker.ask("PATCH", "/connectors/stops/offsets", {"offsets": [{
                    "partition": {"filename": os.path.join(directory, "in.txt")}, "offset": {"position": 25}}]}, JSON)
                self.assertEqual(patched.status, 200)
                self.assertEqual(worker.ask("DELETE", "/connectors/goes").status, 204)
                before = {name: worker.ask("GET", f"/connectors/{name}/config").json() for name in ("runs", "pauses", "stops")}
                os.kill(worker.process.pid, signal.SIGKILL)
                worker.process.wait()
            with WorkerProcess(PROGRAM, directory=directory) as worker:
                self.assertEqual(sorted(worker.ask("GET", "/connectors").json()), ["pauses", "runs", "stops"])
                self.assertEqual({name: worker.ask("GET", f"/connectors/{name}/config").json() for name in before}, before)
                worker.until(lambda: worker.shape("runs") == "RUNNING[0:RUNNING]")
                worker.until(lambda: worker.shape("pauses") == "PAUSED[0:PAUSED]")
                worker.until(lambda: worker.shape("stops") == "STOPPED[]")
                position = lambda name: worker.ask("GET", f"/connectors/{name}/offsets").json()["offsets"][0]["offset"]["position"]
                self.assertEqual((position("runs"), position("pauses"), position("stops")), (250, 250, 25))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
