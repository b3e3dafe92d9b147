"""Commands are found by themselves, and only the one that was named is loaded."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from casebook import commands

#: What takes long to load, and for which commands it must not be.
SLOW = {"frictionless": ("build", "preview"), "mkdocs": ("check", "build", "new")}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "importtime", "-m", "casebook", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_every_command_is_listed_in_its_place() -> None:
    loaded = commands.load(commands.names())
    assert [command.PLACE for command in loaded.values()] == sorted(command.PLACE for command in loaded.values())
    said = run("--help").stdout
    assert all(f"\n    {name} " in said for name in loaded)


@pytest.mark.parametrize(("package", "name"), [(package, name) for package, names in SLOW.items() for name in names])
def test_a_command_loads_only_what_it_needs(package: str, name: str) -> None:
    done = run("--schemas", "check", name, "--help")
    assert done.returncode == 0
    assert f"usage: casebook {name} " in done.stdout
    assert package not in done.stderr


@pytest.mark.parametrize("arguments", [["chekc"], ["--schemas", "check", "chekc"]])
def test_who_mistypes_a_command_is_told_all_of_them(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == commands.USAGE
    assert all(f"'{name}'" in done.stderr for name in commands.names())


def test_who_stops_listening_stops_the_command_quietly() -> None:
    command = [sys.executable, "-m", "casebook", "explain", "symlink"]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=buffered) as started:
        assert started.stdout is not None
        started.stdout.close()
        _, said = started.communicate()
    assert started.returncode == commands.PROBLEMS
    assert said == b""


def test_an_option_without_its_value_is_said() -> None:
    done = run("--schemas")
    assert done.returncode == commands.USAGE
    assert "--schemas" in done.stderr.splitlines()[-1]
