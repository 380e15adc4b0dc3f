using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Schemas;
using OperatorKit.ApiServer.Selectors;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Operations;

/// <summary>Which objects a list or watch is about: one namespace or all, one name or all, and the selectors.</summary>
internal sealed class Selection
{
    private readonly ResourceTarget _target;
    private readonly LabelSelector _labels;
    private readonly FieldSelector _fields;

    /// <exception cref="StatusException">A field selector names a field that cannot be selected by.</exception>
    public Selection(ResourceTarget target, ListOptions options)
    {
        _target = target;
        _labels = options.Labels;
        _fields = options.Fields;
        foreach (var requirement in _fields.Requirements)
            RequireSelectable(target.Type, target.Version, requirement.Field);
    }

    public bool SelectsAll => _labels.IsEmpty && _fields.IsEmpty;

    public bool Matches(StoredObject stored, JsonObject obj)
    {
        if (_target.Namespace is { } ns && ns != stored.Namespace)
            return false;
        if (_target.Name is { } name && name != stored.Name)
            return false;
        return _labels.Matches(obj) && (_fields.IsEmpty || _fields.Matches(field => FieldValue(obj, field)));
    }

    private string FieldValue(JsonObject obj, string field)
    {
        if (_target.Type.Traits.SelectableField?.Invoke(obj, field) is { } special)
            return special;
        var path = field.Split('.');
        return obj.At(path) switch
        {
            JsonString text => text.Value,
            JsonNumber number => number.Token,
            JsonBool boolean => boolean.Value ? "true" : "false",
            _ => _target.Type.IsCustom ? "" : Zero(_target.Version.Schema, path),
        };
    }

    // What Go leaves out of the JSON has a value all the same.
    private static string Zero(StructuralSchema schema, string[] path) => path.Aggregate((StructuralSchema?)schema, static (at, name) => at?.Resolved.Property(name)?.Schema)?.Resolved.Type switch
    {
        SchemaType.Integer => "0",
        SchemaType.Boolean => "false",
        _ => "",
    };

    private static void RequireSelectable(ResourceType type, ResourceVersion version, string field)
    {
        if (field is "metadata.name" or "metadata.namespace" || version.SelectableFields.Contains(field))
            return;
        if (type.Traits.UnselectableField is { } refusal)
            throw Failures.BadRequest(refusal(field));
        throw Failures.BadRequest(type.IsCustom || version.SelectableFields.Length > 0
            ? $"field label not supported: {field}"
            : $"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }
}
