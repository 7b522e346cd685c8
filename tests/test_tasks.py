"""A checkout is prepared once, again when what it needs has changed, and never half."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import tasks


@pytest.fixture(scope="session")
def fresh_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment as Python makes it, to be copied."""
    path = tmp_path_factory.mktemp("environment") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", path], check=True)
    return path


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh_environment: Path) -> list[Sequence[str]]:
    """A checkout with its requirements and nothing of them installed; what pip was asked for, in order."""
    shutil.copytree(fresh_environment, tmp_path / ".venv", symlinks=True)
    asked: list[Sequence[str]] = []
    scripts = tmp_path / ".venv" / "bin"
    monkeypatch.setattr(tasks, "ROOT", tmp_path)
    monkeypatch.setattr(tasks, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(tasks, "SCRIPTS", scripts)
    monkeypatch.setattr(tasks, "PYTHON", scripts / "python")
    monkeypatch.setattr(tasks, "_pip_install", asked.append)
    (tmp_path / "requirements.txt").write_text("app==1\n")
    (tmp_path / "requirements-test.txt").write_text("proof==1\n")
    return asked


def test_what_is_installed_is_not_installed_again(installs: list[Sequence[str]]) -> None:
    tasks.install(tasks.RUN_REQUIREMENTS)
    tasks.install(tasks.RUN_REQUIREMENTS)
    assert installs == [["-r", "requirements.txt"]]


def test_what_the_tests_need_includes_what_running_needs(installs: list[Sequence[str]]) -> None:
    tasks.install(tasks.TEST_REQUIREMENTS)
    tasks.install(tasks.RUN_REQUIREMENTS)
    assert installs == [["-r", "requirements.txt", "-r", "requirements-test.txt"]]


def test_a_changed_requirement_is_installed(installs: list[Sequence[str]]) -> None:
    tasks.install(tasks.RUN_REQUIREMENTS)
    (tasks.ROOT / "requirements.txt").write_text("app==2\n")
    tasks.install(tasks.RUN_REQUIREMENTS)
    assert len(installs) == 2


def test_an_install_that_broke_off_is_taken_up_again(
    installs: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off(arguments: Sequence[str]) -> None:
        raise tasks.Failed("no network")

    tasks.install(tasks.RUN_REQUIREMENTS)
    (tasks.ROOT / "requirements.txt").write_text("app==2\n")
    with monkeypatch.context() as broken:
        broken.setattr(tasks, "_pip_install", breaks_off)
        with pytest.raises(tasks.Failed):
            tasks.install(tasks.RUN_REQUIREMENTS)
    (tasks.ROOT / "requirements.txt").write_text("app==1\n")
    tasks.install(tasks.RUN_REQUIREMENTS)
    assert len(installs) == 2


def test_an_environment_without_its_python_is_made_anew(installs: list[Sequence[str]]) -> None:
    tasks.install(tasks.RUN_REQUIREMENTS)
    tasks.PYTHON.unlink()
    tasks.install(tasks.RUN_REQUIREMENTS)
    assert len(installs) == 2
    assert subprocess.run([tasks.PYTHON, "-c", "import pip"], check=False).returncode == 0


def test_pip_that_fails_is_said_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tasks, "PYTHON", Path(sys.executable))
    with pytest.raises(tasks.Failed, match="pip could not"):
        tasks._pip_install(["--no-index", "no-such-requirement-anywhere"])
    assert "no-such-requirement-anywhere" in capsys.readouterr().err


def test_the_browser_that_was_named_is_taken_before_one_that_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = tmp_path / "google-chrome"
    found.write_text("#!/bin/sh\n")
    found.chmod(0o755)
    monkeypatch.delenv("CHROME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tasks.find_browser() == str(found)
    monkeypatch.setenv("CHROME", "/opt/mine")
    assert tasks.find_browser() == "/opt/mine"


def test_every_task_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for task, _ in tasks.TASKS:
        with pytest.raises(SystemExit) as ended:
            tasks.main([task.__name__, "--help"])
        assert ended.value.code == 0
    assert "PORT" in capsys.readouterr().out
