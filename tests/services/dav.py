"""Real CalDAV servers, and a person who keeps to-dos on one with a client of a few lines."""

from __future__ import annotations

from pathlib import Path

import requests

from cloud_local.processes import Process, Processes

USER, PASSWORD = "ann", "a password: with ümlaut"
HOST = "127.0.0.1"


class Dav:
    """A server with a calendar for to-dos, and what a client does there."""

    def __init__(self, name: str, root: str, home: str, process: Process) -> None:
        """``home`` is the path of the folder of calendars."""
        self.name, self.root, self.home = name, root, home
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.auth = (USER.encode(), PASSWORD.encode())
        process.wait_until(self._answers)
        self.calendar = self.make("todo", "To do")

    def _answers(self) -> bool:
        try:
            return self.session.request("OPTIONS", self.root, timeout=5).ok
        except requests.RequestException:
            return False

    def make(self, name: str, title: str, component: str = "VTODO") -> str:
        """A calendar for components of this kind; its path."""
        path = f"{self.home}{name}/"
        body = (
            '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>'
            f"<d:displayname>{title}</d:displayname><c:supported-calendar-component-set>"
            f'<c:comp name="{component}"/></c:supported-calendar-component-set></d:prop></d:set></c:mkcalendar>'
        )
        self._ask("MKCALENDAR", path, body)
        return path

    def put(self, uid: str, *properties: str, calendar: str = "", component: str = "VTODO") -> None:
        """Write a to-do, or another component."""
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", f"BEGIN:{component}", f"UID:{uid}"]
        lines += ["DTSTAMP:20260101T100000Z", "CREATED:20260101T100000Z", *properties]
        lines += [f"END:{component}", "END:VCALENDAR", ""]
        self.write(uid, "\r\n".join(lines), calendar or self.calendar)

    def write(self, uid: str, text: str, calendar: str) -> None:
        """Write a member."""
        self._ask("PUT", f"{calendar}{uid}.ics", text)

    def delete(self, uid: str, calendar: str = "") -> None:
        """Delete a member."""
        self._ask("DELETE", f"{calendar or self.calendar}{uid}.ics")

    def remove(self, calendar: str) -> None:
        """Delete a calendar."""
        self._ask("DELETE", calendar)

    def move(self, uid: str, source: str, target: str) -> None:
        """Move a member into another calendar."""
        there = {"Destination": f"{self.root}{target}{uid}.ics"}
        self._ask("MOVE", f"{source}{uid}.ics", headers=there)

    def _ask(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> None:
        kind = "text/calendar" if method == "PUT" else "application/xml"
        headers = {"Content-Type": f"{kind}; charset=utf-8", **(headers or {})}
        done = self.session.request(method, self.root + path, data=body.encode(), headers=headers, timeout=30)
        assert done.ok, (method, path, done.status_code, done.text[:500])


def radicale(python: Path, processes: Processes, port: int, folder: Path) -> Dav:
    """Radicale as its documentation starts it, with one user."""
    folder.mkdir()
    users = folder / "users"
    users.write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    options = [
        f"--server-hosts={HOST}:{port}",
        f"--storage-filesystem-folder={folder / 'collections'}",
        "--auth-type=htpasswd",
        f"--auth-htpasswd-filename={users}",
        "--auth-htpasswd-encryption=plain",
    ]
    process = processes.start("radicale", [python, "-m", "radicale", *options])
    return Dav("radicale", f"http://{HOST}:{port}", f"/{USER}/", process)


def xandikos(python: Path, processes: Processes, port: int, folder: Path) -> Dav:
    """Xandikos as its documentation starts it; it knows no passwords by itself."""
    options = ["-d", str(folder), "--defaults", "--listen-address", HOST, "--port", str(port)]
    process = processes.start("xandikos", [python, "-m", "xandikos", "serve", *options])
    return Dav("xandikos", f"http://{HOST}:{port}", "/user/calendars/", process)
