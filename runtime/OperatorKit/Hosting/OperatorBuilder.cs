using System.ComponentModel;
using OperatorKit.Dispatch;
using OperatorKit.Webhooks.Admission;

namespace OperatorKit;

/// <summary>Collects the controllers of an operator. Generated code adds <c>Add{Handler}</c> methods to it, one a handler.</summary>
public sealed class OperatorBuilder
{
    private readonly List<ControllerRegistration> _controllers = [];
    private readonly List<WebhookRegistration> _webhooks = [];
    private readonly List<KindConversion> _conversions = [];

    private readonly Action<string, ControllerOptions>? _settings;

    internal OperatorBuilder(OperatorOptions options) => _settings = options.ControllerSettings;

    internal IReadOnlyList<ControllerRegistration> Controllers => _controllers;

    internal IReadOnlyList<WebhookRegistration> Webhooks => _webhooks;

    internal IReadOnlyList<KindConversion> Conversions => _conversions;

    /// <summary>Has the handlers of all controllers added so far watched.</summary>
    internal void Probe(HandlerProbe probe)
    {
        for (var i = 0; i < _controllers.Count; i++)
            _controllers[i] = _controllers[i] with { Probe = probe };
    }

    /// <summary>Adds a controller. Called by generated code.</summary>
    /// <typeparam name="TResource">The kind handled.</typeparam>
    /// <typeparam name="THandler">The class that handles it; one instance serves all objects.</typeparam>
    /// <param name="methods">The methods that <typeparamref name="THandler"/> overrides.</param>
    /// <param name="owns">The kinds that the handler makes for its resources.</param>
    /// <param name="create">Makes the handler, from services where it needs some.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <param name="hooks">What attributes on the class and its methods ask for. Default: nothing.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An option has a value that cannot work, or a controller of that name is there already.</exception>
    public OperatorBuilder AddController<TResource, THandler>(
        HandlerMethods methods,
        IReadOnlyList<OwnedKind> owns,
        Func<IServiceProvider, THandler> create,
        Action<ControllerOptions>? configure = null,
        IReadOnlyList<Hook<TResource>>? hooks = null)
        where TResource : CustomResource, ICustomResource<TResource>
        where THandler : class, IResourceHandler<TResource>
    {
        ArgumentNullException.ThrowIfNull(owns);
        ArgumentNullException.ThrowIfNull(create);
        var options = new ControllerOptions();
        configure?.Invoke(options);
        var name = options.Name ??= TResource.Definition.Kind.ToLowerInvariant();
        options.Validate(name);
        _settings?.Invoke(name, options);
        if (_controllers.Exists(c => c.Name == name))
        {
            throw new InvalidOperationException(
                $"There are two controllers named {name}. Set {nameof(ControllerOptions)}.{nameof(ControllerOptions.Name)} for one of them.");
        }

        _controllers.Add(new ControllerRegistration<TResource>(name, methods, owns, hooks ?? [], create, options));
        return this;
    }

    /// <summary>Adds a controller whose handler needs no services. Called by generated code.</summary>
    /// <typeparam name="TResource">The kind handled.</typeparam>
    /// <typeparam name="THandler">The class that handles it; one instance serves all objects.</typeparam>
    /// <param name="methods">The methods that <typeparamref name="THandler"/> overrides.</param>
    /// <param name="owns">The kinds that the handler makes for its resources.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <param name="hooks">What attributes on the class and its methods ask for. Default: nothing.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">An option has a value that cannot work, or a controller of that name is there already.</exception>
    public OperatorBuilder AddController<TResource, THandler>(
        HandlerMethods methods,
        IReadOnlyList<OwnedKind> owns,
        Action<ControllerOptions>? configure = null,
        IReadOnlyList<Hook<TResource>>? hooks = null)
        where TResource : CustomResource, ICustomResource<TResource>
        where THandler : class, IResourceHandler<TResource>, new() =>
        AddController<TResource, THandler>(methods, owns, static _ => new THandler(), configure, hooks);

    /// <summary>Adds an admission webhook. Called by generated code.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="validating">How it validates; null where it does not.</param>
    /// <param name="mutating">How it mutates; null where it does not.</param>
    /// <param name="create">Makes the webhook, from services where it needs some.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">There is a webhook for this version of the kind already.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public OperatorBuilder AddWebhook<T>(WebhookSettings? validating, WebhookSettings? mutating, Func<IServiceProvider, AdmissionWebhook<T>> create)
        where T : class, IKubernetesResource<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        if (_webhooks.Exists(static w => w.Definition == T.Definition))
            throw new InvalidOperationException($"There are two admission webhooks for {T.Definition}. Make one class of them.");
        _webhooks.Add(new WebhookRegistration<T>(validating, mutating, create));
        return this;
    }

    /// <summary>Serves the conversion of a kind between its versions. Called by generated code; a second time changes nothing.</summary>
    /// <param name="conversion">The conversion: the <c>Kind</c> of a generated <c>{Record}Conversion</c>.</param>
    /// <returns>The same builder.</returns>
    public OperatorBuilder AddConversion(KindConversion conversion)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        if (!_conversions.Exists(c => c.Stored == conversion.Stored))
            _conversions.Add(conversion);
        return this;
    }
}
