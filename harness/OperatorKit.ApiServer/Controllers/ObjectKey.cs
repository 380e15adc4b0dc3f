using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>Where an object lives. The namespace of a cluster-scoped object is "".</summary>
internal sealed record ObjectKey(GroupResource Resource, string Namespace, string Name) : IComparable<ObjectKey>
{
    public static readonly Comparer<GroupResource> ResourceOrder = Comparer<GroupResource>.Create(static (left, right) =>
        string.CompareOrdinal(left.Group, right.Group) is var order && order != 0 ? order : string.CompareOrdinal(left.Resource, right.Resource));

    public int CompareTo(ObjectKey? other)
    {
        if (other is null)
            return 1;
        var order = ResourceOrder.Compare(Resource, other.Resource);
        if (order == 0)
            order = string.CompareOrdinal(Namespace, other.Namespace);
        return order == 0 ? string.CompareOrdinal(Name, other.Name) : order;
    }

    public override string ToString() => Namespace.Length == 0 ? $"{Resource}/{Name}" : $"{Resource}/{Namespace}/{Name}";
}
