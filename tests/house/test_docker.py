"""The container promises: what is copied suffices, nothing else goes in, and it runs with as little as it can."""

import compileall
import os
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from app.kit import settings
from tests.support import postgres
from tests.support.dockerfile import BUILD, FINAL, copied, ignored, of, variables
from tests.support.paths import ROOT
from tests.support.terminal import environment

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}


# --- The Dockerfile ----------------------------------------------------------------------------------------------


def test_what_is_copied_is_there_and_nothing_else_is_seen() -> None:
    """A build sees what the Dockerfile copies and no database, secret or history that lies beside it."""
    hidden, seen = ignored()
    assert hidden == ["*", "**/__pycache__"]
    assert sorted(copied()) == sorted(seen)
    assert [path for path in copied() if not (ROOT / path).exists()] == []


def test_both_stages_are_of_the_python_that_is_tested() -> None:
    """A virtual environment works with the Python that made it; and it is one that the project allows."""
    tags = {one.rest.split()[0] for one in of(BUILD, "FROM") + of(FINAL, "FROM")}
    (tag,) = tags
    assert tag.startswith("python:")
    version, kind, distribution = tag.removeprefix("python:").split("-")
    assert (kind, distribution.isalpha()) == ("slim", True)
    assert version == PROJECT["tool"]["mypy"]["python_version"]
    assert PROJECT["project"]["requires-python"] == f">={version}"


def test_only_what_has_a_hash_is_installed() -> None:
    """The lock is for everything that is fetched; the project itself fetches nothing to be built."""
    installs = [part for one in of(BUILD, "RUN") for part in one.rest.split("&&") if " install " in part]
    assert len(installs) == 2
    assert "--require-hashes --requirement requirements.lock" in installs[0]
    assert "--no-deps --no-build-isolation ." in installs[1]
    assert "dev" not in " ".join(one.rest for one in BUILD + FINAL)


def test_it_runs_as_nobody_in_particular_and_writes_to_its_volume_alone() -> None:
    """A number that is not root's, so that an orchestrator can check it; what it writes goes to one folder."""
    (user,), (volume,), (folder,) = of(FINAL, "USER"), of(FINAL, "VOLUME"), of(FINAL, "WORKDIR")
    owner, group = map(int, user.rest.split(":"))
    assert min(owner, group) >= 10_000
    assert f"--owner={owner} --group={group}" in of(FINAL, "RUN")[0].rest
    env = variables()
    assert {volume.rest, folder.rest, env["HOME"], env["SQLITE_TMPDIR"]} == {"/data"}
    assert env["ONRECORD_DATABASE_URL"] == "sqlite:////data/onrecord.db"
    assert env["PYTHONDONTWRITEBYTECODE"] == "1"
    assert FINAL.index(user) > FINAL.index(of(FINAL, "RUN")[-1])


def test_its_settings_are_lawful() -> None:
    """A setting that is unknown would stop the container at its start."""
    ours = {name: value for name, value in variables().items() if name.startswith(settings.PREFIX)}
    read = settings.load(ours)
    assert (read.host, read.port) == ("0.0.0.0", int(of(FINAL, "EXPOSE")[0].rest))  # noqa: S104  # Inside.


# --- What it does ------------------------------------------------------------------------------------------------


class Image(NamedTuple):
    """What the image would hold: the folder of its packages, and an environment with its programs on the path."""

    packages: Path
    environment: dict[str, str]
    data: Path

    def healthy(self) -> bool:
        """Whether the health check says so, run as it is written."""
        (check,) = of(FINAL, "HEALTHCHECK")
        command = check.exec_form
        return (
            subprocess.run(command, env=self.environment, capture_output=True, timeout=20, check=False).returncode == 0
        )


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is made of nothing but what is copied, unpacked and compiled as an installer does."""
    folder = tmp_path_factory.mktemp("image")
    for path in copied():
        if (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, folder / "build" / path, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (folder / "build").mkdir(exist_ok=True)
            shutil.copy(ROOT / path, folder / "build")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=folder / "build", capture_output=True, timeout=120, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "packages")
    assert compileall.compile_dir(folder / "packages", quiet=2)
    return folder / "packages"


@pytest.fixture
def image(packages: Path, tmp_path: Path) -> Image:
    """The image's environment on a new volume, at a free port of the loopback."""
    programs, data = tmp_path / "bin", tmp_path / "data"
    programs.mkdir()
    data.mkdir()
    for name, arguments in (("python", '"$@"'), ("onrecord", "-c 'from app.cli import main; main()' \"$@\"")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments}\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {name: value.replace("/data", str(data)) for name, value in variables().items()}
    own |= {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(packages)}
    own |= {"ONRECORD_HOST": "127.0.0.1", "ONRECORD_PORT": str(port)}
    return Image(packages, {**environment(None), **own}, data)


