namespace OperatorKit.Dispatch;

/// <summary>What <see cref="OperatorBuilder"/> knows about one controller.</summary>
internal abstract record ControllerRegistration(string Name, HandlerMethods Methods, IReadOnlyList<OwnedKind> Owns, ControllerOptions Options);

internal sealed record ControllerRegistration<TResource>(
    string Name,
    HandlerMethods Methods,
    IReadOnlyList<OwnedKind> Owns,
    Func<IServiceProvider, IResourceHandler<TResource>> CreateHandler,
    ControllerOptions Options)
    : ControllerRegistration(Name, Methods, Owns, Options)
    where TResource : CustomResource, ICustomResource<TResource>;
