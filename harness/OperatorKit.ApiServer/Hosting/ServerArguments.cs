using System.Globalization;
using System.Net;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>
/// The command line of the server. It is read by hand because everybody who starts the command waits for it:
/// a library for command lines takes a cold process longer than the server does.
/// </summary>
internal sealed record ServerArguments
{
    public const string Help = """
        A Kubernetes API server that keeps its state in memory. Serves until Ctrl+C.

          --port N            port to listen on; 0, the default, takes a free one
          --address IP        address to listen on; anything but a loopback address, the default, lets other machines in
          --kubeconfig FILE   where to write a kubeconfig for this server; replaced if it exists
          --https             HTTPS with a self-signed certificate; kubectl sends credentials over HTTPS only
          --token-file CSV    bearer tokens, token,user,uid,"group1,group2" a line; turns on authentication and RBAC,
                              without it and --client-ca-file everybody is cluster-admin
          --client-ca-file PEM
                              authorities whose client certificates are taken for users (CN) with groups (O); needs --https,
                              turns on authentication and RBAC
          --workloads         simulate workloads: Deployments and ReplicaSets make pods, pods become ready
          --help              this text
        """;

    public int Port { get; private init; }

    public IPAddress Address { get; private init; } = IPAddress.Loopback;

    public string? Kubeconfig { get; private init; }

    public string? TokenFile { get; private init; }

    public string? ClientCaFile { get; private init; }

    public bool Https { get; private init; }

    public bool Workloads { get; private init; }

    public bool WantsHelp { get; private init; }

    /// <exception cref="FormatException">An argument is unknown, lacks its value, or has one that does not fit.</exception>
    public static ServerArguments Parse(IReadOnlyList<string> arguments)
    {
        var read = new ServerArguments();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            read = name switch
            {
                "--https" => read with { Https = Switch(name, value) },
                "--workloads" => read with { Workloads = Switch(name, value) },
                "--help" or "-h" or "-?" => read with { WantsHelp = true },
                "--port" => read with { Port = ToPort(Value()) },
                "--address" => read with { Address = ToAddress(Value()) },
                "--kubeconfig" => read with { Kubeconfig = Value() },
                "--token-file" => read with { TokenFile = ToFile(name, Value(), "Write one token,user,uid,\"groups\" a line.") },
                "--client-ca-file" => read with { ClientCaFile = ToFile(name, Value(), "Give the authorities' certificates in PEM form.") },
                _ => throw new FormatException($"{name} is no option of this command. Try --help."),
            };

            string Value() => value ?? (i + 1 < arguments.Count ? arguments[++i] : throw new FormatException($"{name} needs a value. Try --help."));
        }

        return read.ClientCaFile is null || read.Https
            ? read
            : throw new FormatException("--client-ca-file needs --https: a client shows its certificate in the TLS handshake. Add --https.");
    }

    private static (string Name, string? Value) Split(string argument) =>
        argument.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (argument[..at], argument[(at + 1)..]) : (argument, null);

    private static bool Switch(string name, string? value) => value switch
    {
        null or "true" => true,
        "false" => false,
        _ => throw new FormatException($"{name} takes no value but true or false."),
    };

    private static int ToPort(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        ? port
        : throw new FormatException($"--port {text} is no port. Try --port 0 for a free one.");

    private static IPAddress ToAddress(string text) => text == "127.0.0.1"
        ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address : throw new FormatException($"--address {text} is not an IP address. Try 127.0.0.1.");

    private static string ToFile(string name, string path, string remedy) => File.Exists(path)
        ? path
        : throw new FormatException($"{name} {Path.GetFullPath(path)} does not exist. {remedy}");
}
