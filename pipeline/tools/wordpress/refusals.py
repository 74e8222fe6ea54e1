"""What a WordPress site answers instead of what was asked for, in words: who acts, and how."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from pipeline.words.errors import EpisodeProblem, PipelineError, SetupProblem, TemporaryProblem

_TOO_LARGE, _TOO_MANY, _NOT_FOUND, _REQUEST_TIMEOUT = 413, 429, 404, 408
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_SET = "under [wordpress] in show.toml"

# By WordPress's own code of an error. Which error is raised says who acts.
_BY_CODE: dict[str, tuple[type[PipelineError], str, str]] = {
    **dict.fromkeys(
        ("rest_not_logged_in", "incorrect_password", "invalid_username", "invalid_email",
         "invalid_application_credentials"),
        (SetupProblem,
         "{site} does not let “{user}” in.",
         "Correct `user` in [wordpress] and the application password in ETAM_WORDPRESS_PASSWORD "
         "(not the one for signing in). If both are right, the web server does not pass the "
         "Authorization header on to WordPress: docs/wordpress.md says what to set."),
    ),
    **dict.fromkeys(
        ("application_passwords_disabled", "application_passwords_disabled_for_user"),
        (SetupProblem,
         "{site} has application passwords switched off.",
         "Its administrator must allow them; a security plugin often is what forbids them."),
    ),
    **dict.fromkeys(
        ("rest_cannot_create", "rest_cannot_edit", "rest_forbidden", "rest_forbidden_context",
         "rest_cannot_assign_term", "rest_cannot_edit_others", "rest_cannot_read",
         "rest_cannot_update", "rest_user_cannot_view", "rest_forbidden_status"),
        (SetupProblem,
         "“{user}” may not {action} on {site}.",
         "Give the account the role Author there, or, if the post is somebody else's by now, "
         "change it there; `etam wordpress check` says what the account may do."),
    ),
    **dict.fromkeys(
        ("rest_no_route", "rest_disabled", "rest_api_disabled"),
        (SetupProblem,
         "{site} answers, but has no REST API for posts.",
         "Its administrator must switch it on again; a security plugin often is what hides it."),
    ),
    **dict.fromkeys(
        ("rest_upload_sideload_error", "rest_upload_unknown_error", "rest_upload_file_too_big",
         "rest_upload_limited_space", "rest_upload_no_content_disposition",
         "rest_upload_hash_mismatch"),
        (EpisodeProblem,
         "{site} refuses to {action}: {message}",
         "Use a smaller JPEG or PNG, or set picture = \"none\" in [wordpress]."),
    ),
}  # fmt: skip


class GoneThere(EpisodeProblem):
    """What was asked for is not on the site any more."""


class TermExists(SetupProblem):
    """A tag cannot be made because there is one of that name, with this `number`."""

    number = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks which site for what: the words of every sentence below.

    `action` completes “may not …”. Nothing here holds a password.
    """

    site: str
    user: str
    action: str

    def refusal(self, answer: httpx.Response, content: Any) -> PipelineError:
        """What an answer other than 2xx means; `content` is its JSON, if it has any."""
        code, message = _said(content)
        if code in ("rest_post_invalid_id", "rest_term_invalid"):
            return GoneThere(
                f"{self.site} has no such post any more.",
                "Push with --again to make a new one.",
            )
        if code == "term_exists":
            return self._term_exists(content, message)
        known = _BY_CODE.get(code)
        if known is not None:
            kind, problem, remedy = known
            words = {"site": self.site, "user": self.user, "action": self.action}
            return kind(problem.format(**words, message=message), remedy, f"{code}: {message}")
        return self._by_status(answer, code, message)

    def _term_exists(self, content: Mapping[str, Any], message: str) -> PipelineError:
        exists = TermExists(
            f"{self.site} refused to {self.action}: {message}", "Look at the tags of the site."
        )
        data = content.get("data")
        exists.number = int(data.get("term_id") or 0) if isinstance(data, Mapping) else 0
        return exists

    def _by_status(self, answer: httpx.Response, code: str, message: str) -> PipelineError:
        status = answer.status_code
        said = f"{status} {code or answer.reason_phrase}"
        if status in _REDIRECTS:
            return self.redirected(answer)
        if status == _TOO_LARGE:
            return EpisodeProblem(
                f"{self.site} takes no file of this size ({status}).",
                "Use a smaller picture, or let its administrator raise the limit of its web "
                "server (client_max_body_size, upload_max_filesize).",
            )
        if status in (_TOO_MANY, _REQUEST_TIMEOUT) or status >= 500:
            return TemporaryProblem(
                f"{self.site} cannot answer now ({said}).",
                "Push again later; what is there is as it was, and nothing is made twice.",
                message,
            )
        if not code:
            return self.not_wordpress(answer)
        return SetupProblem(
            f"{self.site} refused to {self.action} ({said}): {message}",
            f"Look at the settings {_SET} and at the site.",
            message,
        )

    def not_wordpress(self, answer: httpx.Response) -> PipelineError:
        """A page, or nothing, where WordPress would answer with JSON."""
        if answer.status_code == _NOT_FOUND:
            return SetupProblem(
                f"There is no REST API of WordPress at {self.site}.",
                f"Correct `url` {_SET}: the address of the site's front page. If it is right, "
                "the API is switched off there.",
                _start_of(answer),
            )
        return SetupProblem(
            f"{self.site} answers with a page instead of data ({answer.status_code}).",
            "Something stands before WordPress: a firewall, a security plugin, a sign-in page or a "
            "notice of maintenance. Let its administrator allow /wp-json/ for this machine.",
            _start_of(answer),
        )

    def redirected(self, answer: httpx.Response) -> PipelineError:
        """A redirect is never followed with a password."""
        target = answer.next_request.url if answer.next_request else None
        there = f"{target.scheme}://{target.netloc.decode('ascii')}" if target else "elsewhere"
        return SetupProblem(
            f"{self.site} sends us on to {there}.",
            f"Write that address as `url` {_SET}, if it is the same site.",
            str(target or ""),
        )

    def unreachable(self, error: httpx.HTTPError | httpx.InvalidURL) -> PipelineError:
        """No answer at all."""
        if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol)):
            return SetupProblem(f"{self.site} is no web address.", f"Correct `url` {_SET}.")
        if _is_untrusted(error):
            return SetupProblem(
                f"The certificate of {self.site} is not one that this machine trusts.",
                "If the site has a certificate authority of its own, name its file in `ca_bundle` "
                f"{_SET}; else its administrator must renew the certificate.",
                str(error),
            )
        if isinstance(error, httpx.TimeoutException):
            return TemporaryProblem(
                f"{self.site} took too long to {self.action}.",
                "Push again: if it was done after all, it is found and not done twice.",
                repr(error),
            )
        return TemporaryProblem(
            f"{self.site} cannot be reached.",
            f"Check the network and `url` {_SET}, and push again.",
            repr(error),
        )


def _said(content: Any) -> tuple[str, str]:
    """WordPress's code and message; other programs' JSON has none."""
    if not isinstance(content, Mapping):
        return "", ""
    code, message = content.get("code"), content.get("message")
    return (code if isinstance(code, str) else ""), (message if isinstance(message, str) else "")


def _is_untrusted(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _start_of(answer: httpx.Response) -> str:
    return f"{urlsplit(str(answer.url)).path}: {answer.text[:200]}"
