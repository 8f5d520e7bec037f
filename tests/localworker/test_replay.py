# SPDX-License-Identifier: GPL-3.0-or-later
"""What a real Connect (4.1, 3.9) answered, asked of the local worker: test_replay.py WORKER DATA EXCLUSIONS.

The local worker follows 4.1; of a 3.9 recording what 4.1 only added is left out on both sides (normal()). Both answers are written down in one way (normal()) and must then be equal. Left out are only the exchanges of the exclusions file, each
with its reason, at most one in ten."""

import json
import re
import sys
import time
import unittest

from workerprocess import WorkerProcess

PROGRAM, DATA, EXCLUSIONS = sys.argv[1:4]
RECORDED_39 = "3.9" in DATA
ROOT = "/data/"
OWN_PLUGIN = re.compile(r"org\.apache\.kafka\.connect\.file\.")
UNSAID = {"documentation", "commit", "kafka_cluster_id", "worker_id", "recommended_values", "last_modified", "url"}
# Of connectors and tasks the version; settings that choose a plug-in's version shift the order of those after them.
SINCE_41 = {"version", "order"}
PATIENCE = 20  # seconds until what was recorded must have come about; a busy machine is slow, never wrong


def setting(value):
    """Name of the setting that an entry of a plug-in's definitions or of a validation is about."""
    name = value.get("name") or (value.get("definition") or {}).get("name")
    return name if isinstance(name, str) else ""


def normal(value, worker, key=""):
    """One way to write an answer down: who answered, when, and what is only worded, is taken out."""
    if isinstance(value, dict):
        if "class" in value and "type" in value and not OWN_PLUGIN.match(value["class"]):
            return None  # a plug-in that only one side has
        if RECORDED_39 and setting(value).endswith(".plugin.version"):
            return None
        added = SINCE_41 if RECORDED_39 else set()
        if setting(value).endswith(".converter"):
            added = added and added | {"default_value", "value"}  # 4.1 names the worker's own
        return {k: normal(v, worker, k) for k, v in value.items() if k not in UNSAID | added}
    if key == "offsets" and isinstance(value, list) and any("kafka_topic" in (entry.get("partition") or {}) for entry in value):
        # How a source without keys spreads its records is chance: what counts is which topics have positions.
        return sorted({entry["partition"]["kafka_topic"] for entry in value})
    if isinstance(value, list):
        items = [item for item in (normal(item, worker, key) for item in value) if item is not None]
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True)) if key in ("", "offsets", "topics") else items
    if key == "position" and isinstance(value, int) and not isinstance(value, bool):
        return "n"
    if not isinstance(value, str):
        return value
    value = value.replace(worker.directory + "/no/such/", "/no/such/").replace(worker.directory + "/", ROOT).replace(f"127.0.0.1:{worker.port}", "worker-1:8083")
    value = re.sub(r"4\.1\.0-headgate-[\d.]+", "4.1.0", value)
    value = re.sub(r"\n? at \[Source: [^\]]*\]", "", value)
    value = re.sub(r" \(through reference chain: .*", "", value, flags=re.S)
    value = re.sub(r" \(start marker at.*", "", value, flags=re.S)
    value = re.sub(r"(available connectors are: ).*", r"\1..", value, flags=re.S)
    if key == "trace":
        heads = re.findall(r"^(?:Caused by: )?((?:[a-z]+\.)+[A-Z]\w+)(?=[:\n]|$)", value, flags=re.M)
        return " <- ".join(heads)
    return value


def config(name, **more):
    base = {"connector.class": "org.apache.kafka.connect.file.FileStream" + ("Sink" if "topics" in more else "Source") + "Connector",
            "tasks.max": "1", "name": name}
    return {**base, **{key.replace("__", "."): value for key, value in more.items()}}


