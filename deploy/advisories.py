"""Hold what the functions install against published advisories: pip-audit over their locks, asking OSV's service.

Where the service can't be reached nothing is known of them; that is said, and is a failure only where it is asked for.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from deploy.functions import ROOT

OSV = "https://api.osv.dev/v1/query"
SECONDS = 20.0  # in which the service must answer
WELL, FOUND, UNKNOWN = 0, 1, 2  # exit statuses


def locks() -> list[Path]:
    """The functions' locks, and that of what they are tested with."""
    return [*sorted(ROOT.glob("functions/*/requirements.txt")), ROOT / "requirements" / "dev.txt"]


def answers(service: str) -> bool:
    """Whether anybody is there; what it says to an empty question is of no matter."""
    try:
        with urllib.request.urlopen(service, b"{}", timeout=SECONDS):  # noqa: S310  # nosec B310
            return True
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except OSError:
        return False


def audit(files: Sequence[Path], service: str) -> int:
    """Ask of all that these locks name; what is found is printed. Raises CalledProcessError where asking broke off."""
    named = [part for file in files for part in ("--requirement", str(file))]
    how = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--aliases", "on"]
    where = ["--vulnerability-service", "osv", "--osv-url", service]
    done = subprocess.run([sys.executable, "-m", "pip_audit", *named, *how, *where], check=False)  # noqa: S603
    if done.returncode not in {WELL, FOUND}:
        done.check_returncode()
    return done.returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its exit status."""
    parser = argparse.ArgumentParser(prog="make advisories", description=__doc__)
    parser.add_argument("--service", default=OSV, help="OSV's address, or a mirror's")
    parser.add_argument("--required", action="store_true", help="fail where the service doesn't answer")
    parser.add_argument("locks", nargs="*", type=Path, help="other locks than the functions'")
    asked = parser.parse_args(arguments)
    if not answers(asked.service):
        print(f"Not asked: {asked.service} doesn't answer from here, so nothing is known of advisories.")
        return UNKNOWN if asked.required else WELL
    return audit(asked.locks or locks(), asked.service)


if __name__ == "__main__":
    sys.exit(main())
