using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Schemas;

/// <summary>Everything the outputs need to know about one resource record.</summary>
internal sealed record ResourceModel
{
    /// <summary>The record's name in C#.</summary>
    public required string Name { get; init; }

    /// <summary>The record's namespace; empty in the global one.</summary>
    public required string Namespace { get; init; }

    public required bool IsPublic { get; init; }

    public required string Group { get; init; }

    public required string Version { get; init; }

    public required string Kind { get; init; }

    public required string Plural { get; init; }

    public required string Singular { get; init; }

    public EquatableArray<string> ShortNames { get; init; } = [];

    public EquatableArray<string> Categories { get; init; } = [];

    public bool IsClusterScoped { get; init; }

    public bool IsServed { get; init; } = true;

    public bool IsStorage { get; init; } = true;

    public bool IsDeprecated { get; init; }

    public string? DeprecationWarning { get; init; }

    public string? Description { get; init; }

    /// <summary>The type of <c>spec</c>.</summary>
    public required string Spec { get; init; }

    /// <summary>The type of <c>status</c>; null where there is none.</summary>
    public string? Status { get; init; }

    public ScalePaths? Scale { get; init; }

    public EquatableArray<PrinterColumn> Columns { get; init; } = [];

    public EquatableArray<string> SelectableFields { get; init; } = [];

    public EquatableArray<Rule> Rules { get; init; } = [];

    public EquatableArray<Pair> Labels { get; init; } = [];

    public EquatableArray<Pair> Annotations { get; init; } = [];

    /// <summary>Spec, status and all types they reach, in the order in which they are met.</summary>
    public required EquatableArray<TypeSchema> Types { get; init; }

    /// <summary>The record, as C# spells it anywhere.</summary>
    public string CSharp => Namespace.Length == 0 ? "global::" + Name : $"global::{Namespace}.{Name}";

    /// <summary>Name of the definition, and how messages name the kind.</summary>
    public string QualifiedName => Plural + "." + Group;

    public string ApiVersion => Group + "/" + Version;

    public TypeSchema SpecType => Type(Spec);

    public TypeSchema? StatusType => Status is null ? null : Type(Status);

    /// <summary>A type and all types that it reaches, each once.</summary>
    public IReadOnlyList<TypeSchema> Reachable(string csharp)
    {
        var found = new List<TypeSchema>();
        Visit(csharp);
        return found;

        void Visit(string name)
        {
            if (found.Exists(t => t.CSharp == name) || Types.FirstOrDefault(t => t.CSharp == name) is not { } type)
                return;
            found.Add(type);
            foreach (var member in type.Members)
            {
                for (var reached = member.Type; reached is not null; reached = reached.Item)
                    Visit(reached.Name);
            }
        }
    }

    public TypeSchema Type(string csharp)
    {
        foreach (var type in Types)
        {
            if (type.CSharp == csharp)
                return type;
        }

        throw new System.InvalidOperationException($"{csharp} is not part of {Name}.");
    }
}

/// <summary>JSON paths of the scale subresource.</summary>
internal sealed record ScalePaths(string Replicas, string StatusReplicas, string? Selector);

/// <summary>A column of <c>kubectl get</c>.</summary>
internal sealed record PrinterColumn(string Name, string Type, string JsonPath, int Priority = 0, string? Format = null, string? Description = null);

/// <summary>A key and its value.</summary>
internal sealed record Pair(string Key, string Value);
