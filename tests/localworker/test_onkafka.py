# SPDX-License-Identifier: GPL-3.0-or-later
"""The local worker on a real broker: its state is in Connect's own topics and a kill loses nothing. test_onkafka.py WORKER KAFKA_LIBS.
Skipped, with the reason, where there is no Java or no Kafka."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from workerprocess import WorkerProcess

PROGRAM, LIBS = sys.argv[1:3]
JSON = {"Content-Type": "application/json"}
TEXT = "org.apache.kafka.connect.storage.StringConverter"
GROUP = "headgate-worker"
DEAD_LETTER_HEADERS = ["topic", "partition", "offset", "connector.name", "task.id", "stage", "class.name", "exception.class.name",
                       "exception.message", "exception.stacktrace"]


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Broker:
    """One KRaft broker on loopback; ends with the test."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.port, controller = free_ports(2)
        self.bootstrap = f"127.0.0.1:{self.port}"
        self.classes = os.path.join(LIBS, "*")
        properties = os.path.join(self.folder.name, "server.properties")
        with open(properties, "w", encoding="utf-8") as file:
            file.write("\n".join((
                "process.roles=broker,controller", "node.id=1", f"controller.quorum.voters=1@127.0.0.1:{controller}",
                f"listeners=CLIENT://{self.bootstrap},CONTROLLER://127.0.0.1:{controller}", f"advertised.listeners=CLIENT://{self.bootstrap}",
                "listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT", "controller.listener.names=CONTROLLER",
                "inter.broker.listener.name=CLIENT", f"log.dirs={self.folder.name}/data", "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=4", "group.initial.rebalance.delay.ms=0", "num.partitions=3", "default.replication.factor=1")))
        with open(os.path.join(self.folder.name, "log"), "wb") as log:
            subprocess.run(["java", "-cp", self.classes, "kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", properties],
                           stdout=log, stderr=log, check=True)
            self.process = subprocess.Popen(["java", "-Xmx256m", "-cp", self.classes, "kafka.Kafka", properties], stdout=log, stderr=log)

        self.wait_until_started()

    def wait_until_started(self, patience=120):
        end = time.monotonic() + patience
        while not self.listens():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the broker did not start: " + self.log()[-2000:].decode("utf-8", "replace"))
            time.sleep(0.1)

    def listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False

    def log(self):
        with open(os.path.join(self.folder.name, "log"), "rb") as file:
            return file.read()

    def end(self):
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()

    def stored(self, topic):
        """What lies in the topic's files: keys, values and headers are plain bytes there."""
        data = os.path.join(self.folder.name, "data")
        files = [os.path.join(data, folder, name) for folder in sorted(os.listdir(data)) if folder.rsplit("-", 1)[0] == topic
                 for name in sorted(os.listdir(os.path.join(data, folder))) if name.endswith(".log")]
        content = b""
        for name in files:
            with open(name, "rb") as file:
                content += file.read()
        return content


