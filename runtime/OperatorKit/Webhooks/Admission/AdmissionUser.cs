namespace OperatorKit;

/// <summary>Who sent a request.</summary>
/// <param name="Name">The user name, as in <c>system:serviceaccount:default:builder</c>.</param>
public sealed record AdmissionUser(string Name)
{
    /// <summary>What identifies the user beyond the name; empty where the server knows nothing.</summary>
    public string Uid { get; init; } = "";

    /// <summary>The groups of the user.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>What else the authenticator said about the user.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
