namespace OperatorKit.ApiServer.Controllers;

/// <summary>
/// A controller of the server itself: which objects a change concerns, and what to do about one object.
/// Both are functions of what was observed and of the time given, and of nothing else.
/// </summary>
internal interface IController
{
    /// <summary>The name that Kubernetes gives to the controller.</summary>
    string Name { get; }

    /// <summary>The program that the controller is part of in a real cluster: who owns the fields that it writes.</summary>
    string Program => "kube-controller-manager";

    IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view);

    Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now);
}
