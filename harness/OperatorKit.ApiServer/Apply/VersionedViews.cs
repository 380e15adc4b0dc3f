using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Apply;

/// <summary>One object, seen in the versions that its managers wrote in.</summary>
internal sealed class VersionedViews(JsonObject value, FieldOperation operation)
{
    private readonly Dictionary<string, (JsonObject Object, MergeType Type)?> _views = new(StringComparer.Ordinal)
    {
        [operation.ApiVersion] = (value, MergeType.ForObject(operation.Schema)),
    };

    /// <summary>The object in a version; null where that version is no longer known.</summary>
    public (JsonObject Object, MergeType Type)? In(string apiVersion)
    {
        if (!_views.TryGetValue(apiVersion, out var view))
        {
            view = operation.Convert?.Invoke(value, apiVersion) is { } converted ? (converted.Object, MergeType.ForObject(converted.Schema)) : null;
            _views[apiVersion] = view;
        }

        return view;
    }
}