class Scene:
    """What the people who recorded did between the exchanges."""

    def __init__(self, worker):
        self.worker = worker

    def write(self, name, text):
        import pathlib
        file = pathlib.Path(self.worker.directory) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def put(self, name, shape=None, **more):
        more = {k: v.replace(ROOT, self.worker.directory + "/") for k, v in more.items()}
        answer = self.worker.ask("PUT", f"/connectors/{name}/config", config(name, **more), {"Content-Type": "application/json"})
        assert answer.status in (200, 201), answer.body
        self.until(name, shape or "RUNNING[0:RUNNING]")

    def create(self, name, state, topic):
        """One whose creation is not among the recorded exchanges."""
        answer = self.worker.ask("POST", "/connectors", {"name": name, "initial_state": state, "config": config(
            name, topic=topic, file=self.worker.directory + "/in/a.txt")}, {"Content-Type": "application/json"})
        assert answer.status in (201, 409), answer.body  # 409: this recording holds its creation

    def do(self, method, path, name=None, shape=None):
        answer = self.worker.ask(method, path)
        assert answer.status < 300, (path, answer.body)
        if name:
            self.until(name, shape)

    def until(self, name, shape):
        self.worker.until(lambda: self.worker.shape(name) == shape)

    def state(self, name):
        status = self.worker.ask("GET", f"/connectors/{name}/status").json()
        return status["type"], status["connector"]["state"], [task["state"] for task in status["tasks"]]

    def offsets(self, name):
        return self.worker.ask("GET", f"/connectors/{name}/offsets").json().get("offsets")

    def source(self, shape="RUNNING[0:RUNNING]"):
        self.put("src-a", shape, topic="t-a", file="/data/in/a.txt")

    def sink(self):
        self.put("snk-a", "RUNNING[0:RUNNING,1:RUNNING]", topics="t-sink", file="/data/out/snk-a.txt", tasks__max="2",
                 key__converter="org.apache.kafka.connect.storage.StringConverter",
                 value__converter="org.apache.kafka.connect.storage.StringConverter")

    def fill(self, topic, text):
        """Records by way of a source, which is deleted afterwards."""
        name = "fill-" + topic
        self.write(f"in/{topic}.txt", text)
        self.put(name, topic=topic, file=f"/data/in/{topic}.txt", value__converter="org.apache.kafka.connect.storage.StringConverter",
                 key__converter="org.apache.kafka.connect.storage.StringConverter")
        self.worker.until(lambda: self.offsets(name))
        self.worker.until(lambda: self.offsets(name)[0]["offset"]["position"] == len(text))
        self.do("DELETE", f"/connectors/{name}")

    def delete_all(self):
        for name in self.worker.ask("GET", "/connectors").json():
            self.worker.ask("DELETE", "/connectors/" + "".join(f"%{b:02X}" for b in name.encode()))

    def before(self, exchange):
        scene = SCENES.get(exchange["id"])
        if scene:
            scene(self)


SOURCE = "src-a"


def paused_sink(s):
    s.do("PUT", "/connectors/snk-a/pause", "snk-a", "PAUSED[0:PAUSED,1:PAUSED]")


def stopped_source(s):
    s.do("PUT", "/connectors/src-a/stop", SOURCE, "STOPPED[]")


def before_its_first_commit(s):
    """A sink commits after some seconds: on a busy machine it has done so by now, and begins once more."""
    while s.offsets("snk-a"):
        s.do("PUT", "/connectors/snk-a/stop", "snk-a", "STOPPED[]")
        s.do("DELETE", "/connectors/snk-a/offsets")
        s.do("PUT", "/connectors/snk-a/resume", "snk-a", "RUNNING[0:RUNNING,1:RUNNING]")


def bad_json(s):
    s.delete_all()
    s.fill("t-bad", "{bad\n")


