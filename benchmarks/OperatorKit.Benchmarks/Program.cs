using BenchmarkDotNet.Running;
using OperatorKit.Benchmarks;

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
    default:
        BenchmarkSwitcher.FromAssembly(typeof(QueueBenchmarks).Assembly).Run(args);
        break;
}
