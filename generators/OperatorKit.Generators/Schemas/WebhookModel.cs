using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Schemas;

/// <summary>A class of the user that derives from <c>AdmissionWebhook</c>.</summary>
internal sealed record WebhookModel
{
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    /// <summary>The class, as C# spells it anywhere.</summary>
    public required string CSharp { get; init; }

    public required bool IsPublic { get; init; }

    /// <summary>The kind that it is asked about.</summary>
    public required OwnedModel Resource { get; init; }

    /// <summary>The version of the kind.</summary>
    public required string Version { get; init; }

    /// <summary>What the API calls the kind.</summary>
    public required string Kind { get; init; }

    /// <summary>How it validates; null where it does not.</summary>
    public WebhookCall? Validating { get; init; }

    /// <summary>How it mutates; null where it does not.</summary>
    public WebhookCall? Mutating { get; init; }

    /// <summary>The types of the constructor's parameters, to be had from services.</summary>
    public EquatableArray<string> Services { get; init; } = [];
}

/// <summary>What one method of a webhook is asked and how, as in <c>[Webhook]</c>.</summary>
internal sealed record WebhookCall
{
    /// <summary>Flags of <c>AdmissionOperations</c>.</summary>
    public int Operations { get; init; } = 3;

    public string FailurePolicy { get; init; } = "Fail";

    public string MatchPolicy { get; init; } = "Equivalent";

    public string SideEffects { get; init; } = "None";

    public int TimeoutSeconds { get; init; } = 10;

    public bool Reinvoke { get; init; }

    public EquatableArray<string> Subresources { get; init; } = [];

    /// <summary>What labels of the namespace have to be like.</summary>
    public EquatableArray<LabelRequirement> NamespaceSelector { get; init; } = [];

    /// <summary>What labels of the object have to be like.</summary>
    public EquatableArray<LabelRequirement> ObjectSelector { get; init; } = [];

    /// <summary>CEL conditions by name.</summary>
    public EquatableArray<Pair> MatchConditions { get; init; } = [];
}
