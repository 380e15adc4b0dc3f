using OperatorKit;
using Samples;
using Samples.Demo;

// In a pod, or with a kubeconfig named, this is an operator like any other. With neither it brings its own cluster.
var isPod = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 };
return args switch
{
    [] when !isPod => await DemoCommand.WalkAsync(),
    ["--serve"] => await DemoCommand.ServeAsync(),
    ["--help" or "-h"] => DemoCommand.Help(await RunAsync()),
    _ => await RunAsync(),
};

Task<int> RunAsync() => OperatorHost.RunAsync(args, static operators => operators.AddSimpleAppOperator());
