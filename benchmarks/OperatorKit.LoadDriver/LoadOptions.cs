namespace OperatorKit.LoadDriver;

/// <summary>What one run does.</summary>
/// <param name="Kubeconfig">Cluster to use; also given to the operator as <c>KUBECONFIG</c>.</param>
/// <param name="Context">Context in it; null takes the current one.</param>
/// <param name="Namespace">Namespace of the objects; it must exist.</param>
/// <param name="Count">How many SimpleApps.</param>
/// <param name="Parallelism">Requests under way at once.</param>
/// <param name="Repairs">How many ReplicaSets are deleted by hand; 0 for operators that do not repair.</param>
/// <param name="Single">How many are scaled one after the other, each when the operator is idle.</param>
/// <param name="Limit">How long a phase may take.</param>
/// <param name="Rounds">How often each operator is measured, in turns; the medians count.</param>
/// <param name="Commands">The operators, with their arguments.</param>
internal sealed record LoadOptions(
    string Kubeconfig,
    string? Context,
    string Namespace,
    int Count,
    int Parallelism,
    int Repairs,
    int Single,
    TimeSpan Limit,
    int Rounds,
    IReadOnlyList<IReadOnlyList<string>> Commands);
