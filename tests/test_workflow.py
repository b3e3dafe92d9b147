"""From an issue to a draft pull request: the form, what is read from events, and what the workflow's commands do."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from casebook import cli
from casebook.intake import issue, issueform
from casebook.intake.layout import layout
from casebook.schema import Library
from support import EXAMPLES, ROOT, SCHEMAS

EVENTS = EXAMPLES / "events"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORM = ROOT / issueform.PATH

Jobs = dict[str, dict[str, Any]]


def jobs(name: str) -> Jobs:
    found: Jobs = yaml.safe_load((ROOT / ".github/workflows" / name).read_text(encoding="utf-8"))["jobs"]
    return found


def script(job: str) -> str:
    """The commands of a job of the workflow, as the runner would run them."""
    return str(next(step["run"] for step in jobs("case.yml")[job]["steps"] if "run" in step))


def take(event: str, folder: Path, number: int) -> tuple[int, Path, Path]:
    case, answer = folder / f"issue-{number}.yaml", folder / "answer.md"
    given = ("import", "--issue", EVENTS / f"{event}.json", "-o", case, "--answer", answer)
    return cli.main(["--schemas", str(SCHEMAS), *map(str, given)]), case, answer


# -- the form ------------------------------------------------------------------------------


def test_the_form_is_the_one_that_the_schemas_give(library: Library) -> None:
    made = issueform.form(layout(library))
    words = f"casebook template issue -o {issueform.PATH}"
    assert FORM.read_text(encoding="utf-8") == made, words


def test_the_form_is_one_that_github_takes(library: Library) -> None:
    form = yaml.safe_load(FORM.read_text(encoding="utf-8"))
    asked = [each for each in form["body"] if each["type"] != "markdown"]
    ids = [each["id"] for each in asked]
    labels = [each["attributes"]["label"] for each in asked]
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch("[A-Za-z0-9_-]+", id) for id in ids)
    for each in asked:
        options = each["attributes"].get("options", [])
        if each["type"] == "dropdown":
            assert len(set(options)) == len(options)
            assert "None" not in options
    for name in library.questions:
        assert f"answers-{name}" in ids


def test_every_question_and_needed_field_comes_back(library: Library, tmp_path: Path) -> None:
    """Whatever is written under a heading of the form arrives in its cell."""
    sheets = layout(library)
    asks = issueform.asked(sheets)
    sections = [f"### {ask.label}\n\nwords for {ask.id}" for ask in asks]
    found = issue.grid(sheets, issue.Issue(1, "2024-01-01", "\n\n".join(sections)))
    texts = {text for lines in found.values() for line in lines for text in line.values()}
    for ask in asks:
        assert f"words for {ask.id}" in texts


# -- events --------------------------------------------------------------------------------


def test_a_good_issue_becomes_a_draft_that_says_what_was_written(tmp_path: Path) -> None:
    code, case, answer = take("good", tmp_path, 12)
    assert code == 0
    data = yaml.safe_load(case.read_text(encoding="utf-8"))
    fee = data["answers"]["resident_fee"][0]
    assert fee["says"] == "attributed"
    assert fee["by"] == {"zh": "社区党总支副书记"}
    assert fee["quote"] == data["answers"]["steps"][0]["quote"] == data["answers"]["delivered_by"][0]["quote"]
    assert data["answers"]["steps"][0]["zh"].startswith("把社区")
    assert data["answers"]["cost"] == "not reported"
    assert data["answers"]["collection_rate"] == "not applicable"
    assert data["answers"]["outcomes"][0]["says"] == "reported"
    assert (data["place"]["area"], data["review"]["state"]) == ("430204", "draft")
    assert data["problems"] == ["no_manager", "sanitation", "employer_withdrew"]
    assert data["sources"][0]["translation"] == "machine"
    assert "Closes #12" in answer.read_text(encoding="utf-8")
    assert cli.main(["--schemas", str(SCHEMAS), "check", str(case)]) == 0


def test_an_issue_in_english_is_a_case_in_english(tmp_path: Path) -> None:
    code, case, _ = take("english", tmp_path, 15)
    assert code == 0
    data = yaml.safe_load(case.read_text(encoding="utf-8"))
    assert (data["written_in"], data["record"]) == ("en", "snapshot")
    assert list(data["title"]) == ["en"]
    assert [each["en"] for each in data["answers"]["delivered_by"]] == [
        "One cleaner for all three.",
        "Neighbours stand in on Sundays.",
    ]
    assert data["answers"]["problem"][0]["by"] == {"en": "the head of the residents' committee"}


def test_blanks_are_silence_only_where_somebody_says_so(tmp_path: Path, library: Library) -> None:
    code, case, answer = take("empty", tmp_path, 14)
    assert code == 1
    assert not case.exists()
    told = answer.read_text(encoding="utf-8")
    assert all(question.labels["zh"] in told for question in library.questions.values())


def test_hostile_text_is_refused_and_shown_as_text(tmp_path: Path) -> None:
    code, case, answer = take("hostile", tmp_path, 13)
    assert code == 1
    assert not case.exists()
    told = answer.read_text(encoding="utf-8")
    own = re.sub(r"<br>", "", told)
    for sign in ("<", "@", "](", "${{", "\u202e"):
        assert sign not in own.replace("`[ ]`", "").replace("`[x]`", "")
    assert "#1 " not in told
    assert [path.name for path in tmp_path.iterdir()] == ["answer.md"]


@pytest.mark.parametrize("event", ["not-from-form", "nothing"])
def test_other_issues_are_left_alone(event: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "event.json"
    text = {"nothing": '{"issue": {"number": "12; rm", "body": null}}'}.get(event)
    path.write_text(text or (EVENTS / f"{event}.json").read_text(encoding="utf-8"), encoding="utf-8")
    answer = tmp_path / "answer.md"
    assert cli.main(["--schemas", str(SCHEMAS), "import", "--issue", str(path), "--answer", str(answer)]) == 1
    assert issue.NOT_FROM_FORM[0] in capsys.readouterr().out
    assert [each.name for each in tmp_path.iterdir()] == ["event.json"]


def test_a_heading_in_a_text_is_text(library: Library) -> None:
    asks = issueform.asked(layout(library))
    first, last = asks[0].label, asks[-1].label
    body = f"### {first}\n\nA\n\n### {last}\n\nsaid\n\n### {first}\n\nB"
    found = issue.grid(layout(library), issue.Issue(1, "2024-01-01", body))
    header = next(iter(found.values()))[0]
    assert "A" in header.values()
    assert not any(text == "B" for text in header.values())


# -- workflows -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_take_little_and_trust_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in text
    assert "secrets." not in text
    for used in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", used)
    for job in workflow["jobs"].values():
        writes = [name for name, right in job["permissions"].items() if right == "write"]
        runs = [step["run"] for step in job["steps"] if "run" in step]
        assert all("${{" not in run for run in runs)
        # Whoever may change something runs nothing that a pull request or an issue brought along.
        assert not (writes and any("scripts/" in run for run in runs))


def test_zizmor_finds_nothing() -> None:
    program = Path(sys.executable).with_name("zizmor")
    if not program.exists():
        pytest.skip("zizmor is not installed")
    done = subprocess.run(
        [program, "--offline", "--no-progress", ROOT / ".github"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """What a runner gives to commands: programs by name, files to write results to."""
    programs = tmp_path / "programs"
    programs.mkdir()
    commands = {"python3": f'exec {shlex.quote(sys.executable)} "$@"', "gh": 'printf "%s\\n" "$*" >> "$CALLS"'}
    for name, command in commands.items():
        (programs / name).write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    named = {name: str(tmp_path / name.lower()) for name in ("CALLS", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_"))}
    return environment | named | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}


def shell(commands: str, folder: Path, environment: dict[str, str]) -> str:
    """Run commands as a runner does; gives its log."""
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", commands],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def checkout(folder: Path) -> Path:
    """A repository with somewhere to push to, and the command in place of what sets it up."""
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    subprocess.run([*git, "init", "-q", "--bare", folder / "origin"], check=True)
    subprocess.run([*git, "clone", "-q", folder / "origin", folder / "work"], check=True, capture_output=True)
    work = folder / "work"
    (work / "cases").mkdir()
    (work / "cases" / "README").write_text("", encoding="utf-8")
    (work / "scripts").mkdir()
    (work / "scripts" / "dev.py").write_text(
        f"import sys\nfrom casebook import cli\nsys.exit(cli.main(['--schemas', {str(SCHEMAS)!r}, *sys.argv[1:]]))\n",
        encoding="utf-8",
    )
    subprocess.run([*git, "add", "."], cwd=work, check=True)
    subprocess.run([*git, "commit", "-qm", "begin"], cwd=work, check=True)
    subprocess.run([*git, "push", "-q", "origin", "HEAD:main"], cwd=work, check=True)
    return work


@pytest.mark.parametrize(
    ("event", "number", "outcome"),
    [
        ("good", 12, "draft"),
        ("shell", 17, "draft"),
        ("hostile", 13, "answer"),
        ("empty", 14, "answer"),
        ("not-from-form", 16, "none"),
    ],
)
def test_the_workflow_reads_an_event(
    event: str, number: int, outcome: str, tmp_path: Path, runner: dict[str, str]
) -> None:
    work = checkout(tmp_path)
    runner |= {
        "NUMBER": str(number),
        "GITHUB_EVENT_PATH": str(EVENTS / f"{event}.json"),
        "PYTHONPATH": str(ROOT / "scripts"),
    }
    log = shell(script("read"), work, runner)
    assert log == ""  # a runner obeys commands that stand in its log
    assert Path(runner["GITHUB_OUTPUT"]).read_text(encoding="utf-8") == f"outcome={outcome}\n"
    assert not list(tmp_path.rglob("owned"))


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_workflow_opens_one_draft_and_leaves_it_to_its_editor(tmp_path: Path, runner: dict[str, str]) -> None:
    work = checkout(tmp_path)
    runner |= {"NUMBER": "17", "GITHUB_EVENT_PATH": str(EVENTS / "shell.json"), "PYTHONPATH": str(ROOT / "scripts")}
    shell(script("read"), work, runner)
    shell(script("draft"), work, runner)
    shown = subprocess.run(
        ["git", "diff", "--name-only", "main", "case/issue-17"],
        cwd=tmp_path / "origin",
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.split() == ["cases/issue-17.yaml"]
    calls = Path(runner["CALLS"]).read_text(encoding="utf-8")
    assert "pr create --draft --head case/issue-17 --title Case from issue #17 --body-file handed/answer.md" in calls
    before = calls
    shell(script("draft"), work, runner)
    assert Path(runner["CALLS"]).read_text(encoding="utf-8") == before + "auth setup-git\n"
    assert not list(tmp_path.rglob("owned"))
