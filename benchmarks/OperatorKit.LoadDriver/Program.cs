using System.CommandLine;
using System.CommandLine.Parsing;
using OperatorKit.Client;
using OperatorKit.LoadDriver;

var kubeconfig = new Option<string>("--kubeconfig") { Description = "Cluster to use. It must have the CRD simpleapps.example.com.", Required = true };
var context = new Option<string?>("--context") { Description = "Context in the kubeconfig. Default: the current one." };
var @namespace = new Option<string>("--namespace") { Description = "Namespace of the objects.", DefaultValueFactory = _ => "default" };
var count = new Option<int>("--count", "-n") { Description = "How many SimpleApps.", DefaultValueFactory = _ => 500 };
var parallel = new Option<int>("--parallel") { Description = "Requests under way at once.", DefaultValueFactory = _ => 16 };
var repairs = new Option<int>("--repairs") { Description = "ReplicaSets deleted by hand, together and then one after the other; 0 for an operator that does not repair.", DefaultValueFactory = _ => 100 };
var single = new Option<int>("--single") { Description = "SimpleApps that are scaled one after the other.", DefaultValueFactory = _ => 50 };
var rounds = new Option<int>("--rounds") { Description = "How often each operator is measured, in turns; medians are printed.", DefaultValueFactory = _ => 1 };
var against = new Option<string[]>("--against") { Description = "Another operator, with its arguments, as one quoted text; may be repeated. The ratios to it are printed.", DefaultValueFactory = _ => [] };
var limit = new Option<int>("--limit") { Description = "Seconds that a phase may take.", DefaultValueFactory = _ => 120 };
var command = new Argument<string[]>("command") { Description = "The operator, with its arguments; it finds the kubeconfig in KUBECONFIG too.", Arity = ArgumentArity.OneOrMore };

var root = new RootCommand("Puts any SimpleApp operator under load and prints rate, latency, CPU and memory: driver --kubeconfig FILE -- OPERATOR [ARGS]")
{
    kubeconfig, context, @namespace, count, parallel, repairs, single, rounds, limit, against, command,
};
root.SetAction(async (parsed, cancellationToken) =>
{
    var options = new LoadOptions(
        parsed.GetRequiredValue(kubeconfig),
        parsed.GetValue(context),
        parsed.GetRequiredValue(@namespace),
        parsed.GetValue(count),
        parsed.GetValue(parallel),
        parsed.GetValue(repairs),
        parsed.GetValue(single),
        TimeSpan.FromSeconds(parsed.GetValue(limit)),
        parsed.GetValue(rounds),
        [parsed.GetRequiredValue(command), .. parsed.GetRequiredValue(against).Select(text => CommandLineParser.SplitCommandLine(text).ToArray())]);
    try
    {
        using var client = new KubernetesClient(ClusterConnection.FromKubeconfig(options.Kubeconfig, options.Context));
        await MeasureAsync(client, options, cancellationToken);
        return 0;
    }
    catch (Exception exception) when (exception is LoadException or KubernetesException)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();

static async Task MeasureAsync(KubernetesClient client, LoadOptions options, CancellationToken cancellationToken)
{
    var rounds = options.Commands.Select(_ => new List<IReadOnlyList<Phase>>()).ToList();
    for (var round = 0; round < options.Rounds; round++)
    {
        for (var i = 0; i < rounds.Count; i++)
        {
            await using var process = new OperatorProcess(options.Commands[i], options.Kubeconfig);
            rounds[i].Add(await new LoadRun(client, options).RunAsync(process, cancellationToken));
        }
    }

    var results = rounds.Select(all => all[0].Select((_, phase) => Phase.Median([.. all.Select(one => one[phase])])).ToList()).ToList();
    for (var i = 0; i < results.Count; i++)
    {
        Console.WriteLine($"{string.Join(' ', options.Commands[i])}\n{Phase.Header}\n{string.Join('\n', results[i])}\n");
    }

    foreach (var other in results.Skip(1))
    {
        Console.WriteLine(string.Join('\n', Comparison.Lines(results[0], other)) + "\n");
    }
}
