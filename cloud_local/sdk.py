"""Where Google's emulators lie: in the Cloud SDK, which is looked for in the places it installs itself to."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

WELL_KNOWN = (
    "/usr/lib/google-cloud-sdk",
    "/usr/share/google-cloud-sdk",
    "/usr/local/google-cloud-sdk",
    "/opt/google-cloud-sdk",
    "/snap/google-cloud-cli/current",
    "/opt/homebrew/share/google-cloud-sdk",
    "/usr/local/share/google-cloud-sdk",
    "~/google-cloud-sdk",
)


class Missing(RuntimeError):
    """Something has to be installed first; the message says what and how."""


def root() -> Path:
    """The folder of the Cloud SDK: CLOUDSDK_ROOT_DIR, a well-known place, else what ``gcloud info`` says."""
    for candidate in _candidates():
        if (candidate / "platform").is_dir():
            return candidate
    raise Missing(
        "Google's Cloud SDK is not here. Install it (https://cloud.google.com/sdk/docs/install),"
        " or name its folder in CLOUDSDK_ROOT_DIR."
    )


def _candidates() -> Iterator[Path]:
    named = os.environ.get("CLOUDSDK_ROOT_DIR")
    if named:
        yield Path(named)
        return
    yield from (Path(place).expanduser() for place in WELL_KNOWN)
    gcloud = shutil.which("gcloud")
    if gcloud:
        yield Path(_asked(gcloud))


def _asked(gcloud: str) -> str:
    answer = subprocess.run(
        [gcloud, "info", "--format=value(installation.sdk_root)"], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def java() -> str:
    """The Java that runs the emulators."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin" if home else None) or shutil.which("java")
    if not found:
        raise Missing(
            "Google's emulators need Java 11 or newer. Debian: apt-get install default-jre-headless"
        )
    return found


def jar(component: str, pattern: str) -> Path:
    """The jar of a component of the SDK."""
    found = sorted((root() / "platform" / component).glob(pattern))
    if not found:
        raise Missing(
            f"The {component} is not installed. gcloud components install {component},"
            f" or on Debian: apt-get install google-cloud-cli-{component.removeprefix('cloud-')}"
        )
    return found[-1]


def version(component: str) -> str:
    """The component's version as the SDK records it, or the SDK's own."""
    record = root() / ".install" / f"{component}.snapshot.json"
    try:
        known = json.loads(record.read_text(encoding="utf-8"))["components"]
        return next(str(c["version"]["version_string"]) for c in known if c["id"] == component)
    except (OSError, ValueError, LookupError, StopIteration):
        file = root() / "VERSION"
        return f"of SDK {file.read_text().strip()}" if file.exists() else "unknown"
