namespace OperatorKit.ApiServer.Registry;

/// <summary>A kind of stored object whatever its version: <c>apps</c>/<c>deployments</c>; the core group is the empty string.</summary>
/// <remarks>A class, as is everything that stands in collections while the server starts: collections of structs are compiled when a process first uses them.</remarks>
internal sealed record GroupResource(string Group, string Resource)
{
    /// <summary><c>deployments.apps</c>, or <c>pods</c> in the core group: how error messages name it.</summary>
    public override string ToString() => Group.Length == 0 ? Resource : $"{Resource}.{Group}";
}
