using OperatorKit.Hosting;
using OperatorKit.Models;
using OperatorKit.Webhooks.Admission;

namespace OperatorKit.Webhooks.Serving;

/// <summary>What an operator has to be allowed to do so that its webhooks are called: the rules that the generator writes into the manifests.</summary>
internal static class WebhookRights
{
    /// <summary>The rights.</summary>
    /// <param name="address">Where the webhooks are.</param>
    /// <param name="configuration">Name of the configurations.</param>
    /// <param name="registrations">The admission webhooks.</param>
    /// <param name="conversions">The kinds with several versions.</param>
    /// <param name="secret">The Secret with the certificates; null where they come from files.</param>
    public static IEnumerable<Right> Of(
        WebhookAddress address, string configuration, IReadOnlyList<WebhookRegistration> registrations, IReadOnlyList<KindConversion> conversions, string? secret)
    {
        if (secret is not null)
        {
            // A rule for "create" cannot name the object, which is not there yet.
            yield return new Right(V1Secret.Definition, address.Namespace, "create");
            yield return new Right(V1Secret.Definition, address.Namespace, "get", Name: secret);
            yield return new Right(V1Secret.Definition, address.Namespace, "patch", Name: secret);
        }

        // On the same machine the configurations are made here, and deleted in the end; in a cluster they are there.
        string[] verbs = address.Url is null ? ["get", "patch"] : ["patch", "delete"];
        foreach (var definition in WebhookConfiguration.DefinitionsOf(registrations))
        {
            if (address.Url is not null)
                yield return new Right(definition, null, "create");
            foreach (var verb in verbs)
                yield return new Right(definition, null, verb, Name: configuration);
        }

        foreach (var conversion in conversions)
        {
            yield return new Right(WebhookPublication.Definitions, null, "get", Name: conversion.Stored.QualifiedName);
            yield return new Right(WebhookPublication.Definitions, null, "patch", Name: conversion.Stored.QualifiedName);
        }
    }
}
