using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using OperatorKit;
using OperatorKit.Models;

namespace Kitchen;

/// <summary>Everything that a record can say, with <c>quotes "" and 'more'</c>.</summary>
[KubernetesResource("kitchen.example.com", "v1beta1", Plural = "kitchensinks", ShortNames = ["ks", "sink"], Categories = ["all"])]
[PrinterColumn("Kind", JsonPath = ".kind", Priority = 1)]
[DefinitionLabel("team", "kitchen")]
[DefinitionAnnotation("kitchen.example.com/note", "yes")]
[Cel("self.metadata.name.size() <= 50", Message = "the name is too long")]
public sealed partial record KitchenSink : CustomResource<KitchenSinkSpec, KitchenSinkStatus>;

/// <summary>What is asked for.</summary>
[Cel("self.small <= self.large", Message = "small must not be above large", Reason = CelReason.FieldValueForbidden, FieldPath = ".small")]
[AtMostOneOf(nameof(Note), nameof(Link))]
public sealed record KitchenSinkSpec
{
    public required string Name { get; init; }

    /// <summary>
    /// First paragraph,
    /// on two lines.
    /// <para>Second: see <see cref="Large"/> and <c>x: y # z</c>.</para>
    /// </summary>
    [Range(1, 10)]
    public byte Small { get; init; } = 2;

    [Range(0, 100, MaximumIsExclusive = true), MultipleOf(5), ScaleReplicas]
    public int Large { get; init; } = 10;

    public long Huge { get; init; } = long.MaxValue;

    public uint Unsigned { get; init; } = uint.MaxValue;

    public bool Enabled { get; init; } = true;

    [SelectableField]
    public Mode Mode { get; init; } = Mode.SlowAndSteady;

    [RegularExpression("[a-z]+"), StringLength(20, MinimumLength = 2), AllowedValues("ab", "abc")]
    public string? Note { get; init; }

    public Uri? Link { get; init; }

    [Immutable]
    public Guid? Identity { get; init; }

    public byte[]? Secret { get; init; }

    public DateTime? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public DateOnly Day { get; init; } = new(2026, 1, 31);

    public DateOnly? LastDay { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(90);

    public Quantity Memory { get; init; } = "64Mi";

    public IntOrString Port { get; init; } = 8080;

    [MinLength(1), MaxLength(5)]
    public IReadOnlyList<string> Words { get; init; } = ["one", "two"];

    public IReadOnlySet<Mode> Modes { get; init; } = ImmutableHashSet<Mode>.Empty;

    public ImmutableArray<int> Numbers { get; init; } = [];

    [MaxLength(3)]
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string> { ["a"] = "b" };

    public IReadOnlyDictionary<string, IReadOnlyList<Endpoint>>? Groups { get; init; }

    public IList<Endpoint> Endpoints { get; init; } = [];

    public Limits Limits { get; init; } = new();

    public Limits Tuned { get; init; } = new() { Cpu = "2" };

    [Atomic]
    public Endpoint? Main { get; init; }

    public JsonElement? Anything { get; init; }

    public JsonObject? Extra { get; init; }

    [EmbeddedResource]
    public JsonObject? Template { get; init; }

    public V1ObjectMeta? PodMetadata { get; init; }

    public V1LabelSelector? Selector { get; init; }

    [NullableValue]
    public string? MayBeNull { get; init; }

    [JsonPropertyName("spelled-out")]
    public string? Renamed { get; init; }

    [JsonIgnore]
    public string? Private { get; init; }

    public string Computed => Name + "!";

    public Source? Source { get; init; }

    public Source Fallback { get; init; } = new Source.Http { Url = "https://example.com" };

    [Obsolete("Use Words.")]
    public string? Old { get; init; }
}

/// <summary>How to go about it.</summary>
public enum Mode
{
    Fast,

    [JsonStringEnumMemberName("slow-and-steady")]
    SlowAndSteady,
}

/// <summary>Where something listens.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Port">Where it listens.</param>
public sealed record Endpoint([property: Key] string Name, [Range(1, 65535)] int Port = 80);

/// <summary>Where something comes from.</summary>
public abstract record Source
{
    private Source()
    {
    }

    /// <summary>Tries again that often.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>From a repository.</summary>
    public sealed record Git : Source
    {
        public required string Repository { get; init; }

        public string Branch { get; init; } = "main";
    }

    /// <summary>From a web server.</summary>
    public sealed record Http : Source
    {
        public required string Url { get; init; }
    }
}

/// <summary>How much is allowed.</summary>
public sealed record Limits
{
    public Quantity Cpu { get; init; } = "500m";

    public TimeSpan? Wait { get; init; }
}

/// <summary>What was seen.</summary>
public sealed record KitchenSinkStatus : ResourceStatus
{
    [StatusReplicas, PrinterColumn("Ready", Description = "How many are ready.")]
    public int Ready { get; init; }

    [StatusSelector]
    public string? Selector { get; init; }

    [PrinterColumn]
    public DateTime? LastSeen { get; init; }
}

[Owns<V1Deployment>]
[Owns<V1Service>]
[Rbac(Resources = ["secrets"], Verbs = ["get"], ResourceNames = ["one"])]
internal sealed class KitchenOperator(ILogger<KitchenOperator> logger) : KitchenSinkHandler
{
    public override Task<KitchenSinkStatus> OnReconcileAsync(KitchenSink kitchenSink, KitchenSinkContext context, CancellationToken cancellationToken)
    {
        logger.LogInformation("Seen {Name}", kitchenSink.Metadata.Name);
        return Task.FromResult(new KitchenSinkStatus { Ready = kitchenSink.Spec.Large });
    }

    public override Task OnDeleteAsync(KitchenSink kitchenSink, KitchenSinkContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
