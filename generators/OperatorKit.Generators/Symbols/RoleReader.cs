using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>Turns marked members into JSON paths: printer columns, the scale subresource, selectable fields.</summary>
internal sealed class RoleReader(ResourceModel model, TypeReader types, Location? recordLocation)
{
    /// <summary>The API server refuses more.</summary>
    private const int MaxSelectableFields = 8;

    private readonly List<PrinterColumn> _columns = [];
    private readonly List<string> _selectable = [];
    private (string Path, Location? Location)? _replicas;
    private (string Path, Location? Location)? _statusReplicas;
    private (string Path, Location? Location)? _selector;

    public ResourceModel Complete(INamedTypeSymbol record)
    {
        Visit(model.SpecType, ".spec", isStatus: false);
        if (model.StatusType is { } status)
            Visit(status, ".status", isStatus: true);
        foreach (var attribute in record.GetAttributes().Where(static a => a.AttributeClass.Is(ColumnReader.FullName)))
            AddColumn(ColumnReader.Read(attribute), attribute.Location() ?? recordLocation);
        if (!_columns.Exists(static c => c.JsonPath == ".metadata.creationTimestamp"))
            _columns.Add(new PrinterColumn("Age", "date", ".metadata.creationTimestamp"));
        return model with
        {
            Columns = _columns.ToEquatableArray(),
            SelectableFields = _selectable.ToEquatableArray(),
            Scale = Scale(),
        };
    }

    private void Visit(TypeSchema type, string path, bool isStatus)
    {
        foreach (var member in type.Members)
        {
            var memberPath = path + "." + member.JsonName;
            var location = types.Locations.TryGetValue((type.CSharp, member.Name), out var found) ? found : recordLocation;
            foreach (var column in member.Columns)
                AddColumn(Complete(column, member, memberPath), location);
            if (member.Roles.HasFlag(MemberRoles.ScaleReplicas) && Check(!isStatus && member.Type.Shape == Shape.Int32, "ScaleReplicas", "an int of the spec"))
                _replicas = (memberPath, location);
            if (member.Roles.HasFlag(MemberRoles.StatusReplicas) && Check(isStatus && member.Type.Shape == Shape.Int32, "StatusReplicas", "an int of the status"))
                _statusReplicas = (memberPath, location);
            if (member.Roles.HasFlag(MemberRoles.StatusSelector) && Check(isStatus && member.Type.Shape == Shape.String, "StatusSelector", "a string of the status"))
                _selector = (memberPath, location);
            if (member.Roles.HasFlag(MemberRoles.SelectableField)
                && Check(member.Type.Shape is Shape.String or Shape.Boolean or Shape.Enum or Shape.Int32 or Shape.Int64 or Shape.Int16 or Shape.Byte, "SelectableField", "a string, boolean or integer"))
            {
                Check(_selectable.Count < MaxSelectableFields, "SelectableField", "one of at most eight members of a version");
                _selectable.Add(memberPath);
            }

            if (member.Type.Shape == Shape.Record && model.Types.FirstOrDefault(t => t.CSharp == member.Type.Name) is { IsJsonModel: false } nested)
                Visit(nested, memberPath, isStatus);

            bool Check(bool fits, string attribute, string rule)
            {
                if (!fits)
                    types.Report(RoleRule.Descriptor, location, attribute, member.Name, rule);
                return fits;
            }
        }
    }

    private static PrinterColumn Complete(PrinterColumn column, MemberSchema member, string path) => column with
    {
        Name = column.Name.Length > 0 ? column.Name : member.Name,
        JsonPath = column.JsonPath.Length > 0 ? column.JsonPath : path,
        Type = column.Type.Length > 0 ? column.Type : ColumnType(member.Type),
        Description = column.Description ?? member.Description,
    };

    private void AddColumn(PrinterColumn column, Location? location)
    {
        if (ColumnProblem(column) is { } problem)
            types.Report(ColumnRule.Descriptor, location, column.Name, problem);
        _columns.Add(column.Type.Length > 0 ? column : column with { Type = "string" });
    }

    private string? ColumnProblem(PrinterColumn column)
    {
        if (column.Name.Length == 0)
            return "it has no name: write [PrinterColumn(\"Name\", ...)]";
        if (column.JsonPath.Length == 0)
            return "it has no JSON path: set JsonPath, as in \".metadata.creationTimestamp\"";
        if (column.Type is not ("" or "integer" or "number" or "string" or "boolean" or "date"))
            return $"its type \"{column.Type}\" is not integer, number, string, boolean or date";
        return JsonPaths.Problem(model, column.JsonPath);
    }

    private static string ColumnType(TypeRef type) => type.Shape switch
    {
        Shape.Boolean => "boolean",
        Shape.Byte or Shape.SByte or Shape.Int16 or Shape.UInt16 or Shape.Int32 or Shape.UInt32 or Shape.Int64 => "integer",
        Shape.Single or Shape.Double => "number",
        Shape.Time or Shape.TimeOffset or Shape.MicroTime => "date",
        _ => "string",
    };

    private ScalePaths? Scale()
    {
        if (_replicas is { } replicas && _statusReplicas is { } status)
            return new ScalePaths(replicas.Path, status.Path, _selector?.Path);
        if (_replicas is not null)
            types.Report(ScaleRule.Descriptor, _replicas.Value.Location, "[ScaleReplicas]", "[StatusReplicas] on the member of the status that counts the replicas");
        else if ((_statusReplicas ?? _selector) is { } alone)
            types.Report(ScaleRule.Descriptor, alone.Location, _statusReplicas is null ? "[StatusSelector]" : "[StatusReplicas]", "[ScaleReplicas] on the member of the spec that sets them");
        return null;
    }
}
