using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Emitters;

/// <summary>What typed clients and apply records need to know of a kind, whoever has defined it.</summary>
/// <param name="Namespace">The namespace of its record; empty in the global one.</param>
/// <param name="Name">The simple name of its record.</param>
internal sealed record ClientModel(string Namespace, string Name)
{
    /// <summary>The simple name of its client.</summary>
    public required string ClientName { get; init; }

    /// <summary>The simple name of its apply record.</summary>
    public required string ApplyName { get; init; }

    public required bool IsPublic { get; init; }

    public required string ApiVersion { get; init; }

    public required string Kind { get; init; }

    public required bool IsClusterScoped { get; init; }

    public required bool HasStatus { get; init; }

    public required bool HasScale { get; init; }

    /// <summary>The members beside the metadata that somebody may ask for.</summary>
    public EquatableArray<ApplyMember> Wanted { get; init; } = [];

    public string CSharp => EmittedFile.Beside(Namespace, Name);

    public static ClientModel Of(ResourceModel model) => new(model.Namespace, model.Name)
    {
        ClientName = model.Name + "Client",
        ApplyName = model.Name + "Apply",
        IsPublic = model.IsPublic,
        ApiVersion = model.ApiVersion,
        Kind = model.Kind,
        IsClusterScoped = model.IsClusterScoped,
        HasStatus = model.Status is not null,
        HasScale = model.Scale is not null,
        Wanted = [new ApplyMember(ApplyTypes.Property("Spec", "spec", JsonModels.Of(model).Properties[3].Type), "What to set of the spec; null leaves all of it to others.")],
    };
}
