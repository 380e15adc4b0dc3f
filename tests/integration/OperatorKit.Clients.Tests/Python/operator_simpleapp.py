"""SimpleApp as a Kopf operator: a ReplicaSet of spec.replicas for each, scaled on update, removed on delete."""
import kopf

from cluster import REPLICASETS, call, merge


@kopf.on.create("example.com", "v1", "simpleapps")
def create(body, spec, name, **_):
    labels = {"app": name}
    child = {
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "metadata": {"name": f"{name}-replicaset", "labels": labels},
        "spec": {
            "replicas": spec["replicas"],
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "app", "image": "nginx:1.27"}]}},
        },
    }
    kopf.append_owner_reference(child, owner=body)
    call("POST", REPLICASETS, child)
    return {"replicaset": f"{name}-replicaset"}


@kopf.on.update("example.com", "v1", "simpleapps", field="spec.replicas")
def scale(old, new, name, **_):
    merge(f"{REPLICASETS}/{name}-replicaset", {"metadata": {"annotations": {"scaled-from": str(old)}}, "spec": {"replicas": new}})


@kopf.on.delete("example.com", "v1", "simpleapps")
def delete(name, **_):
    call("DELETE", f"{REPLICASETS}/{name}-replicaset")
