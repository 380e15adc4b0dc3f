using BenchmarkDotNet.Running;
using OperatorKit.Benchmarks;
using OperatorKit.Benchmarks.ServerLoad;

switch (args)
{
    case ["cache"]:
        CacheMemory.Print();
        break;
    case ["calls"]:
        await Calls.PrintAsync();
        break;
    case ["edit"]:
        GeneratorEdits.Print();
        break;
    case ["relist"]:
        await Relist.PrintAsync();
        break;
    case ["start"]:
        await ServerStart.PrintAsync();
        break;
    case ["server"]:
        await Report.PrintAsync(kubeconfig: null);
        break;
    case ["server", "--kubeconfig", var kubeconfig]:
        await Report.PrintAsync(kubeconfig);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(QueueBenchmarks).Assembly).Run(args);
        break;
}
