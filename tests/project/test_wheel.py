"""What is installed from a wheel works without a checkout: nothing is left out of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.dump import EXAMPLE, EXAMPLE_DATE, ROOT

pytestmark = pytest.mark.slow
SOURCES = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "requirements.lock")


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy, so that the checkout stays as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "labkesmas_batch", folder / "labkesmas_batch", ignore=unwanted)
    for name in SOURCES:
        shutil.copyfile(ROOT / name, folder / name)
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", ".")
    done = run(*pip, cwd=folder)
    if done.returncode and "setuptools" in done.stderr and "Could not find" in done.stderr:
        pytest.skip("setuptools cannot be had without a network")
    assert done.returncode == 0, done.stderr
    (built,) = (folder / "dist").glob("*.whl")
    return built


def test_a_wheel_holds_every_module_and_what_they_read(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("labkesmas_batch/")}
    package = ROOT / "labkesmas_batch"
    wanted = {
        path.relative_to(ROOT).as_posix()
        for pattern in ("*.py", "*.xlsx", "*.mo", "*.po", "py.typed")
        for path in package.rglob(pattern)
    }
    assert wanted == held


def test_an_empty_environment_with_the_wheel_schedules_the_example(wheel: Path, tmp_path: Path):
    home = tmp_path / "env"
    assert run(sys.executable, "-m", "venv", home, cwd=tmp_path).returncode == 0
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    lock = ROOT / "requirements.lock"
    done = run(
        scripts / "python", "-m", "pip", "install", "--quiet", "-c", lock, wheel, cwd=tmp_path
    )
    if done.returncode and "Could not find a version" in done.stderr:
        pytest.skip("the libraries cannot be had without a network")
    assert done.returncode == 0, done.stderr
    program = scripts / "labkesmas-batch"
    assert run(program, "--help", cwd=tmp_path).returncode == 0
    assert "labkesmas-batch" in run(program, "--version", cwd=tmp_path).stdout
    shutil.copyfile(EXAMPLE, tmp_path / EXAMPLE.name)
    done = run(program, "run", EXAMPLE.name, "--date", EXAMPLE_DATE, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "output" / f"{EXAMPLE_DATE}-r1" / "jadwal.xlsx").is_file()
