"""The few calls that the Kopf test makes besides Kopf's own, with the standard library."""
import json
import os
import urllib.request

import yaml

with open(os.environ["KUBECONFIG"]) as file:
    _config = yaml.safe_load(file)
_server = _config["clusters"][0]["cluster"]["server"]
_token = _config["users"][0]["user"].get("token")

REPLICASETS = "/apis/apps/v1/namespaces/default/replicasets"
SIMPLEAPPS = "/apis/example.com/v1/namespaces/default/simpleapps"


def _send(method, path, body=None, content_type="application/json"):
    request = urllib.request.Request(_server + path, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("Content-Type", content_type)
    if _token:
        request.add_header("Authorization", f"Bearer {_token}")
    return urllib.request.urlopen(request, timeout=30)


def call(method, path, body=None, content_type="application/json"):
    with _send(method, path, body, content_type) as answer:
        return json.load(answer)


def merge(path, patch):
    return call("PATCH", path, patch, "application/merge-patch+json")


def events(path):
    """Every watch event of a kind, what exists first."""
    with _send("GET", path + "?watch=true") as stream:
        for line in stream:
            yield json.loads(line)
