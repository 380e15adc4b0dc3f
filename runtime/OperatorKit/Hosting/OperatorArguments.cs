using System.Globalization;

namespace OperatorKit.Hosting;

/// <summary>The command line of an operator.</summary>
internal sealed record OperatorArguments
{
    public const string Help =
        """
        Runs the operator until it is stopped (Ctrl+C, SIGTERM).

          --kubeconfig FILE    the cluster to work on; inside a pod, its own by default
          --context NAME       a context of that file; its current one by default
          --namespace NAME     watch this namespace only; may be repeated; all by default
          --leader-elect       let replicas elect one that works; on inside a cluster
          --no-leader-elect    work without asking
          --http-port PORT     serve /healthz, /readyz and /metrics; 8080 inside a cluster, off elsewhere; 0 turns it off
          --wait               wait for missing kinds and permissions instead of failing
          --verbose            log each run
          --help               show this
        """;

    public string? Kubeconfig { get; private init; }

    public string? Context { get; private init; }

    public IReadOnlyList<string> Namespaces { get; private init; } = [];

    public bool? LeaderElection { get; private init; }

    public int? HttpPort { get; private init; }

    public bool Wait { get; private init; }

    public bool Verbose { get; private init; }

    public bool ShowHelp { get; private init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="ArgumentException">It is wrong; the message says where.</exception>
    public static OperatorArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new OperatorArguments();
        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var option = equals < 0 ? args[i] : args[i][..equals];
            parsed = option switch
            {
                "--kubeconfig" => parsed with { Kubeconfig = Value() },
                "--context" => parsed with { Context = Value() },
                "--namespace" or "-n" => parsed with { Namespaces = [.. parsed.Namespaces, Value()] },
                "--leader-elect" => parsed with { LeaderElection = true },
                "--no-leader-elect" => parsed with { LeaderElection = false },
                "--http-port" => parsed with { HttpPort = Port(Value()) },
                "--wait" => parsed with { Wait = true },
                "--verbose" => parsed with { Verbose = true },
                "--help" or "-h" => parsed with { ShowHelp = true },
                _ => throw new ArgumentException($"{option} is not an option of the operator; --help lists them."),
            };

            string Value()
            {
                if (equals >= 0)
                    return args[i][(equals + 1)..];
                return ++i < args.Count ? args[i] : throw new ArgumentException($"{option} needs a value; --help shows which.");
            }
        }

        return parsed;
    }

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw new ArgumentException($"--http-port {text} is not a port: give a number from 0 to 65535.");
}
