"""S3 servers that tests publish to: moto in this process, or the real one of `make test-s3`."""

from __future__ import annotations

import json
import os
from functools import cache
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

from pipeline.ground.config import Publish

REAL_ENDPOINT = os.environ.get("ETAM_S3_ENDPOINT", "")


def sign_in(monkeypatch, key: str, secret: str) -> None:
    """Use these credentials and no others that this machine may have."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)


def sign_in_at_real_server(monkeypatch) -> None:
    sign_in(monkeypatch, os.environ["ETAM_S3_KEY"], os.environ["ETAM_S3_SECRET"])


def plain_client(endpoint: str):
    """boto3 as a test uses it: to prepare a bucket and to look behind the pipeline's back."""
    return _client(endpoint, os.environ["AWS_ACCESS_KEY_ID"])


@cache  # making a client takes most of a second
def _client(endpoint: str, _key: str):
    return boto3.session.Session().client(  # the default session remembers old credentials
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        config=Config(
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path"},
        ),
    )


def new_bucket(endpoint: str) -> str:
    """The name of a new, empty, private bucket."""
    name = f"etam-{uuid4().hex[:12]}"
    plain_client(endpoint).create_bucket(Bucket=name)
    return name


def open_to_readers(endpoint: str, bucket: str) -> None:
    """Let anybody read the objects, as docs/publishing.md says."""
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": f"arn:aws:s3:::{bucket}/*",
            }
        ],
    }
    plain_client(endpoint).put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


def settings_for(endpoint: str, bucket: str, prefix: str = "acara/") -> Publish:
    return Publish(
        target="s3",
        base_url=f"{endpoint}/{bucket}/{prefix}",
        bucket=bucket,
        prefix=prefix,
        endpoint=endpoint,
        addressing="path",
    )


def need_real_server() -> None:
    """Skip without the server of `make test-s3`; under that target its absence is a failure."""
    if REAL_ENDPOINT:
        return
    if os.environ.get("ETAM_S3_REQUIRED"):
        pytest.fail("make test-s3 has not said where its server is (ETAM_S3_ENDPOINT)")
    pytest.skip("needs the server of `make test-s3`")
