using System.Text.Json.Nodes;

namespace OperatorKit.Webhooks.Admission;

/// <summary>What <see cref="OperatorBuilder"/> knows about one admission webhook.</summary>
internal abstract record WebhookRegistration(ResourceDefinition Definition, WebhookSettings? Validating, WebhookSettings? Mutating)
{
    /// <summary>Where the API server posts what is to be validated, by the convention of Go's controller-runtime.</summary>
    public string ValidatingPath => WebhookNames.Path("validate", Definition);

    /// <summary>Where the API server posts what may be changed.</summary>
    public string MutatingPath => WebhookNames.Path("mutate", Definition);

    /// <summary>Makes what answers.</summary>
    public abstract AdmissionResponder Build(IServiceProvider services);
}

internal sealed record WebhookRegistration<T>(WebhookSettings? Validating, WebhookSettings? Mutating, Func<IServiceProvider, AdmissionWebhook<T>> Create)
    : WebhookRegistration(T.Definition, Validating, Mutating)
    where T : class, IKubernetesResource<T>
{
    public override AdmissionResponder Build(IServiceProvider services)
    {
        var admission = new TypedAdmission<T>(Create(services));
        return new AdmissionResponder(this, admission.ValidateAsync, admission.MutateAsync);
    }
}

/// <summary>Answers reviews of one kind.</summary>
internal sealed record AdmissionResponder(
    WebhookRegistration Registration,
    Func<JsonObject, CancellationToken, Task<JsonObject>> ValidateAsync,
    Func<JsonObject, CancellationToken, Task<JsonObject>> MutateAsync);