SCENES = {
    "root": lambda s: (s.write("in/a.txt", "line\n" * 30), s.write("out/made.txt", "")),
    "get-connector": lambda s: ([s.do("DELETE", f"/connectors/{name}") for name in ("src-low", "src-num", "src-null")], s.until("src-a", "RUNNING[0:RUNNING]"), s.worker.until(lambda: s.offsets("src-a"))),
    "status-after-pause": lambda s: s.until("src-a", "PAUSED[0:PAUSED]"),
    "status-after-resume-from-PAUSED": lambda s: s.until("src-a", "RUNNING[0:RUNNING]"),
    "status-after-stop": lambda s: s.until("src-a", "STOPPED[]"),
    "restart-task-stopped": lambda s: s.until("src-a", "STOPPED[]"),
    "resume-src-a-from-STOPPED": lambda s: s.until("src-a", "STOPPED[]"),
    "status-after-resume-from-STOPPED": lambda s: s.until("src-a", "RUNNING[0:RUNNING]"),
    "get-after-type-change": lambda s: s.worker.until(lambda: s.state("src-a") == ("sink", "RUNNING", ["RUNNING"])),
    "put-config-name-mismatch": Scene.source,
    "delete-config-method": Scene.source,
    "status-initial-STOPPED": lambda s: s.until("src-i-STOPPED", "STOPPED[]"),
    "status-initial-PAUSED": lambda s: (s.create("src-i-PAUSED", "PAUSED", "t-i"), s.until("src-i-PAUSED", "PAUSED[]")),
    "name-create-00": lambda s: s.worker.ask("DELETE", "/connectors/src-i-RUNNING"),
    "name-get-02": lambda s: s.create("\u00fcn\u00ef-\u30b1", "STOPPED", "t-names"),
    "name-status-15": lambda s: (s.create("x" * 300, "STOPPED", "t-names"), s.until("x" * 300, "STOPPED[]")),
    "status-initial-RUNNING": lambda s: s.until("src-i-RUNNING", "RUNNING[0:RUNNING]"),
    "snk-create": lambda s: (s.delete_all(), s.fill("t-sink", "record\n" * 40)),
    "snk-offsets-immediately": before_its_first_commit,
    "snk-offsets-running": lambda s: s.worker.until(lambda: s.offsets("snk-a")),
    "snk-info": lambda s: s.until("snk-a", "RUNNING[0:RUNNING,1:RUNNING]"),
    "snk-patch-paused": paused_sink,
    "snk-patch-topic-not-consumed": lambda s: s.fill("t-other", "record\n"),
    "snk-patch-right-after-stop": lambda s: None,
    "src-offsets": lambda s: (s.source(), s.worker.until(lambda: s.offsets("src-a"))),
    "src-patch-good": stopped_source,
    "src-nofile-status": lambda s: s.until("src-nofile", "RUNNING[0:RUNNING]"),
    "topics-src": lambda s: (s.do("PUT", "/connectors/src-a/resume", SOURCE, "RUNNING[0:RUNNING]"), s.write("in/a.txt", "line\n" * 60),
                             s.worker.until(lambda: s.worker.ask("GET", "/connectors/src-a/topics").json()["src-a"]["topics"])),
    # Until the source has read its file: a record that it still sends would make its topic active again.
    "topics-reset": lambda s: s.worker.until(lambda: s.offsets("src-a")[0]["offset"]["position"] == len("line\n" * 60)),
    "fail-create": bad_json,
    "fail-status": lambda s: s.until("snk-bad", "RUNNING[0:FAILED]"),
    "fail-pause-status": lambda s: s.until("snk-bad", "PAUSED[0:FAILED]"),
    "dlq-status": lambda s: s.until("snk-dlq", "RUNNING[0:RUNNING]"),
    "dlq-topics": lambda s: s.worker.until(lambda: s.offsets("snk-dlq")),
    "unwritable-status": lambda s: s.until("snk-unw", "RUNNING[0:FAILED]"),
    "connfail-create": lambda s: s.worker.ask("DELETE", "/connectors/src-null"),
    "connfail-status": lambda s: s.until("src-null", "FAILED[]"),
    "saga-stop": lambda s: (s.delete_all(), s.fill("t-replay", "record\n" * 20), s.put(
        "replay", topics="t-replay", file="/data/out/replay.txt", value__converter="org.apache.kafka.connect.storage.StringConverter",
        key__converter="org.apache.kafka.connect.storage.StringConverter"), s.worker.until(lambda: s.offsets("replay"))),
    "truncated-patch": lambda s: s.do("PUT", "/connectors/replay/stop", "replay", "STOPPED[]"),
    "tasksmax-enforce": Scene.source,
    "tasksmax-5-status": lambda s: s.until("src-a", "RUNNING[0:RUNNING]"),
    "sink-topic-missing-status": lambda s: s.until("snk-nt", "RUNNING[0:RUNNING]"),
}


