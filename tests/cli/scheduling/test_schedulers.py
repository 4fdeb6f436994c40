"""What systemd, launchd and cron are told, and that telling them again or no more leaves all else as it is."""

from __future__ import annotations

import plistlib
import shlex
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.cli.failures import Problem
from worklens.cli.scheduling import systemd
from worklens.cli.scheduling.cron import Cron
from worklens.cli.scheduling.job import Job, Run, Said, Scheduler, Time, job_of, name_of, run, time_of
from worklens.cli.scheduling.launchd import Launchd
from worklens.cli.scheduling.systemd import Systemd

ODD = "/home/me/my data/50% \"off\" 'now' $HOME\\ü"
JOB = Job(
    "worklens",
    Time(7, 5),
    ("/usr/bin/python 3", "-m", "worklens", "schedule", "--now", "--data-dir", ODD),
    {"PATH": "/usr/bin:/bin", "WORKLENS_SECRETS": "file"},
    Path(ODD) / "schedule.log",
)
OTHER = JOB._replace(name="worklens-1234abcd", at=Time(23, 0))


class Machine:
    """Remembers what is run, and keeps a crontab."""

    def __init__(self, crontab: str = "") -> None:
        self.calls: list[tuple[str, ...]] = []
        self.crontab = crontab
        self.fails: dict[str, Said] = {}

    def run(self, args: Sequence[str], text: str) -> Said:
        """As the real programs do."""
        self.calls.append(tuple(args))
        for word in args:
            if word in self.fails:
                return self.fails[word]
        if tuple(args) == ("crontab", "-l"):
            return Said(0, self.crontab) if self.crontab else Said(1, stderr="no crontab for me\n")
        if tuple(args) == ("crontab", "-"):
            self.crontab = text
        return Said(0)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of one's own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)


ALL: dict[str, Callable[[Run], Scheduler]] = {"systemd": Systemd, "launchd": Launchd, "cron": Cron}


@pytest.mark.parametrize("name", ALL)
def test_installed_twice_moved_and_removed(name: str) -> None:
    """The time is the last one that was given; another data directory's job stays; nothing is left behind."""
    machine = Machine("MAILTO=me\n0 1 * * * echo mine # worklens\n" if name == "cron" else "")
    before = machine.crontab
    one: Scheduler = ALL[name](machine.run)
    one.remove("worklens")
    for job in (JOB, OTHER, JOB, JOB._replace(at=Time(8, 0))):
        one.install(job)
    assert (one.installed("worklens"), one.installed(OTHER.name)) == (Time(8, 0), Time(23, 0))

    one.remove("worklens")
    one.remove("worklens")
    assert (one.installed("worklens"), one.installed(OTHER.name)) == (None, Time(23, 0))
    one.remove(OTHER.name)
    assert machine.crontab == before
    assert not [path for path in Path.home().rglob("*") if path.is_file()]


def test_the_line_of_a_crontab() -> None:
    """A shell reads from it the very words, once cron has taken its backslashes before percent signs away."""
    machine = Machine()
    Cron(machine.run).install(JOB)
    minute, hour, *_, command = machine.crontab.rstrip("\n").split(" ", 5)
    assert (minute, hour) == ("5", "7")
    assert "%" not in command.replace(r"\%", "")
    words = shlex.split(command.replace(r"\%", "%"), comments=True)
    assert words == [
        "env",
        "PATH=/usr/bin:/bin",
        "WORKLENS_SECRETS=file",
        *JOB.args,
        ">",
        str(JOB.log),
        "2>&1",
    ]


