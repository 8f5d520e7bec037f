#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the commands of README.md's `sh` blocks, in order, in a home of their own.

Usage: readme_commands.py README BIN_DIRECTORY
Each must end with status 0. Blocks without `sh` are not run: `make run` and `make test` are run by whoever runs this test, and
one's own cluster is one's own.
"""
import os
import re
import subprocess
import sys
import tempfile


def commands(readme):
    text = open(readme, encoding="utf-8").read()
    for block in re.findall(r"```sh\n(.*?)```", text, re.S):
        yield from (line for line in block.splitlines() if line.strip())


def main():
    readme, binaries = sys.argv[1:3]
    lines = list(commands(readme))
    if not any(line.endswith("sandbox up") for line in lines):
        sys.exit("README.md shows no command that starts the sandbox")
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, HOME=home, PATH=binaries + os.pathsep + os.environ["PATH"])
        for kind, directory in {"CONFIG": "config", "DATA": "data", "CACHE": "cache", "STATE": "state", "RUNTIME": "run"}.items():
            path = os.path.join(home, directory)
            os.mkdir(path, 0o700)
            environment[f"XDG_{kind}_{'DIR' if kind == 'RUNTIME' else 'HOME'}"] = path
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        failed = []
        try:
            for line in lines:
                done = subprocess.run(line, shell=True, env=environment, timeout=120, text=True, capture_output=True)
                print(f"$ {line}\n{done.stdout}{done.stderr}", flush=True)
                if done.returncode != 0:
                    failed.append(f"{line}: status {done.returncode}")
        finally:
            subprocess.run(["headgatectl", "sandbox", "down"], env=environment, capture_output=True)
    sys.exit("\n".join(failed) or 0)


if __name__ == "__main__":
    main()