def asked(worker, exchange):
    """The recorded request, with this run's paths in it."""
    body = exchange["request_body"]
    if body is not None and not isinstance(body, str):
        body = json.dumps(body)
    if body is not None:
        body = body.replace(ROOT, worker.directory + "/").replace("/no/such/", worker.directory + "/no/such/")
    headers = {} if exchange.get("request_headers_omitted") else {"Content-Type": "application/json"} if body is not None else {}
    headers.update(exchange.get("request_headers") or {})
    return worker.ask(exchange["method"], exchange["path"], body, headers)


def first_difference(what, wanted, found):
    """The deepest place where two answers part."""
    if isinstance(wanted, dict) and isinstance(found, dict) and wanted.keys() == found.keys():
        parts = [first_difference(f"{what}.{key}", wanted[key], found[key]) for key in wanted]
        return next((part for part in parts if part), None)
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        parts = [first_difference(f"{what}[{i}]", a, b) for i, (a, b) in enumerate(zip(wanted, found))]
        return next((part for part in parts if part), None)
    return None if wanted == found else f"{what}: recorded {str(wanted)[:300]!r}, got {str(found)[:300]!r}"


def difference(worker, exchange, answer):
    """What differs, or nothing."""
    expected, got = exchange["response_body"], answer.json()
    pairs = [("status", exchange["status"], answer.status)]
    recorded_type = exchange["response_headers"].get("content-type")
    if "recorded_by" not in exchange:
        pairs.append(("content-type", recorded_type, answer.headers.get("content-type")))
        pairs.append(("location", exchange["response_headers"].get("location"), normal(answer.headers.get("location"), worker)))
    if recorded_type != "text/html;charset=iso-8859-1":  # Jetty's page; only its status and type matter
        pairs.append(("body", normal(expected, worker), normal(got, worker)))
    found = [first_difference(*pair) for pair in pairs]
    return "; ".join(part for part in found if part)


def settled_difference(scene, exchange):
    """Reads are asked again for a moment: what was recorded had settled, and a task may be starting just now."""
    end = time.monotonic() + (PATIENCE if exchange["method"] == "GET" and exchange["id"] not in EXCLUDED else 0)
    while True:
        found = difference(scene.worker, exchange, asked(scene.worker, exchange))
        if not found or time.monotonic() > end:
            return found
        if SCENES.get(exchange["id"]) == before_its_first_commit:
            scene.before(exchange)  # it committed in between
        else:
            time.sleep(0.05)


def excluded_ids():
    with open(EXCLUSIONS, encoding="utf-8") as file:
        return {line.split(None, 1)[0]: line.split(None, 1)[1].strip() for line in file if line.strip() and not line.startswith("#")}


EXCLUDED = excluded_ids()


class Replay(unittest.TestCase):
    maxDiff = None

    # Rows: LW-08
    def test_recorded_exchanges(self):
        with open(DATA, encoding="utf-8") as file:
            exchanges = json.load(file)
        excluded = EXCLUDED
        self.assertLessEqual(len(excluded), len(exchanges) // 10, "more than one in ten left out")
        self.assertEqual(set(excluded) - {e["id"] for e in exchanges}, set(), "exclusions of exchanges that are not there")
        self.assertTrue(all(excluded.values()), "every exclusion has its reason")
        wrong, needless = [], []
        with WorkerProcess(PROGRAM) as worker:
            scene = Scene(worker)
            for exchange in exchanges:
                try:
                    scene.before(exchange)
                except AssertionError as fault:
                    wrong.append(f"before {exchange['id']}: {fault}")
                    continue
                found = settled_difference(scene, exchange)
                if found and exchange["id"] not in excluded:
                    wrong.append(f"{exchange['id']} ({exchange['method']} {exchange['path']}): {found}")
                if not found and exchange["id"] in excluded:
                    needless.append(exchange["id"])
        self.assertFalse(wrong, f"\n{len(wrong)} of {len(exchanges)} differ\n" + "\n".join(wrong))
        self.assertEqual(needless, [], "these are equal and need no exclusion")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
