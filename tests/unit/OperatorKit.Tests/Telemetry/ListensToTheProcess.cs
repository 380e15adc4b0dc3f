namespace OperatorKit.Tests.Telemetry;

/// <summary>Tests that hear what every operator of the process tells: none other may run beside them.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class ListensToTheProcess;
