"""The command `etam`: one function a command, each a few lines over the layers below.

A command imports what only it needs, so that `etam plan` does not wait for a web server.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.faces import models, report, wordpress
from pipeline.faces.errors import INTERRUPTED, exit_code, sentences
from pipeline.faces.work import (
    CONSOLE,
    bars_for,
    log_of,
    publish_with_bars,
    run_with_bars,
)
from pipeline.ground.workspace import Workspace, find_workspace
from pipeline.running.plan import plan_episode
from pipeline.running.road import ROAD
from pipeline.stages.ingest import add_to_inbox
from pipeline.words.clips import Shape
from pipeline.words.deliveries import ExportFormat
from pipeline.words.errors import EpisodeProblem, SetupProblem

app = typer.Typer(
    help="From a folder of raw recordings to a podcast and its articles.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(models.app, name="models")
app.add_typer(wordpress.app, name="wordpress")
_folder = Path()

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Keys = Annotated[
    Path | None, typer.Option(help="This machine's folder of keys, made by `etam cluster-keys`.")
]
Slugs = Annotated[
    list[str] | None, typer.Argument(metavar="[SLUG]...", help="Episodes; all when none is named.")
]


def main() -> None:
    """Run the command line; errors become sentences here, and only here."""
    signal.signal(signal.SIGINT, _stop)
    _let_every_terminal_be_written_to()
    try:
        app()
    except BrokenPipeError:
        os._exit(1)
    except Exception as error:  # noqa: BLE001 - the last border before the person
        _say(error)
        sys.exit(exit_code([error]))


def _let_every_terminal_be_written_to() -> None:
    """What a terminal cannot show is written as an escape: a log in ASCII is no reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """End at once: stages that run in threads hold nothing that a kill could damage."""
    CONSOLE.show_cursor()
    CONSOLE.print("Stopped. What was finished is kept; run again to go on.")
    os._exit(INTERRUPTED)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _common(
    workspace: Annotated[
        Path, typer.Option("--workspace", "-C", help="The workspace, or a folder inside it.")
    ] = Path(),
    _version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version."),
    ] = False,
) -> None:
    global _folder
    _folder = workspace


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the new show.")],
    title: Annotated[str, typer.Option(prompt="Name of the show")],
    author: Annotated[str, typer.Option(prompt="Who makes it (station or newsroom)")],
    email: Annotated[str, typer.Option(prompt="E-mail address for the directories")],
    base_url: Annotated[str, typer.Option(prompt="Web address of the published folder")],
    language: Annotated[str, typer.Option(help="Such as “id” or “en”.")] = "id",
    category: Annotated[str, typer.Option(help="Apple Podcasts category.")] = "Government",
    model: Annotated[str, typer.Option(help="Whisper model: auto, a name, a folder.")] = "auto",
) -> None:
    """Make a new show in DIR with a commented configuration."""
    from pipeline.faces.init import Answers, init_workspace

    answers = Answers(
        title=title,
        author=author,
        owner_email=email,
        base_url=base_url,
        language=language,
        categories=(category,),
        model=model,
    )
    workspace = init_workspace(folder, answers)
    typer.echo(
        f"The show is in {workspace.root}.\n"
        f"Look through {workspace.show_file}, drop a recording in {workspace.inbox}, "
        "then run `etam doctor` and `etam run` there."
    )


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...", exists=True)],
) -> None:
    """Copy recordings to the inbox; each file or folder is one episode."""
    workspace = find_workspace(_folder)
    with bars_for(workspace) as bars, bars.bar("copying") as progress:
        added = add_to_inbox(workspace, paths, progress)
    for path in added:
        typer.echo(f"In the inbox: {path.name}")


