using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>
/// Finds the lists and maps in an apply configuration that are owned as a whole: they would replace those of the object, and what
/// the policy does not name in them would be lost.
/// </summary>
internal static class AtomicParts
{
    /// <summary>The paths of those parts.</summary>
    public static IReadOnlyList<string> In(JsonObject config, MergeType type)
    {
        List<string> found = [];
        Visit(config, type, [], found);
        return found;
    }

    private static void Visit(JsonValue value, MergeType type, List<string> path, List<string> found)
    {
        switch (value)
        {
            case JsonObject members when type.IsMap:
                if (type.IsAtomicMap)
                    found.Add(PathElement.Display(path));
                foreach (var (name, member) in members)
                {
                    if (type.Declares(name))
                        Below(PathElement.Field(name), member, type.Field(name)!);
                }

                break;
            case JsonArray items when type.IsList:
                if (type.ListType == SchemaListType.Atomic)
                    found.Add(PathElement.Display(path));
                for (var i = 0; i < items.Count; i++)
                    Below(PathElement.Index(i), items[i], type.Element!);
                break;
        }

        void Below(string element, JsonValue part, MergeType partType)
        {
            path.Add(element);
            Visit(part, partType, path, found);
            path.RemoveAt(path.Count - 1);
        }
    }
}
