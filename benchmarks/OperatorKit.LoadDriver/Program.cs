using System.CommandLine;
using OperatorKit.Client;
using OperatorKit.LoadDriver;

var kubeconfig = new Option<string>("--kubeconfig") { Description = "Cluster to use. It must have the CRD simpleapps.example.com.", Required = true };
var context = new Option<string?>("--context") { Description = "Context in the kubeconfig. Default: the current one." };
var @namespace = new Option<string>("--namespace") { Description = "Namespace of the objects.", DefaultValueFactory = _ => "default" };
var count = new Option<int>("--count", "-n") { Description = "How many SimpleApps.", DefaultValueFactory = _ => 500 };
var parallel = new Option<int>("--parallel") { Description = "Requests under way at once.", DefaultValueFactory = _ => 16 };
var repairs = new Option<int>("--repairs") { Description = "ReplicaSets deleted by hand; 0 for an operator that does not repair.", DefaultValueFactory = _ => 100 };
var limit = new Option<int>("--limit") { Description = "Seconds that a phase may take.", DefaultValueFactory = _ => 120 };
var command = new Argument<string[]>("command") { Description = "The operator, with its arguments; it finds the kubeconfig in KUBECONFIG too.", Arity = ArgumentArity.OneOrMore };

var root = new RootCommand("Puts any SimpleApp operator under load and prints rate, latency, CPU and memory: driver --kubeconfig FILE -- OPERATOR [ARGS]")
{
    kubeconfig, context, @namespace, count, parallel, repairs, limit, command,
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
        TimeSpan.FromSeconds(parsed.GetValue(limit)),
        parsed.GetRequiredValue(command));
    try
    {
        using var client = new KubernetesClient(ClusterConnection.FromKubeconfig(options.Kubeconfig, options.Context));
        await using var process = OperatorProcess.Start(options);
        Console.WriteLine(Phase.Header);
        foreach (var phase in await new LoadRun(client, options).RunAsync(process, cancellationToken))
            Console.WriteLine(phase);
        return 0;
    }
    catch (Exception exception) when (exception is LoadException or KubernetesException)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();
