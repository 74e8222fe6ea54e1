"""`etam wordpress`: an article delivered to the newsroom's site as a draft."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from pipeline.faces import report
from pipeline.faces.looks.finding import Finding
from pipeline.faces.work import CONSOLE
from pipeline.faces.workspace_option import chosen_workspace
from pipeline.ground.article_file import read_article_file
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import ApprovalState, approval_state
from pipeline.stages.publish.addresses import PublicAddresses, public_addresses
from pipeline.tools.drafting.reading import read_article
from pipeline.tools.exporting import about_episode
from pipeline.tools.wordpress import (
    Account,
    ChangedThere,
    Post,
    Pushed,
    Side,
    Site,
    Wish,
    compose,
    look_at_account,
    push,
)
from pipeline.words.deliveries import ArticleText
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, SetupProblem
