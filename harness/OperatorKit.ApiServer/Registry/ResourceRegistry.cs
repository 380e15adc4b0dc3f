using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Registry;

/// <summary>
/// The resources that are served right now. Readers take <see cref="Current"/> once and work on it;
/// a definition that comes, changes or goes publishes a new snapshot.
/// </summary>
internal sealed class ResourceRegistry(ImmutableArray<ResourceType> builtIns)
{
    private readonly Lock _gate = new();
    private RegistrySnapshot _current = new(builtIns, 0);

    /// <summary>Raised after a snapshot was published, outside every lock.</summary>
    public event Action<RegistrySnapshot>? Changed;

    public RegistrySnapshot Current => Volatile.Read(ref _current);

    /// <summary>Adds a custom resource, or puts it in the place of the one of the same group and plural.</summary>
    public void Publish(ResourceType type) => Change(types => [.. types.Where(other => other.Resource != type.Resource), type]);

    public void Withdraw(GroupResource resource) => Change(types => [.. types.Where(other => other.Resource != resource)]);

    private void Change(Func<ImmutableArray<ResourceType>, ImmutableArray<ResourceType>> change)
    {
        RegistrySnapshot next;
        lock (_gate)
        {
            next = new RegistrySnapshot(change(_current.Types), _current.Number + 1);
            Volatile.Write(ref _current, next);
        }

        Changed?.Invoke(next);
    }
}

/// <summary>An immutable set of resources. <see cref="Number"/> grows with every change.</summary>
internal sealed class RegistrySnapshot
{
    private readonly Dictionary<GroupResource, ResourceType> _byResource;
    private readonly ILookup<GroupResource, ResourceType> _byStorage;

    public RegistrySnapshot(ImmutableArray<ResourceType> types, int number)
    {
        Types = types;
        Number = number;
        _byResource = types.ToDictionary(static type => type.Resource);
        _byStorage = types.ToLookup(static type => type.Storage);
    }

    public ImmutableArray<ResourceType> Types { get; }

    public int Number { get; }

    public ResourceType? Find(string group, string plural) => _byResource.GetValueOrDefault(new GroupResource(group, plural));

    public ResourceType? Find(GroupResource resource) => _byResource.GetValueOrDefault(resource);

    /// <summary>The resources through which the objects of one can be seen: itself, and another one where they are stored together.</summary>
    public IEnumerable<ResourceType> SeenAs(ResourceType type) => _byStorage[type.Storage];

    /// <summary>The resource of a kind, for owner references and the like.</summary>
    public ResourceType? FindKind(string group, string kind) =>
        Types.FirstOrDefault(type => string.Equals(type.Group, group, StringComparison.Ordinal) && string.Equals(type.Kind, kind, StringComparison.Ordinal));
}
