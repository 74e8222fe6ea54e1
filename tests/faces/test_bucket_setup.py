"""`etam setup-bucket` as an operator meets it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.faces.cli import app
from pipeline.ground.workspace import Workspace
from pipeline.words.errors import SetupProblem
from tests.episodes_on_disk import make_workspace
from tests.s3_places import new_bucket, plain_client, sign_in


@pytest.fixture
def show(moto_endpoint: str, tmp_path: Path, monkeypatch) -> Workspace:
    sign_in(monkeypatch, "key", "secret")
    settings = f'target = "s3"\nbucket = "{new_bucket(moto_endpoint)}"\nprefix = "acara"\n'
    settings += f'endpoint = "{moto_endpoint}"\naddressing = "path"\n'
    return make_workspace(tmp_path / "show", publish=settings)


def etam(show: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(show.root), "setup-bucket", *arguments])


def test_it_shows_what_would_change_and_who_gets_which_rights(show: Workspace) -> None:
    said = etam(show).stdout
    assert "≠ CORS: Not yet: Players on other web pages may fetch and seek." in said
    assert '"Sid": "EtamReaders' in said
    assert "Rights for whoever runs `etam publish`" in said
    assert "Rights for whoever runs `etam gc --delete`" in said
    assert "Nothing was changed." in said
    assert etam(show).stdout == said


def test_it_applies_when_asked_and_says_so_for_each(show: Workspace) -> None:
    done = etam(show, "--apply")
    assert done.exit_code == 0
    assert "✓ CORS: Done: Players on other web pages may fetch and seek." in done.stdout
    assert "≠" not in etam(show).stdout


def test_a_program_reads_all_of_it(show: Workspace) -> None:
    said = json.loads(etam(show, "--json").stdout)
    looks = {look["about"]: look for look in said["looks"]}
    assert looks["policy"]["state"] == "differs"
    assert looks["policy"]["now"] is None
    assert looks["policy"]["wanted"]["Statement"][0]["Action"] == "s3:GetObject"
    actions = json.dumps(said["policies"]["publish"])
    assert "s3:PutObject" in actions
    assert "Delete" not in actions
    assert "s3:DeleteObject" in json.dumps(said["policies"]["gc --delete"])


def test_a_folder_needs_no_setting_up(tmp_path: Path) -> None:
    done = etam(make_workspace(tmp_path / "show"))
    assert isinstance(done.exception, SetupProblem)
    assert "published to a folder" in done.exception.problem


def test_a_date_in_a_rule_of_others_can_be_shown(show: Workspace) -> None:
    settings = show.show.publish
    rule = {
        "ID": "once",
        "Status": "Enabled",
        "Filter": {"Prefix": "logs/"},
        "Expiration": {"Date": datetime(2030, 1, 1, tzinfo=UTC)},
    }
    plain_client(str(settings.endpoint)).put_bucket_lifecycle_configuration(
        Bucket=settings.bucket, LifecycleConfiguration={"Rules": [rule]}
    )
    assert "2030-01-01" in etam(show).stdout
    assert etam(show, "--apply").exit_code == 0
