using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Manifests;

/// <summary>An operator as the manifests see it: its kinds, its handlers, and what its code does.</summary>
internal sealed record OperatorModel(
    OperatorOptions Options, EquatableArray<Registration> Registrations, EquatableArray<ResourceModel> Resources, EquatableArray<UseModel> Uses, EquatableArray<RightModel> Rights)
{
    /// <summary>The admission webhooks.</summary>
    public EquatableArray<WebhookModel> Webhooks { get; init; } = [];

    /// <summary>The definitions of kinds between whose versions the operator converts.</summary>
    public EquatableArray<string> Converted { get; init; } = [];
}
