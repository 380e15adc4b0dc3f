using System.Runtime.CompilerServices;

namespace OperatorKit.Generators.Tests.Compiling;

/// <summary>Source text that several tests compile.</summary>
internal static class Sources
{
    public static string KitchenSink { get; } = File.ReadAllText(Path.Combine(Directory(), "..", "Records", "KitchenSink.cs"));

    public const string SimpleApp = """
        using System.ComponentModel.DataAnnotations;
        using OperatorKit;
        using OperatorKit.Models;

        namespace Samples;

        /// <summary>Runs an image a number of times.</summary>
        [KubernetesResource("example.com", "v1", ShortNames = ["sa"])]
        public sealed partial record SimpleApp : CustomResource<SimpleAppSpec, SimpleAppStatus>;

        /// <summary>What to run.</summary>
        public sealed record SimpleAppSpec
        {
            /// <summary>How many pods to keep running.</summary>
            [Range(1, 1000), ScaleReplicas, PrinterColumn]
            public int Replicas { get; init; } = 1;

            /// <summary>Container image, with a tag.</summary>
            [MinLength(1), PrinterColumn(Priority = 1)]
            public string Image { get; init; } = "nginx:1.27";
        }

        /// <summary>What runs.</summary>
        public sealed record SimpleAppStatus : ResourceStatus
        {
            /// <summary>How many pods are ready.</summary>
            [StatusReplicas, PrinterColumn("Ready")]
            public int ReadyReplicas { get; init; }
        }

        [Owns<V1ReplicaSet>]
        public sealed class SimpleAppOperator : SimpleAppHandler
        {
            public override Task<SimpleAppStatus> OnCreateAsync(SimpleApp simpleApp, SimpleAppContext context, CancellationToken cancellationToken) =>
                Task.FromResult(new SimpleAppStatus());
        }
        """;

    private static string Directory([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
