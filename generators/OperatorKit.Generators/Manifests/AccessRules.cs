using System;
using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Manifests;

/// <summary>A role by its namespace, which is empty for one of the cluster, and its name.</summary>
internal readonly record struct RoleName(string Namespace, string Name) : IComparable<RoleName>
{
    public int CompareTo(RoleName other) => string.CompareOrdinal(Namespace, other.Namespace) is var order and not 0 ? order : string.CompareOrdinal(Name, other.Name);
}

/// <summary>Which rules an operator needs in which role.</summary>
internal sealed class AccessRules
{
    private readonly OperatorModel _model;
    private readonly List<(RoleName Role, PolicyRule Rule)> _rules = [];

    private AccessRules(OperatorModel model) => _model = model;

    public static IReadOnlyList<(RoleName Role, PolicyRule Rule)> Of(OperatorModel model)
    {
        var rules = new AccessRules(model);
        foreach (var registration in model.Registrations)
            rules.AddHandler(registration);
        foreach (var use in model.Uses)
            rules.AddUse(use);
        foreach (var right in model.Rights)
            rules.AddRight(right);
        return rules._rules;
    }

    private void AddHandler(Registration registration)
    {
        var (handler, resource) = registration;
        // Get is for what others have written before the status came. Patch is for the finalizer: putting it on, and taking off
        // one that an earlier build of the operator has left.
        Add(resource.IsClusterScoped, resource.Group, resource.Plural, "get", "list", "watch", "patch");
        if (resource.HasStatus)
            Add(resource.IsClusterScoped, resource.Group, resource.Plural + "/status", "patch");
        // Children with blockOwnerDeletion in their owner reference need it where the admission plugin checks that.
        if (handler.Owns.Count > 0)
            Add(resource.IsClusterScoped, resource.Group, resource.Plural + "/finalizers", "update");
        foreach (var owned in handler.Owns)
            Add(owned.IsClusterScoped, owned.Group, owned.Plural, "list", "watch", "create", "patch");
        // The Events of an object of the cluster are in the namespace "default".
        Add(resource.IsClusterScoped, "events.k8s.io", "events", "create", "patch");
    }

    private void AddUse(UseModel use)
    {
        foreach (var kind in KindsOf(use.Target))
            Add(kind.IsClusterScoped, kind.Group, kind.Plural + use.Subresource, [.. use.Verbs]);
    }

    private void AddRight(RightModel right)
    {
        var own = Own(isClusterScoped: right.Urls.Count > 0);
        var role = new RoleName(right.Namespace ?? own.Namespace, right.RoleName ?? own.Name);
        _rules.Add((role, new PolicyRule(right.Groups, right.Resources, right.Verbs, right.Names, right.Urls)));
    }

    /// <summary>Kinds that calls name; those that only the compiler's output will have are found by the names that it will give them.</summary>
    private IEnumerable<OwnedModel> KindsOf(UseTarget target)
    {
        if (target == UseTarget.Owned)
            return _model.Registrations.SelectMany(static r => r.Handler.Owns);
        if (target.Kind is { } kind)
            return kind.IsKnown ? [kind] : [];
        return _model.Resources.Where(r => target.Name == r.Name + "Client" || target.Name == Naming.PluralName(r.Name))
            .Select(static r => new OwnedModel(r.CSharp, r.Group, r.Plural, r.IsClusterScoped));
    }

    private void Add(bool isClusterScoped, string group, string resource, params string[] verbs) => _rules.Add((Own(isClusterScoped), new PolicyRule([group], [resource], verbs)));

    /// <summary>The role of the operator; what is of the cluster needs a cluster role even where the rest does not.</summary>
    private RoleName Own(bool isClusterScoped) => new(_model.Options.IsNamespaced && !isClusterScoped ? _model.Options.Namespace : "", _model.Options.Name);
}
