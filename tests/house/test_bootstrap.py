"""The set-up script, driven in a copy of the checkout with stand-ins for the system's programs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

NEEDED = ("requirements.lock", "requirements-dev.lock", "pyproject.toml")
TOOLS = (
    "sh",
    "dirname",
    "cat",
    "cksum",
    "cut",
    "grep",
    "id",
    "mkdir",
    "rm",
    "sort",
    "tr",
    "cp",
    "env",
)

# A Python that is real for questions and only notes what it is told to install.
PYTHON = """#!/bin/sh
case "$1 $2" in
    "-m venv") echo venv >>"$CALLS"; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
    "-m playwright") echo "$2 $3 $4" >>"$CALLS" ;;
    "-m pip") echo "pip $*" >>"$CALLS"; [ ! -e "$CALLS.fail" ] ;;
    *) exec {python} "$@" ;;
esac
"""
OLD_PYTHON = """#!/bin/sh
[ "$1" = --version ] && { echo "Python 3.14.0"; exit 0; }
exit 1
"""
FONTS = "Noto Sans CJK SC\\nNoto Sans Mono CJK SC\\nLatin Modern Math\\n"


class Machine:
    """A checkout and a PATH of its own."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.bin = folder / "bin"
        self.calls_file = folder / "calls"
        self.checkout.mkdir()
        self.bin.mkdir()
        shutil.copytree(ROOT / "tools", self.checkout / "tools")
        for name in NEEDED:
            shutil.copy(ROOT / name, self.checkout / name)
        for name in TOOLS:
            found = shutil.which(name)
            assert found, name
            (self.bin / name).symlink_to(found)
        self.program("python3", PYTHON.replace("{python}", sys.executable))

    def program(self, name: str, script: str = "#!/bin/sh\n") -> None:
        """Put a stand-in on the PATH, replacing a link and never writing through it."""
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(script)
        path.chmod(0o755)

    def with_system_packages(self) -> "Machine":
        for name in ("cc", "c++", "pkg-config", "chromium", "java"):
            self.program(name)
        self.program("fc-list", f'#!/bin/sh\nprintf "{FONTS}"\n')
        return self

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.bin), "CALLS": str(self.calls_file), **variables}
        return subprocess.run(
            [str(self.bin / "sh"), "tools/bootstrap", *arguments],
            cwd=self.checkout,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        """What the stand-in Python was asked to do since the last question."""
        lines = self.calls_file.read_text().splitlines() if self.calls_file.exists() else []
        self.calls_file.unlink(missing_ok=True)
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_second_set_up_does_nothing(machine: Machine) -> None:
    machine.with_system_packages()
    first = machine.run()
    assert first.returncode == 0, first.stderr
    calls = machine.calls()
    assert calls[0] == "venv"
    assert "--require-hashes -r requirements.lock" in calls[1]
    again = machine.run()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert machine.calls() == []


def test_the_tests_packages_are_added_and_then_serve_both(machine: Machine) -> None:
    machine.with_system_packages()
    machine.run()
    machine.calls()
    machine.run("test")
    calls = machine.calls()
    assert "venv" not in calls
    assert "-r requirements-dev.lock" in calls[0]
    machine.run()
    machine.run("test")
    assert machine.calls() == []


@pytest.mark.parametrize("name", NEEDED)
def test_a_changed_source_of_the_set_up_makes_it_anew(machine: Machine, name: str) -> None:
    machine.with_system_packages()
    machine.run()
    machine.calls()
    with (machine.checkout / name).open("a") as file:
        file.write("# changed\n")
    assert machine.run().returncode == 0
    assert machine.calls()[0] == "venv"


@pytest.mark.parametrize("level", ["build", "test"])
def test_a_failed_set_up_is_redone_from_nothing(machine: Machine, level: str) -> None:
    machine.with_system_packages()
    assert machine.run().returncode == 0
    failing = Path(f"{machine.calls_file}.fail")
    failing.touch()
    (machine.checkout / "requirements.lock").write_text("changed\n")
    assert machine.run(level).returncode != 0
    failing.unlink()
    machine.calls()
    assert machine.run(level).returncode == 0
    assert machine.calls()[0] == "venv"


def test_a_moved_checkout_is_set_up_anew(machine: Machine) -> None:
    machine.with_system_packages()
    machine.run()
    machine.calls()
    moved = machine.checkout.with_name("moved")
    machine.checkout.rename(moved)
    machine.checkout = moved
    assert machine.run().returncode == 0
    assert machine.calls()[0] == "venv"


def test_an_unsupported_python_is_refused_in_one_line(machine: Machine) -> None:
    machine.program("python3", OLD_PYTHON)
    done = machine.run()
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1
    assert "Python 3.11, 3.12 or 3.13 is needed; found Python 3.14.0" in done.stderr


def test_another_python_is_found_by_its_version(machine: Machine) -> None:
    machine.with_system_packages()
    (machine.bin / "python3").rename(machine.bin / "python3.12")
    machine.program("python3", OLD_PYTHON)
    assert machine.run().returncode == 0


def test_the_variable_names_the_python(machine: Machine) -> None:
    machine.with_system_packages()
    machine.program("other", OLD_PYTHON)
    done = machine.run(PYTHON="other")
    assert done.returncode != 0
    assert "PYTHON=other" in done.stderr


@pytest.mark.parametrize(
    ("manager", "expected"),
    [
        ("dnf", "sudo dnf install cairo-devel chromium gcc-c++ google-noto-sans-cjk-fonts"),
        ("pacman", "sudo pacman -S --needed cairo chromium gcc jre-openjdk-headless"),
        ("brew", "brew install cairo font-latin-modern-math font-noto-sans-cjk gcc google-chrome"),
    ],
)
def test_other_systems_are_told_the_command(machine: Machine, manager: str, expected: str) -> None:
    machine.program(manager)
    done = machine.run("test")
    assert done.returncode != 0
    assert expected in done.stderr
    assert not (machine.checkout / ".venv").exists()


def test_debian_installs_what_is_missing_and_says_so(machine: Machine) -> None:
    machine.with_system_packages()
    for name in ("cc", "java"):
        (machine.bin / name).unlink()
    machine.program("id", "#!/bin/sh\necho 0\n")
    machine.program(
        "apt-get",
        '#!/bin/sh\necho "apt-get $*" >>"$CALLS"\n'
        f'[ "$1" = update ] || {{ cp {machine.bin}/c++ {machine.bin}/cc; '
        f"cp {machine.bin}/c++ {machine.bin}/java; }}\n",
    )
    done = machine.run("test")
    assert done.returncode == 0, done.stderr
    assert "missing on this system: compiler java" in done.stderr
    calls = machine.calls()
    assert calls[0].startswith("apt-get update")
    assert "build-essential default-jre-headless" in calls[1]


def test_ubuntu_gets_chrome_from_playwright(machine: Machine, tmp_path: Path) -> None:
    machine.with_system_packages()
    release = tmp_path / "os-release"
    release.write_text("NAME=Ubuntu\nID=ubuntu\n")
    assert machine.run("test", OS_RELEASE=str(release)).returncode == 0
    assert machine.calls()[-1] == "playwright install chrome"


def test_a_stand_in_leaves_the_real_program_alone(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    real = tmp_path / "real"
    real.write_text("real")
    (machine.bin / "tool").symlink_to(real)
    machine.program("tool")
    assert real.read_text() == "real"


def test_without_root_and_sudo_the_command_is_told(machine: Machine) -> None:
    machine.with_system_packages()
    (machine.bin / "cc").unlink()
    machine.program("id", "#!/bin/sh\necho 1000\n")
    machine.program("apt-get", '#!/bin/sh\necho "apt-get $*" >>"$CALLS"\n')
    done = machine.run()
    assert done.returncode != 0
    assert "apt-get install -y --no-install-recommends build-essential" in done.stderr
    assert machine.calls() == []


def test_continuous_integration_runs_the_readme_command() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text().splitlines()
