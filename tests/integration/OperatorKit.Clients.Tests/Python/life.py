"""Runs the operator and takes one SimpleApp through its life; prints one line a step."""
import threading

import kopf

import operator_simpleapp  # noqa: F401 - its handlers register themselves
from cluster import REPLICASETS, SIMPLEAPPS, call, events, merge

ready, stop = threading.Event(), threading.Event()
operator = threading.Thread(target=lambda: kopf.run(standalone=True, clusterwide=True, ready_flag=ready, stop_flag=stop))
operator.start()
ready.wait(30)
replicasets, apps = events(REPLICASETS), events(SIMPLEAPPS)


def wait(stream, accepted):
    return next(event for event in stream if accepted(event))


try:
    call("POST", SIMPLEAPPS, {"apiVersion": "example.com/v1", "kind": "SimpleApp", "metadata": {"name": "one"}, "spec": {"replicas": 3}})
    child = wait(replicasets, lambda event: event["type"] == "ADDED")["object"]
    print("created", child["metadata"]["name"], child["spec"]["replicas"], child["metadata"]["ownerReferences"][0]["kind"])

    done = wait(apps, lambda event: "create" in event["object"].get("status", {}))["object"]
    print("status", done["status"]["create"]["replicaset"], done["metadata"]["finalizers"][0])

    merge(f"{SIMPLEAPPS}/one", {"spec": {"replicas": 5}})
    child = wait(replicasets, lambda event: event["object"]["spec"]["replicas"] == 5)["object"]
    print("scaled", child["metadata"]["annotations"]["scaled-from"], child["spec"]["replicas"])

    call("DELETE", f"{SIMPLEAPPS}/one")
    wait(replicasets, lambda event: event["type"] == "DELETED")
    wait(apps, lambda event: event["type"] == "DELETED")
    print("deleted")
finally:
    stop.set()
    operator.join(30)
