using System.ComponentModel.DataAnnotations;
using OperatorKit.Models;

namespace OperatorKit.IntegrationTests;

/// <summary>A kind that has been through a change: the first version had one host, the second has several and may be suspended.</summary>
[KubernetesResource("test.operatorkit.dev", "v2")]
public sealed partial record Schedule : CustomResource<ScheduleSpec, ScheduleStatus>;

public sealed record ScheduleSpec
{
    public required string Cron { get; init; }

    public IReadOnlyList<string> Hosts { get; init; } = [];

    public bool Suspend { get; init; }

    public Pace Pace { get; init; }

    public IReadOnlyList<Step> Steps { get; init; } = [];

    public IReadOnlyDictionary<string, Step>? Named { get; init; }

    public Notice? Notice { get; init; }
}

public sealed record ScheduleStatus : ResourceStatus
{
    public DateTime? LastRun { get; init; }
}

public sealed record Step([property: Key] string Name, int? Retries = 2);

public enum Pace
{
    Slow,
    Fast,
}

public abstract record Notice
{
    public sealed record Mail(string Address) : Notice;

    public sealed record Hook(Uri Url) : Notice;
}

[KubernetesResource("test.operatorkit.dev", "v1", Kind = "Schedule", Storage = false)]
public sealed partial record ScheduleV1 : CustomResource<ScheduleV1Spec, ScheduleStatus>;

public sealed record ScheduleV1Spec
{
    public required string Cron { get; init; }

    public string? Host { get; init; }

    public PaceV1 Pace { get; init; }

    public IReadOnlyList<StepV1> Steps { get; init; } = [];

    public IReadOnlyDictionary<string, StepV1>? Named { get; init; }

    public NoticeV1? Notice { get; init; }
}

public sealed record StepV1
{
    [Key]
    public string Name { get; init; } = "";

    public int? Retries { get; init; } = 2;
}

public enum PaceV1
{
    Slow,
    Fast,
}

public abstract record NoticeV1
{
    public sealed record Mail(string Address) : NoticeV1;

    public sealed record Hook(Uri Url) : NoticeV1;
}

public static partial class ScheduleConversion
{
    private const string Suspended = "test.operatorkit.dev/suspended";

    [Converts]
    private static ScheduleSpec Hosts(ScheduleV1Spec from, ScheduleSpec mapped) => mapped with { Hosts = from.Host?.Split(',') ?? [] };

    [Converts]
    private static ScheduleV1Spec Host(ScheduleSpec from, ScheduleV1Spec mapped) => mapped with { Host = from.Hosts.Count == 0 ? null : string.Join(',', from.Hosts) };

    [Converts]
    private static Schedule FromNote(ScheduleV1 from, Schedule mapped)
    {
        if (from.GetAnnotation(Suspended) is null)
            return mapped;
        mapped.SetAnnotation(Suspended, null);
        return mapped with { Spec = mapped.Spec with { Suspend = true } };
    }

    [Converts]
    private static ScheduleV1 ToNote(Schedule from, ScheduleV1 mapped)
    {
        mapped.SetAnnotation(Suspended, from.Spec.Suspend ? "true" : null);
        return mapped;
    }
}

/// <summary>Notes when it saw a schedule.</summary>
public sealed class ScheduleOperator : ScheduleHandler
{
    public override Task<ScheduleStatus> OnReconcileAsync(Schedule schedule, ScheduleContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new ScheduleStatus { LastRun = schedule.Status?.LastRun });
}

/// <summary>Refuses what never runs, and names who asked.</summary>
[Webhook(Operations = AdmissionOperations.Create | AdmissionOperations.Update | AdmissionOperations.Delete, TimeoutSeconds = 5)]
public sealed class ScheduleAdmission : AdmissionWebhook<Schedule>
{
    public override Task<AdmissionResult> ValidateAsync(Schedule schedule, AdmissionRequest<Schedule> request, CancellationToken cancellationToken) => Task.FromResult(
        request.Operation == AdmissionOperations.Delete && schedule.Spec.Suspend ? AdmissionResult.Denied("resume it first")
        : schedule.Spec.Cron == "never" ? AdmissionResult.Of(FieldError.Invalid("spec.cron", schedule.Spec.Cron, "must come"))
        : AdmissionResult.Allowed);

    [Webhook(FailurePolicy = FailurePolicy.Ignore)]
    public override Task<Schedule> MutateAsync(Schedule schedule, AdmissionRequest<Schedule> request, CancellationToken cancellationToken) =>
        Task.FromResult(schedule with { Spec = schedule.Spec with { Cron = schedule.Spec.Cron.Trim() } });
}
