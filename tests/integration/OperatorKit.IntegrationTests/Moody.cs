namespace OperatorKit.IntegrationTests;

/// <summary>A resource whose handler does what the object tells it to, good or bad.</summary>
[KubernetesResource("test.operatorkit.dev", "v1", Plural = "moody")]
public sealed partial record Moody : CustomResource<MoodySpec, MoodyStatus>;

public enum Mood
{
    Fine,
    Throws,
    ThrowsForGood,
    Hangs,
}

public sealed record MoodySpec
{
    public Mood Mood { get; init; }
}

public sealed record MoodyStatus : ResourceStatus
{
    public int Runs { get; init; }
}

public sealed class MoodyOperator : MoodyHandler
{
    public override async Task<MoodyStatus> OnReconcileAsync(Moody moody, MoodyContext context, CancellationToken cancellationToken)
    {
        switch (moody.Spec.Mood)
        {
            case Mood.Throws:
                throw new InvalidOperationException("not today");
            case Mood.ThrowsForGood:
                throw new TerminalException("this spec cannot work");
            case Mood.Hangs:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
        }

        return new MoodyStatus { Runs = (moody.Status?.Runs ?? 0) + 1 };
    }
}