@app.command("import")
def import_(
    source: Annotated[str, typer.Argument(metavar="FEED_URL|FILE", help="The old show's feed.")],
    audio: Annotated[bool, typer.Option("--audio", help="Fetch the recordings too.")] = False,
    base_url: Annotated[
        str, typer.Option(help="Of the new feed; makes a workspace where there is none.")
    ] = "",
    email: Annotated[str, typer.Option(help="The owner's, where the old feed has none.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take over a show from another host with its GUIDs, dates and settings."""
    from pipeline.faces.import_report import show_import
    from pipeline.faces.importing import import_show

    done = import_show(_folder, source, audio=audio, base_url=base_url, email=email)
    show_import(done, as_json=as_json)
    raise typer.Exit(exit_code(done.errors))


@app.command()
def run(
    slugs: Slugs = None,
    force: Annotated[
        list[str] | None, typer.Option(help="Run this stage whether it must or not.")
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=0, help="Episodes at a time; 0 chooses by the cores.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Take in the inbox and bring every episode up to date, short of publishing."""
    workspace = find_workspace(_folder)
    _check_stage_names(force or [])
    _check_slugs(workspace, slugs or [])
    done = run_with_bars(workspace, slugs or [], force or [], jobs)
    report.show_run(workspace, done, as_json=as_json)
    raise typer.Exit(exit_code(done.errors))


@app.command()
def plan(slugs: Slugs = None, as_json: AsJson = False) -> None:
    """Say what `run` would do and why, without doing it."""
    workspace = find_workspace(_folder)
    steps = {}
    problems = {}
    errors: list[Exception] = []
    for slug in slugs or workspace.slugs():
        try:
            steps[slug] = plan_episode(workspace, workspace.episode(slug), ROAD)
        except Exception as error:  # noqa: BLE001 - one episode hides no other
            errors.append(error)
            problems[slug] = sentences(error, log_of(workspace))
            _say(error)
    workspace.digests.save()
    report.show_plan(steps, problems, as_json=as_json)
    raise typer.Exit(exit_code(errors))


@app.command()
def status(as_json: AsJson = False) -> None:
    """Show each episode's stage, and what waits for whom."""
    report.show_status(find_workspace(_folder), as_json=as_json)


@app.command()
def doubts(
    slug: Annotated[str, typer.Argument(help="The episode.")], as_json: AsJson = False
) -> None:
    """List the places of a transcript that an editor should listen to, and why."""
    from pipeline.faces.doubts import show_doubts

    show_doubts(find_workspace(_folder).episode(slug), as_json=as_json)


@app.command()
def check(
    slug: Annotated[str, typer.Argument(help="The episode.")], as_json: AsJson = False
) -> None:
    """Compare article.md (or the draft) with the recording: quotes, numbers, names, spelling."""
    from pipeline.faces.checking import check_episode

    raise typer.Exit(check_episode(find_workspace(_folder), slug, as_json=as_json))


@app.command()
def changes(
    slug: Annotated[str, typer.Argument(help="The episode.")], as_json: AsJson = False
) -> None:
    """Show what editors changed in a transcript, word by word, and what must be decided."""
    from pipeline.faces.changes import show_changes

    show_changes(find_workspace(_folder).episode(slug), as_json=as_json)


@app.command()
def watch() -> None:
    """Keep running: take in, process and publish whatever changes, until stopped."""
    from pipeline.faces.watcher import Watcher

    workspace = find_workspace(_folder)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    CONSOLE.print(f"Watching {workspace.inbox}. Stop with Ctrl+C.", soft_wrap=True)
    Watcher(workspace.root, stop).watch()


@app.command()
def approve(
    slugs: Annotated[list[str], typer.Argument(metavar="SLUG", help="The episodes.")],
    by: Annotated[str, typer.Option(help="The name that signs.", prompt="Your name")],
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="ID=REASON", help="Why something that `check` blocks may stand."),
    ] = None,
) -> None:
    """Sign the present content of episodes for publication."""
    workspace = find_workspace(_folder)
    accepted = _reasons(accept or [])
    if accepted and len(slugs) != 1:
        raise typer.BadParameter("--accept is about one article: name that episode alone.")
    errors: list[Exception] = []
    for slug in slugs:
        try:
            _approve(workspace, slug, by, accepted)
        except EpisodeProblem as error:
            errors.append(error)
            _say(error)
    raise typer.Exit(exit_code(errors))


def _reasons(accept: Sequence[str]) -> dict[str, str]:
    """The reasons by id. Raises BadParameter where one is missing."""
    made = {}
    for text in accept:
        name, _, reason = text.partition("=")
        if not name.strip() or not reason.strip():
            raise typer.BadParameter(f"--accept {text}: give the id and the reason, as ID=REASON.")
        made[name.strip()] = reason.strip()
    return made


def _approve(workspace: Workspace, slug: str, by: str, accepted: dict[str, str]) -> None:
    from pipeline.faces.publishing import sign

    sign(workspace, slug, by, accepted=accepted)
    typer.echo(f"“{slug}” is approved by {by}. `etam publish` makes it public.")


@app.command()
def publish(
    dry_run: Annotated[bool, typer.Option(help="Show the plan and do nothing.")] = False,
    again: Annotated[
        list[str] | None, typer.Option(metavar="SLUG", help="Give back a withdrawn episode.")
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Ask the bucket about every file, not our memory.")
    ] = False,
    replace_feed: Annotated[
        bool, typer.Option("--replace-feed", help="Write over a feed that others made.")
    ] = False,
    our_settings: Annotated[
        bool, typer.Option("--our-settings", help="Write over the settings of another machine.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Upload what is approved, and the feed last."""
    from pipeline.stages.publish import give_back, open_bucket

    workspace = find_workspace(_folder)
    for slug in again or []:
        give_back(workspace, slug, open_bucket(workspace.show, workspace))
    publication = publish_with_bars(
        workspace,
        dry_run=dry_run,
        thorough=verify,
        replace_feed=replace_feed,
        our_settings=our_settings,
    )
    report.show_publication(workspace, publication, dry_run=dry_run, as_json=as_json)
    raise typer.Exit(exit_code(publication.problems))


@app.command()
def unpublish(
    slug: Annotated[str, typer.Argument(help="The episode.")],
    reason: Annotated[str, typer.Option(help="Why, as its page states it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take an episode out of the feed and off the pages; `publish --again` gives it back."""
    from pipeline.stages.publish import open_bucket, withdraw

    workspace = find_workspace(_folder)
    withdraw(workspace, slug, open_bucket(workspace.show, workspace), reason)
    raise typer.Exit(_publish(workspace, as_json=as_json))


@app.command()
def audiogram(
    slug: Annotated[str, typer.Argument(help="The episode.")],
    soundbite: Annotated[
        int | None, typer.Option(min=1, help="Which of episode.toml; else the first.")
    ] = None,
    start: Annotated[str | None, typer.Option("--from", help="Such as 1:05.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Such as 1:40.")] = None,
    shape: Annotated[Shape, typer.Option(help="Of the picture.")] = Shape.SQUARE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Else in the episode's folder clips/.")
    ] = None,
) -> None:
    """Make a short film of a soundbite, with captions, to share in chats and on social media."""
    from pipeline.faces.audiogram import Wish, film

    film(find_workspace(_folder), slug, Wish(soundbite, start, end, shape, output))


@app.command()
def export(
    slug: Annotated[str, typer.Argument(help="The episode.")],
    form: Annotated[
        ExportFormat, typer.Option("--format", "-f", help="The kind of file.")
    ] = ExportFormat.DOCX,
    transcript: Annotated[
        bool, typer.Option("--transcript", help="The transcript instead of the article.")
    ] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="The machine's draft, with its notes to the editor.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A file, a folder, or - to print; else beside you."),
    ] = None,
) -> None:
    """Write an episode's article or transcript as a file for other programs, or texts to post."""
    from pipeline.faces.exporting import export_file

    if transcript and draft:
        raise typer.BadParameter("Give either --transcript or --draft.")
    export_file(
        find_workspace(_folder), slug, form, output, is_transcript=transcript, is_draft=draft
    )


@app.command()
def rollback(
    publication: Annotated[
        str, typer.Argument(metavar="[ID]", help="Lists what there is when left out.")
    ] = "",
    dry_run: Annotated[bool, typer.Option(help="Show the plan and do nothing.")] = False,
    most: Annotated[int, typer.Option(min=1, help="How many publications to list.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Make an earlier publication public again; what it undoes waits for a new approval."""
    from pipeline.faces import rollback as rolling_back

    workspace = find_workspace(_folder)
    if not publication:
        rolling_back.show_publications(workspace, most, as_json=as_json)
        return
    done = rolling_back.roll_back(workspace, publication, dry_run=dry_run)
    report.show_publication(workspace, done, dry_run=dry_run, as_json=as_json)
    raise typer.Exit(exit_code(done.problems))


@app.command()
def evaluate(
    slugs: Slugs = None,
    reference: Annotated[
        Path | None, typer.Option(help="What is said in that one episode, as plain text.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option(help="Draw the errors over time into this SVG file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say how right the transcripts are, against texts that people wrote or corrected."""
    from pipeline.faces.evaluate import draw_evaluation, show_evaluation
    from pipeline.faces.evaluate import evaluate as evaluate_episodes

    workspace = find_workspace(_folder)
    _check_slugs(workspace, slugs or [])
    if reference is not None and len(slugs or []) != 1:
        raise typer.BadParameter("--reference is the text of one episode: name that episode.")
    evaluation = evaluate_episodes(workspace, slugs or [], reference)
    for error in evaluation.errors.values():
        _say(error)
    show_evaluation(workspace, evaluation, as_json=as_json)
    if picture is not None:
        draw_evaluation(workspace, evaluation, picture)
        CONSOLE.print(f"The picture is in {picture}.", soft_wrap=True)
    raise typer.Exit(exit_code(evaluation.errors.values()))


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="Beyond this machine only when you say so.")] = (
        "127.0.0.1"
    ),
) -> None:
    """Serve the published folder, as a web server would, for trying it with a podcast app."""
    from pipeline.faces.server import serve as serve_folder

    workspace = find_workspace(_folder)
    if not (workspace.public / "feed.xml").is_file():
        raise SetupProblem("Nothing has been published yet.", "Run `etam publish` first.")
    CONSOLE.print(f"http://{host}:{port}/feed.xml — stop with Ctrl+C", soft_wrap=True)
    serve_folder(workspace.public, host, port, workspace.show.publish.base_url)


@app.command()
def review(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8001,
    host: Annotated[str, typer.Option(help="Beyond this machine only when you say so.")] = (
        "127.0.0.1"
    ),
    name: Annotated[
        list[str] | None, typer.Option(help="A further name under which browsers reach it.")
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="For HTTPS: a PEM file.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The certificate's key.")
    ] = None,
    link_for: Annotated[
        str, typer.Option(metavar="LOGIN", help="Print a link that lets this person in once.")
    ] = "",
    run: Annotated[
        bool, typer.Option(help="Do the work too; not where `etam watch` does it.")
    ] = True,
) -> None:
    """Open the newsroom's pages: drop recordings, review transcripts and articles, publish."""
    from pipeline.faces.web.starting import Place, review

    place = Place(host, port, tuple(name or ()), certificate, key)
    review(find_workspace(_folder), place, CONSOLE, link_for, does_work=run)


@app.command()
def gc(
    delete: Annotated[bool, typer.Option("--delete", help="Delete what is shown.")] = False,
    most: Annotated[
        int | None, typer.Option(min=1, help="How many files may go; else 100, or a fifth of all.")
    ] = None,
    media: Annotated[
        list[str] | None,
        typer.Option(metavar="SLUG", help="Also media and texts of this episode, if not public."),
    ] = None,
    keep: Annotated[int, typer.Option(min=1, help="Publications that stay whole.")] = 10,
    days: Annotated[int, typer.Option(min=0, help="So long, whatever was public stays.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Show what nothing needs any more in the bucket; media that was ever in a feed stays."""
    from pipeline.faces.clearing import clear_bucket
    from pipeline.stages.publish.clearing import Wish
    from pipeline.stages.publish.needed import Kept

    wish = Wish(Kept(keep, days), tuple(media or ()))
    clear_bucket(find_workspace(_folder), wish, delete=delete, most=most, as_json=as_json)


@app.command()
def setup_bucket(
    apply: Annotated[
        bool, typer.Option("--apply", help="Change what differs; needs an administrator's rights.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what the bucket needs: who may read and write, CORS, lifecycle."""
    from pipeline.faces.bucket_setup import set_up_bucket

    raise typer.Exit(set_up_bucket(find_workspace(_folder), apply=apply, as_json=as_json))


@app.command()
def doctor(
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Look at every published file, not the newest few.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say in sentences what is missing: model, disk, rights, the gate, how listeners are served."""
    from pipeline.faces.doctor import examine

    findings = examine(_folder, thorough=thorough)
    report.show_findings(findings, as_json=as_json)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(SetupProblem.exit_code)


@app.command()
def worker(
    scheduler: Annotated[str, typer.Argument(help="Such as tls://10.0.0.5:8786.")],
    keys: Keys = None,
    model: Annotated[
        list[Path] | None, typer.Option(help="A model's folder that jobs may ask for.")
    ] = None,
    windows: Annotated[
        int, typer.Option(min=0, help="Windows heard at once; 0: one a core, or one on a GPU.")
    ] = 0,
    memory_gb: Annotated[
        float, typer.Option(min=0, help="Above this it is started again; 0: 90 % of all.")
    ] = 0,
    host: Annotated[str, typer.Option(help="This machine's address for the scheduler.")] = "",
) -> None:
    """Hear windows for a scheduler, until stopped: this machine's share in a cluster."""
    from pipeline.faces.worker import start_worker

    start_worker(scheduler, keys, model or [], windows=windows, memory_gb=memory_gb, host=host)


@app.command()
def scheduler(
    address: Annotated[str, typer.Argument(help="Where to listen.")] = "tcp://127.0.0.1:8786",
    keys: Keys = None,
    frozen_seconds: Annotated[
        float, typer.Option(min=5, help="A worker that is silent so long is taken for dead.")
    ] = 60,
) -> None:
    """Hand out windows to workers, until stopped; one for a cluster."""
    from pipeline.faces.worker import start_scheduler

    start_scheduler(address, keys, frozen_seconds)


@app.command()
def cluster_keys(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the keys are kept.")],
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="One for each machine.")],
) -> None:
    """Make a folder of keys for each machine of a cluster; without them nobody can connect."""
    from pipeline.faces.worker import make_cluster_keys

    for place in make_cluster_keys(folder, names):
        typer.echo(f"Copy {place} to that machine, and to no other.")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]")] = Path("demo-show"),
    base_url: Annotated[str, typer.Option(help="Of the feed.")] = "http://127.0.0.1:8000/",
) -> None:
    """Run the main job, from recording to feed, on the sample that is shipped."""
    from pipeline.faces import demo as demo_show

    workspace, arrived = demo_show.open_workspace(folder, base_url)
    done = run_with_bars(workspace)
    started = time.monotonic()
    code = exit_code(done.errors) or _publish(workspace, as_json=False)
    seconds = time.monotonic() - started
    if code == 0:
        demo_show.show_report(workspace, done, publishing_seconds=seconds, fresh=arrived)
    else:
        report.show_run(workspace, done, as_json=False)
    raise typer.Exit(code)


def _publish(workspace: Workspace, *, as_json: bool) -> int:
    publication = publish_with_bars(workspace)
    report.show_publication(workspace, publication, dry_run=False, as_json=as_json)
    return exit_code(publication.problems)


def _check_stage_names(names: Sequence[str]) -> None:
    known = [stage.name for stage in ROAD]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise typer.BadParameter(f"No stage is called {unknown[0]}; there are {', '.join(known)}.")


def _check_slugs(workspace: Workspace, slugs: Sequence[str]) -> None:
    for slug in slugs:
        workspace.episode(slug)


def _say(error: Exception) -> None:
    problem, remedy = sentences(error, log_of(Workspace(_folder.resolve())))
    CONSOLE.print(problem, style="red", markup=False, highlight=False, soft_wrap=True)
    CONSOLE.print(f"    → {remedy}", markup=False, highlight=False, soft_wrap=True)
