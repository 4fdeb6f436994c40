"""``make cloud-local``: start the topology, say where everything is, show what the functions log, end it on Ctrl-C."""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
import tempfile
import time
from pathlib import Path
from threading import Event
from types import FrameType

from cloud_local import emulators
from cloud_local.cloud import Cloud
from cloud_local.functions import sources
from cloud_local.processes import DidNotStart, Ports
from cloud_local.sdk import Missing
from cloud_local.topology import topology

FIRST_PORT = 8600  # the addresses stay the same from one start to the next, where they are free


def main() -> int:
    """The command; its exit status."""
    asked = _parser().parse_args()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    missing = sources(topology())
    if missing:
        print(f"Not here: {', '.join(map(str, missing))}", file=sys.stderr)
        return 2
    try:
        with tempfile.TemporaryDirectory(prefix="worklens-cloud-") as folder:
            _run(asked.data or Path(folder), asked.port)
    except KeyboardInterrupt:
        print("Everything has ended.", file=sys.stderr)
    except (Missing, DidNotStart) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make cloud-local", description=__doc__)
    parser.add_argument("--port", type=int, default=FIRST_PORT, help="the first of the ports that are taken")
    parser.add_argument("--data", type=Path, help="where logs and tables go; else a folder that is removed")
    return parser


def _end(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _run(data: Path, port: int) -> None:
    data.mkdir(parents=True, exist_ok=True)
    print("Starting the emulators and the functions ...", flush=True)
    started = time.monotonic()
    with Cloud(data, ports=Ports(port), show=show) as cloud:
        _announce(cloud, data, time.monotonic() - started)
        Event().wait()


def show(name: str, line: str) -> None:
    """A function's line."""
    print(f"{name:>9} | {line}", flush=True)


def _announce(cloud: Cloud, data: Path, seconds: float) -> None:
    told = [f"Ready after {seconds:.0f} s. Emulators:"]
    told += [f"  {name} {version}" for name, version in emulators.versions().items()]
    told += ["", "Addresses:"]
    told += [f"  {name:<10} {address}" for name, address in _addresses(cloud).items()]
    told += ["", f"Logs: {data / 'logs'}", "", "To work with it, in another shell:", ""]
    told += [f"export {name}={shlex.quote(value)}" for name, value in sorted(cloud.environment.items())]
    told += ["", "then for instance: worklens --platform google status", "Ctrl-C ends it all.", ""]
    print("\n".join(told), flush=True)


def _addresses(cloud: Cloud) -> dict[str, str]:
    functions = {name: cloud.functions.address(name) for name in cloud.plan.functions}
    found = cloud.emulators
    return {
        **functions,
        "forwarder": cloud.forwarder.endpoint(""),
        "pubsub": f"http://{found.pubsub}",
        "datastore": f"http://{found.datastore}",
        "bigquery": found.bigquery,
        "storage": found.storage,
    }


if __name__ == "__main__":
    sys.exit(main())