def test_the_keyring_is_reached_from_cron(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cron knows nothing of the session's bus, by which a token is asked for."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus")
    machine = Machine()
    Cron(machine.run).install(JOB)
    assert "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus" in machine.crontab


def test_a_crontab_that_can_not_be_read_is_not_overwritten() -> None:
    """Somebody's lines may stand in it."""
    machine = Machine("0 1 * * * echo mine\n")
    machine.fails["-l"] = Said(1, stderr="You (me) are not allowed to use this program (crontab)")
    with pytest.raises(Problem, match="schedule-refused"):
        Cron(machine.run).install(JOB)
    assert machine.crontab == "0 1 * * * echo mine\n"


def test_a_line_break_is_refused() -> None:
    """It would end the line."""
    with pytest.raises(Problem, match="schedule-newline"):
        Cron(Machine().run).install(JOB._replace(args=("a\nb",)))


def test_the_units_of_systemd() -> None:
    """The words are quoted as it reads them back; the timer makes up for what it missed."""
    machine = Machine()
    Systemd(machine.run).install(JOB)
    service = (systemd.folder() / "worklens.service").read_text(encoding="utf-8")
    assert r'"/home/me/my data/50%% \"off\" ' + r"'now' $$HOME\\ü" + '"' in service
    assert 'Environment="PATH=/usr/bin:/bin"\n' in service
    timer = (systemd.folder() / "worklens.timer").read_text(encoding="utf-8")
    assert "OnCalendar=*-*-* 07:05:00\nPersistent=true\n" in timer
    assert [call[2] for call in machine.calls] == ["daemon-reload", "enable", "restart"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """By its own word."""
    job = JOB._replace(args=("/bin/true", *JOB.args[1:]))
    Systemd(Machine().run).install(job)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *map(str, systemd.folder().glob("worklens.*"))],
        capture_output=True, text=True, check=False, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    assert "worklens" not in done.stderr, done.stderr


def test_the_agent_of_launchd() -> None:
    """Its words need no quoting; an earlier one is unloaded first."""
    machine = Machine()
    Launchd(machine.run).install(JOB)
    told = plistlib.loads(Path(Launchd().place("worklens")).read_bytes())
    assert told["ProgramArguments"] == list(JOB.args)
    assert told["EnvironmentVariables"] == dict(JOB.environment)
    assert told["StartCalendarInterval"] == {"Hour": 7, "Minute": 5}
    assert [call[1] for call in machine.calls] == ["bootout", "bootstrap"]


def test_what_a_system_refuses_is_said() -> None:
    """With its own words."""
    machine = Machine()
    machine.fails["enable"] = Said(1, stderr="Failed to connect to bus\n")
    with pytest.raises(Problem) as problem:
        Systemd(machine.run).install(JOB)
    assert problem.value.params == {"what": "systemctl --user enable", "said": "Failed to connect to bus"}


def test_a_job_holds_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tokens in the environment stay there, and so does a proxy's password."""
    monkeypatch.setenv("WORKLENS_TODOIST_TOKEN", "secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://me:secret@proxy:3128")
    monkeypatch.setenv("WORKLENS_SECRETS", "file")
    job = job_of(tmp_path / "data", tmp_path, Time(7, 0), "zh")
    assert "secret" not in str(job.environment.values())
    assert job.environment["WORKLENS_SECRETS"] == "file"
    assert job.args[1:] == (
        "-m",
        "worklens",
        "schedule",
        "--now",
        "--data-dir",
        str(tmp_path / "data"),
        "--language",
        "zh",
    )


def test_each_data_directory_has_a_job_of_its_own() -> None:
    """The usual one has the plain name."""
    usual = Path("/home/me/data")
    names = {name_of(path, usual) for path in (usual, Path("/a"), Path("/b"))}
    assert len(names) == 3
    assert "worklens" in names


@pytest.mark.parametrize(("text", "time"), [("07:00", Time(7, 0)), ("7:05", Time(7, 5)), ("23:59", Time(23, 59)),
                                            ("24:00", None), ("7", None), ("07:60", None), ("7am", None)])  # fmt: skip
def test_times(text: str, time: Time | None) -> None:
    """Hours and minutes, and nothing else."""
    assert time_of(text) == time
    assert time is None or str(time) == text.zfill(5)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\n"), min_size=1))
def test_any_word_comes_through_cron(word: str) -> None:
    """Whatever a path is called, the shell that cron calls is given it as it is."""
    machine = Machine()
    Cron(machine.run).install(JOB._replace(args=("/bin/echo", word), environment={}))
    command = machine.crontab.rstrip("\n").split(" ", 5)[5].replace(r"\%", "%")
    assert shlex.split(command, comments=True)[2] == word


def test_a_program_that_is_not_there() -> None:
    """It ends as a shell would end it."""
    assert run(("no-such-program-here",)).code == 127
