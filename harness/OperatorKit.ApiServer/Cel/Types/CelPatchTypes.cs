using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>The types of the messages that mutations are made of.</summary>
internal static class CelPatchTypes
{
    /// <summary>The beginning of the names of the functions that come with these types.</summary>
    public const string Functions = "jsonpatch.";

    private const string Root = "Object";

    /// <summary>An operation of a JSON patch.</summary>
    public static CelType JsonPatch { get; } = CelType.Message("JSONPatch", ImmutableDictionary<string, CelType>.Empty
        .Add("op", CelType.String)
        .Add("path", CelType.String)
        .Add("from", CelType.String)
        .Add("value", CelType.Dyn));

    /// <summary>A part of an object in the form of an apply configuration.</summary>
    public static CelType Object { get; } = CelType.Message(Root, null);

    /// <summary>The type of that name: <c>JSONPatch</c>, <c>Object</c>, or <c>Object.spec.template</c> and so on; null for any other.</summary>
    public static CelType? Named(string name) => name switch
    {
        "JSONPatch" => JsonPatch,
        Root => Object,
        _ => name.StartsWith($"{Root}.", StringComparison.Ordinal) ? CelType.Message(name, null) : null,
    };
}
