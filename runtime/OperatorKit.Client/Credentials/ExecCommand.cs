namespace OperatorKit.Client;

/// <summary>A command that prints credentials (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins).</summary>
/// <param name="Command">The command: a path, or a name looked up in <c>PATH</c>.</param>
public sealed record ExecCommand(string Command)
{
    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables added to ours.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The version of the protocol. Default: <c>client.authentication.k8s.io/v1</c>.</summary>
    public string ApiVersion { get; init; } = "client.authentication.k8s.io/v1";

    /// <summary>Whether the command gets the cluster in <c>KUBERNETES_EXEC_INFO</c>.</summary>
    public bool ProvideClusterInfo { get; init; }

    /// <summary>What the cluster has for the command, as JSON: the extension <c>client.authentication.k8s.io/exec</c> of a kubeconfig's cluster. Default: nothing.</summary>
    public string? ClusterConfig { get; init; }

    /// <summary>Whether the command may ask questions on the terminal. Default: if there is one.</summary>
    public ExecInteractivity Interactivity { get; init; } = ExecInteractivity.IfAvailable;

    /// <summary>How to install the command, shown when it is missing.</summary>
    public string? InstallHint { get; init; }
}

/// <summary>Whether a command that prints credentials gets the terminal.</summary>
public enum ExecInteractivity
{
    /// <summary>It gets the terminal, if there is one.</summary>
    IfAvailable,

    /// <summary>It does not get the terminal.</summary>
    Never,

    /// <summary>It cannot work without a terminal.</summary>
    Always,
}
