using System.Linq;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>Checks JSON paths of printer columns against the schema.</summary>
internal static class JsonPaths
{
    /// <summary>What is wrong with a path; null where nothing is, as far as it can be followed.</summary>
    public static string? Problem(ResourceModel model, string path)
    {
        if (path[0] != '.' || path.Length == 1)
            return $"its JSON path \"{path}\" does not start with a dot and a member, as in \".spec.replicas\"";
        if (path.Count(static c => c == '[') != path.Count(static c => c == ']'))
            return $"its JSON path \"{path}\" has a bracket that is not closed";
        var end = path.IndexOfAny(['[', '\\', '*']);
        var names = (end < 0 ? path : path.Substring(0, end)).Substring(1).Split('.');
        TypeSchema? type;
        switch (names[0])
        {
            case "metadata" or "apiVersion" or "kind":
                return null;
            case "spec":
                type = model.SpecType;
                break;
            case "status" when model.StatusType is not null:
                type = model.StatusType;
                break;
            default:
                return $"its JSON path \"{path}\" names no member of {model.Kind}: \"{names[0]}\"";
        }

        for (var i = 1; i < names.Length && type is not null && names[i].Length > 0; i++)
        {
            if (type.PreservesUnknown || type.Members.Count == 0)
                return null;
            if (type.Members.FirstOrDefault(m => m.JsonName == names[i]) is not { } member)
                return $"its JSON path \"{path}\" names no member of {type.Name}: \"{names[i]}\"";
            type = member.Type.Shape == Shape.Record ? model.Type(member.Type.Name) : null;
        }

        return null;
    }
}
