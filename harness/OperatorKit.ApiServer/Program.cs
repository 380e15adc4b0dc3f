using System.Runtime.InteropServices;
using System.Text;
using OperatorKit.ApiServer;
using OperatorKit.ApiServer.Hosting;

try
{
    var arguments = ServerArguments.Parse(args);
    if (arguments.WantsHelp)
    {
        Print(ServerArguments.Help);
        return 0;
    }

    await ServeAsync(arguments);
    return 0;
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (IOException e)
{
    await Console.Error.WriteLineAsync($"{e.Message} Try --port 0.");
    return 1;
}

static async Task ServeAsync(ServerArguments arguments)
{
    var options = new ApiServerOptions
    {
        Address = arguments.Address,
        Port = arguments.Port,
        Https = arguments.Https,
        TokenFile = arguments.TokenFile,
        ClientCaFile = arguments.ClientCaFile,
        Workloads = arguments.Workloads,
    };
    await using var server = await KubernetesApiServer.StartAsync(options);
    Print($"Listening on {server.Origin}/");
    if (arguments.Kubeconfig is { } path)
    {
        var file = new FileInfo(path);
        file.Directory?.Create();
        await File.WriteAllTextAsync(file.FullName, server.Kubeconfig());
        Print($"Try: kubectl --kubeconfig {file.FullName} get namespaces");
    }

    var stopped = new TaskCompletionSource();
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await stopped.Task;
    Print("Stopped.");

    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stopped.TrySetResult();
    }
}

// Console would first find out what the terminal can do.
static void Print(string line)
{
    using var output = Console.OpenStandardOutput();
    output.Write(Encoding.UTF8.GetBytes(line + Environment.NewLine));
}
