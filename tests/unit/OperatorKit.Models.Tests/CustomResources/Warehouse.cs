using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OperatorKit.Models.Tests.CustomResources;

/// <summary>A resource with a member of every shape.</summary>
[KubernetesResource("example.com", "v1")]
public sealed partial record Warehouse : CustomResource<WarehouseSpec, WarehouseStatus>;

public sealed record WarehouseSpec
{
    public required string Name { get; init; }
    public required Address Address { get; init; }
    public string Language { get; init; } = "en";
    public string? Note { get; set; }
    public int Floors { get; init; } = 2;
    public int? Basements { get; init; }
    public long Volume { get; init; }
    public bool Heated { get; init; } = true;
    public Access Access { get; init; } = Access.ByKey;
    public Access? Night { get; init; }
    public DateTime? Opened { get; init; }
    public DateTimeOffset? Inspected { get; init; }
    public TimeSpan Patrol { get; init; } = TimeSpan.FromHours(1);
    public Quantity Capacity { get; init; }
    public IntOrString Door { get; init; } = 80;
    public byte[]? Seal { get; init; }
    public Uri? Site { get; init; }
    public Guid? Deed { get; init; }
    public JsonElement? Extra { get; init; }
    public JsonObject? Free { get; init; }
    public IReadOnlyList<Shelf> Shelves { get; init; } = [];
    public List<string> Goods { get; init; } = ["paper"];
    public string[]? Aliases { get; init; }
    public ImmutableArray<int> Codes { get; init; } = [];
    public ImmutableList<int>? Rooms { get; init; }
    public IReadOnlySet<string> Tags { get; init; } = new HashSet<string>();
    public SortedSet<string>? Keys { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public Dictionary<string, Shelf> Corners { get; init; } = [];
    public IReadOnlyList<IReadOnlyList<int>>? Grid { get; init; }
    public V1ResourceRequirements? Power { get; init; }

    [JsonIgnore]
    public int Computed => Floors + 1;
}

public sealed record Address(string Street, int Number = 1)
{
    public string? City { get; init; }
}

public sealed record Shelf
{
    public int Height { get; set; }
    public string? Material { get; set; }
}

public enum Access
{
    ByKey,
    ByCode,

    [JsonStringEnumMemberName("nobody")]
    None,
}

public sealed record WarehouseStatus : ResourceStatus
{
    public int Used { get; init; }
}
