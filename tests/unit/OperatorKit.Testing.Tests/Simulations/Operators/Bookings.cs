using System.ComponentModel.DataAnnotations;
using OperatorKit.Models;

namespace OperatorKit.Testing.Tests.Simulations.Operators;

/// <summary>Seats for a show.</summary>
[KubernetesResource("sim.example.com", "v1")]
public sealed partial record Booking : CustomResource<BookingSpec, BookingStatus>;

/// <summary>Which seats.</summary>
public sealed record BookingSpec
{
    /// <summary>The show; stays what it is.</summary>
    [AllowedValues("hamlet", "macbeth")]
    public string Show { get; init; } = "hamlet";

    /// <summary>How many seats; above four only for a group.</summary>
    [Range(1, 8)]
    public int Seats { get; init; } = 1;

    /// <summary>Whether it is a group.</summary>
    public bool Group { get; init; }

    /// <summary>Where to sit. Default: what the webhook finds.</summary>
    [MaxLength(20)]
    public string? Row { get; init; }
}

/// <summary>What was booked.</summary>
public sealed record BookingStatus : ResourceStatus;

/// <summary>What no schema can hold: rules between members and with the object before, and a default that depends on another member.</summary>
public sealed class BookingRules : AdmissionWebhook<Booking>
{
    /// <inheritdoc/>
    public override Task<AdmissionResult> ValidateAsync(Booking resource, AdmissionRequest<Booking> request, CancellationToken cancellationToken) =>
        Task.FromResult(AdmissionResult.Of(Errors(resource, request.Old)));

    /// <inheritdoc/>
    public override Task<Booking> MutateAsync(Booking resource, AdmissionRequest<Booking> request, CancellationToken cancellationToken) => Task.FromResult(
        string.IsNullOrWhiteSpace(resource.Spec.Row) ? resource with { Spec = resource.Spec with { Row = resource.Spec.Group ? "back" : "front" } } : resource);

    private static FieldError[] Errors(Booking booking, Booking? old) =>
    [
        .. booking.Spec is { Seats: > 4, Group: false } ? [FieldError.Invalid("spec.seats", booking.Spec.Seats, "only a group may have more than 4")] : Array.Empty<FieldError>(),
        .. old is not null && old.Spec.Show != booking.Spec.Show ? [FieldError.Forbidden("spec.show", "a booking stays with its show")] : Array.Empty<FieldError>(),
    ];
}

/// <summary>Looks at what operators make, and stands in nobody's way when it cannot.</summary>
[Webhook(FailurePolicy = FailurePolicy.Ignore)]
public sealed class MapRules : AdmissionWebhook<V1ConfigMap>
{
    /// <inheritdoc/>
    public override Task<AdmissionResult> ValidateAsync(V1ConfigMap resource, AdmissionRequest<V1ConfigMap> request, CancellationToken cancellationToken) =>
        Task.FromResult(resource.Data is { Count: > 0 } ? AdmissionResult.Allowed : AdmissionResult.Denied("an empty map is of no use"));
}

/// <summary>Prints the tickets of a booking; its own finalizer makes it write the object that its webhook is asked about.</summary>
[Owns<V1ConfigMap>]
public sealed class BookingOperator : BookingHandler
{
    /// <inheritdoc/>
    public override async Task<BookingStatus> OnReconcileAsync(Booking booking, BookingContext context, CancellationToken cancellationToken)
    {
        await context.ApplyAsync(Maps.Of($"tickets-{booking.Metadata.Name}", "row", booking.Spec.Row ?? "none"), cancellationToken);
        return new BookingStatus();
    }

    /// <inheritdoc/>
    public override Task OnDeleteAsync(Booking booking, BookingContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
