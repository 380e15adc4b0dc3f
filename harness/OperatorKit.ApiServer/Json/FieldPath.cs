using System.Globalization;

namespace OperatorKit.ApiServer.Json;

/// <summary>A path into an object, built from the inside of a recursion without allocating until it is printed.</summary>
internal sealed record FieldPath(FieldPath? Parent, string? Name, int Index = -1)
{
    /// <summary><c>spec.items[2].k</c>; empty for the root.</summary>
    public static string Text(FieldPath? path)
    {
        if (path is null)
            return "";
        var parent = Text(path.Parent);
        if (path.Name is null)
            return string.Create(CultureInfo.InvariantCulture, $"{parent}[{path.Index}]");
        return parent.Length == 0 ? path.Name : $"{parent}.{path.Name}";
    }

    public override string ToString() => Text(this);
}

internal static class FieldPathExtensions
{
    /// <summary>The path of a member of the value at this path; a null path is the root.</summary>
    public static FieldPath Then(this FieldPath? path, string name) => new(path, name);

    /// <summary>The path of an item of the value at this path; a null path is the root.</summary>
    public static FieldPath Then(this FieldPath? path, int index) => new(path, null, index);
}
