namespace OperatorKit.ApiServer.Controllers;

/// <summary>A resource without its version: the same objects whatever version a client asks for. The core group is "".</summary>
internal readonly record struct GroupResource(string Group, string Resource) : IComparable<GroupResource>
{
    public static GroupResource Core(string resource) => new("", resource);

    public static GroupResource Apps(string resource) => new("apps", resource);

    public static GroupResource Batch(string resource) => new("batch", resource);

    public int CompareTo(GroupResource other) => string.CompareOrdinal(Group, other.Group) is var order && order != 0
        ? order
        : string.CompareOrdinal(Resource, other.Resource);

    public override string ToString() => Group.Length == 0 ? Resource : $"{Resource}.{Group}";
}