@unittest.skipUnless(shutil.which("java") and os.path.isdir(LIBS), "no Java or no Kafka here (packaging/sandbox.sh brings Kafka)")
class OnKafka(unittest.TestCase):
    def setUp(self):
        self.broker = Broker()
        self.addCleanup(self.broker.end)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def worker(self):
        return WorkerProcess(PROGRAM, "--bootstrap", self.broker.bootstrap, directory=self.folder.name)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def lines(self):
        try:
            with open(self.path("out.txt"), encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    def put(self, worker, name, **config):
        config = {key.replace("__", "."): value for key, value in config.items()}
        answer = worker.ask("PUT", f"/connectors/{name}/config", {"key.converter": TEXT, "value.converter": TEXT, **config}, JSON)
        self.assertEqual(answer.status, 201, answer.body)

    def committed(self, worker, name):
        return sum(entry["offset"]["kafka_offset"] for entry in worker.ask("GET", f"/connectors/{name}/offsets").json()["offsets"])

    def test_kill_loses_nothing(self):
        with open(self.path("in.txt"), "w", encoding="utf-8") as file:
            file.writelines(f"line {i}\n" for i in range(50))
        with self.worker() as worker:
            self.put(worker, "src", connector__class="FileStreamSource", topic="lines", file=self.path("in.txt"))
            self.put(worker, "snk", connector__class="FileStreamSink", topics="lines", file=self.path("out.txt"), tasks__max="2")
            self.put(worker, "quiet", connector__class="FileStreamSink", topics="lines", file=self.path("quiet.txt"))
            worker.until(lambda: len(self.lines()) == 50, 90)
            worker.until(lambda: self.committed(worker, "snk") == 50, 30)
            worker.ask("PUT", "/connectors/quiet/pause")
            worker.until(lambda: worker.shape("quiet") == "PAUSED[0:PAUSED]")
            configs = {name: worker.ask("GET", f"/connectors/{name}/config").json() for name in ("src", "snk", "quiet")}
            os.kill(worker.process.pid, signal.SIGKILL)
            worker.process.wait()
        with open(self.path("in.txt"), "a", encoding="utf-8") as file:
            file.writelines(f"more {i}\n" for i in range(10))
        with self.worker() as worker:
            self.assertEqual({name: worker.ask("GET", f"/connectors/{name}/config").json() for name in configs}, configs)
            worker.until(lambda: worker.shape("quiet") == "PAUSED[0:PAUSED]")
            worker.until(lambda: len(self.lines()) >= 60, 90)  # the killed members leave the group after their session time-out
            self.assertEqual(sorted(self.lines()), sorted([f"line {i}" for i in range(50)] + [f"more {i}" for i in range(10)]))
        configs = self.broker.stored(GROUP + "-configs")
        for text in (b"connector-src", b"task-src-0", b"commit-src", b"target-state-quiet", b'{"state":"PAUSED","state.v2":"PAUSED"}'):
            self.assertIn(text, configs)
        key = json.dumps(["src", {"filename": self.path("in.txt")}], separators=(",", ":")).encode()
        self.assertIn(key, self.broker.stored(GROUP + "-offsets"))
        self.assertIn(b"status-topic-lines:connector-src", self.broker.stored(GROUP + "-status"))

    def test_offsets_and_dead_letters(self):
        with open(self.path("in.txt"), "w", encoding="utf-8") as file:
            file.write("not json\n")
        with self.worker() as worker:
            self.put(worker, "src", connector__class="FileStreamSource", topic="lines", file=self.path("in.txt"))
            self.put(worker, "snk", connector__class="dev.headgate.connect.ScriptedSink", topics="lines",
                     value__converter="org.apache.kafka.connect.json.JsonConverter", errors__tolerance="all",
                     errors__deadletterqueue__topic__name="dead", errors__deadletterqueue__topic__replication__factor="1",
                     errors__deadletterqueue__context__headers__enable="true")
            worker.until(lambda: self.committed(worker, "snk") == 1, 90)
            dead = self.broker.stored("dead")
            places = [dead.find(b"__connect.errors." + name.encode()) for name in DEAD_LETTER_HEADERS]
            self.assertNotIn(-1, places)
            self.assertEqual(places, sorted(places), "in Connect's order")
            self.assertIn(b"VALUE_CONVERTER", dead)
            self.assertLess(dead.find(b"not json"), places[0], "the value is untouched, headers follow it")
            change = {"offsets": [{"partition": {"kafka_topic": "lines", "kafka_partition": 0}, "offset": {"kafka_offset": 0}}]}
            self.assertEqual(worker.ask("PATCH", "/connectors/snk/offsets", change, JSON).status, 400)
            worker.ask("PUT", "/connectors/snk/stop")
            self.assertEqual(worker.ask("PATCH", "/connectors/snk/offsets", change, JSON).status, 200)
            change["offsets"][0]["partition"]["kafka_partition"] = 99
            self.assertEqual(worker.ask("PATCH", "/connectors/snk/offsets", change, JSON).status, 500)
            self.assertEqual(worker.ask("DELETE", "/connectors/snk/offsets").status, 200)
            self.assertEqual(worker.ask("GET", "/connectors/snk/offsets").json(), {"offsets": []})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