def started(image: Image) -> Iterator["subprocess.Popen[str]"]:
    """Run the image's command twice, as after a restart; each time until it says that it answers."""
    (command,) = of(FINAL, "CMD")
    for _ in range(2):
        process = subprocess.Popen(
            command.exec_form,
            cwd=image.data,
            env=image.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # So that whatever it started ends with it, also when this fails.
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate(timeout=20)


def said_until_it_answers(process: "subprocess.Popen[str]") -> str:
    """Return what a container writes until it answers."""
    assert process.stdout is not None
    said = ""
    while "answers at" not in said:
        line = process.stdout.readline()
        assert line, f"it ended with {process.wait()}: {said}"
        said += line
    return said


def test_what_is_copied_suffices_to_lay_out_seed_and_serve(image: Image) -> None:
    """A new volume is filled, a restart leaves it so, SIGTERM reaches the server, and the code stays as it was."""
    before = sorted(image.packages.rglob("*"))
    told = []
    for process in started(image):
        assert not image.healthy()
        told.append(said_until_it_answers(process).splitlines()[1])
        assert image.healthy()
        # The server itself, and no shell before it that would keep the signal.
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (-signal.SIGTERM, 0)
        assert not image.healthy()
    assert told[0].removesuffix(" created.") == told[1].removesuffix(" unchanged.")
    assert told[0].startswith("Seed: ")
    assert sorted(image.packages.rglob("*")) == before
    assert {path.name.partition(".db")[0] for path in image.data.iterdir()} == {"onrecord"}


# --- compose.yaml ------------------------------------------------------------------------------------------------


def test_a_container_of_ours_can_do_little() -> None:
    """No write outside its volume, no capability, no new privilege, and no caller from another machine."""
    assert set(OURS) == {"api", "api-on-postgresql"}
    port = variables()["ONRECORD_PORT"]
    for name, service in OURS.items():
        assert (ROOT / service["build"] / "Dockerfile").is_file(), name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["init"] is True, name
        assert service["ports"] == [f"127.0.0.1:{port}:{port}"], name
        assert "user" not in service, name
        assert "privileged" not in service, name


def test_what_a_service_names_is_there() -> None:
    """Volumes, services that are waited for until they are healthy, and settings."""
    declared = set(COMPOSE["volumes"])
    used = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}
    assert used == declared
    assert SERVICES["api"]["volumes"] == [f"record:{of(FINAL, 'VOLUME')[0].rest}"]
    for service in SERVICES.values():
        for needed, how in service.get("depends_on", {}).items():
            assert how == {"condition": "service_healthy"}
            assert "healthcheck" in SERVICES[needed]
            assert SERVICES[needed].get("profiles") == service.get("profiles")
        ours = {name: one for name, one in service.get("environment", {}).items() if name.startswith(settings.PREFIX)}
        settings.load(ours)
    url = SERVICES["api-on-postgresql"]["environment"]["ONRECORD_DATABASE_URL"]
    given = SERVICES["database"]["environment"]
    assert url == f"postgresql://{given['POSTGRES_USER']}@database/{given['POSTGRES_DB']}"


def test_no_secret_stands_in_the_file() -> None:
    """A password comes from whoever starts it; without one the database refuses to be made."""
    secret = {
        value
        for service in SERVICES.values()
        for name, value in service.get("environment", {}).items()
        if "PASSWORD" in name
    }
    assert secret == {"${POSTGRES_PASSWORD:-}"}


def test_the_database_is_one_that_is_tested() -> None:
    """A pinned major version, sorting text as SQLite does, checked where only the finished server listens."""
    database = SERVICES["database"]
    name, _, tag = database["image"].partition(":")
    assert name == "postgres"
    assert int(tag.split("-")[0]) >= postgres.OLDEST_VERSION
    assert "--locale=C" in database["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert "--host=127.0.0.1" in database["healthcheck"]["test"]
    assert "ports" not in database
