namespace OperatorKit.ApiServer.Workloads;

internal sealed record WorkloadOptions;
