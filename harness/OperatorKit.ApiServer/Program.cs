using System.CommandLine;
using System.Net;
using OperatorKit.ApiServer;

var port = new Option<int>("--port") { Description = "Port to listen on; 0 takes a free one.", DefaultValueFactory = _ => 0 };
var address = new Option<string>("--address") { Description = "Address to listen on. Anything but a loopback address lets other machines in.", DefaultValueFactory = _ => "127.0.0.1" };
var kubeconfig = new Option<FileInfo?>("--kubeconfig") { Description = "File to write a kubeconfig for this server to. It is replaced if it exists." };
var https = new Option<bool>("--https") { Description = "Speak HTTPS with a self-signed certificate. kubectl sends credentials over HTTPS only." };
var tokens = new Option<FileInfo?>("--token-file") { Description = "CSV of bearer tokens, token,user,uid,\"groups\" a line. Turns on authentication and RBAC; without it everybody is cluster-admin." };
var workloads = new Option<bool>("--workloads") { Description = "Simulate workloads: Deployments and ReplicaSets make pods, pods become ready." };
var command = new RootCommand("A Kubernetes API server that keeps its state in memory. Serves until Ctrl+C.") { port, address, kubeconfig, https, tokens, workloads };
command.SetAction(async (parsed, cancellationToken) =>
{
    if (!IPAddress.TryParse(parsed.GetValue(address), out var bound))
        return await FailAsync($"--address {parsed.GetValue(address)} is not an IP address. Try 127.0.0.1.");
    var tokenFile = parsed.GetValue(tokens);
    if (tokenFile is { Exists: false })
        return await FailAsync($"--token-file {tokenFile.FullName} does not exist. Write one token,user,uid,\"groups\" a line.");
    var options = new ApiServerOptions
    {
        Address = bound,
        Port = parsed.GetValue(port),
        Https = parsed.GetValue(https),
        TokenFile = tokenFile?.FullName,
        Workloads = parsed.GetValue(workloads),
    };
    try
    {
        await using var server = await KubernetesApiServer.StartAsync(options, cancellationToken);
        Console.WriteLine($"Listening on {server.Address}");
        if (parsed.GetValue(kubeconfig) is { } file)
        {
            file.Directory?.Create();
            await File.WriteAllTextAsync(file.FullName, server.Kubeconfig(), cancellationToken);
            Console.WriteLine($"Try: kubectl --kubeconfig {file.FullName} get namespaces");
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine("Stopped.");
    }
    catch (FormatException e)
    {
        return await FailAsync($"--token-file {tokenFile?.FullName} cannot be read: {e.Message}");
    }
    catch (IOException e)
    {
        return await FailAsync($"Cannot listen on {bound}:{options.Port}: {e.Message} Try --port 0.");
    }

    return 0;
});
return await command.Parse(args).InvokeAsync();

static async Task<int> FailAsync(string message)
{
    await Console.Error.WriteLineAsync(message);
    return 1;
}
