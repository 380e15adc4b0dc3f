namespace OperatorKit.Models.Tests.Objects;

public class MetadataTests
{
    [Fact]
    public void Finalizers_are_added_once()
    {
        var pod = new V1Pod();
        pod.AddFinalizer("a").ShouldBeTrue();
        pod.AddFinalizer("a").ShouldBeFalse();
        pod.Finalizers().ShouldBe(["a"]);
        pod.RemoveFinalizer("a").ShouldBeTrue();
        pod.RemoveFinalizer("a").ShouldBeFalse();
    }

    [Fact]
    public void An_owner_is_referred_to_once()
    {
        var owner = new V1Deployment { Metadata = new V1ObjectMeta { Name = "o", Uid = "1" } };
        var child = new V1ReplicaSet();
        child.AddOwnerReference(owner.MakeOwnerReference(controller: false));
        child.AddOwnerReference(owner.MakeOwnerReference());

        child.OwnerReferences()!.Count.ShouldBe(1);
        child.IsOwnedBy(owner).ShouldBeTrue();
        child.GetController().ShouldBe(new V1OwnerReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "o", Uid = "1", Controller = true, BlockOwnerDeletion = true });
    }

    [Fact]
    public void An_object_that_was_never_created_cannot_be_an_owner() =>
        Should.Throw<InvalidOperationException>(() => new V1Pod().MakeOwnerReference()).Message.ShouldContain("no uid");

    [Fact]
    public void Labels_come_and_go()
    {
        var pod = new V1Pod();
        pod.GetLabel("a").ShouldBeNull();
        pod.SetLabel("a", "b");
        pod.GetLabel("a").ShouldBe("b");
        pod.SetLabel("a", null);
        pod.GetLabel("a").ShouldBeNull();
    }

    [Fact]
    public void Kinds_know_where_they_are_served()
    {
        V1ReplicaSet.Definition.ShouldBe(new ResourceDefinition { Group = "apps", Version = "v1", Kind = "ReplicaSet", Plural = "replicasets", HasStatus = true, HasScale = true });
        V1Namespace.Definition.Scope.ShouldBe(ResourceScope.Cluster);
        Eventsv1Event.Definition.QualifiedName.ShouldBe("events.events.k8s.io");
        V2HorizontalPodAutoscaler.Definition.ApiVersion.ShouldBe("autoscaling/v2");
    }
}
