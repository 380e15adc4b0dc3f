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

    /// <summary>Handlers that use every attribute on methods.</summary>
    public const string Hooks = """
        using OperatorKit;
        using OperatorKit.Models;

        namespace Hooked;

        [KubernetesResource("example.com", "v1")]
        public sealed partial record Job : CustomResource<JobSpec, JobStatus>;

        public sealed record JobSpec
        {
            public int Size { get; init; } = 1;

            public string? Note { get; init; }

            public JobTemplate Template { get; init; } = new();

            public JobTemplate? Fallback { get; init; }
        }

        public sealed record JobTemplate
        {
            public string Image { get; init; } = "a:1";

            public int Port { get; init; } = 80;

            public IReadOnlyList<string> Arguments { get; init; } = [];

            public JobLimits? Limits { get; init; }
        }

        public sealed record JobLimits
        {
            public IReadOnlyList<string> Cpus { get; init; } = [];
        }

        public sealed record JobStatus : ResourceStatus;

        [When(Labels = "tier=web,env in (test, live),!paused,zone!=a,role notin (x,y)", Annotation = "!example.com/paused")]
        public sealed class JobOperator : JobHandler
        {
            internal static bool IsLarge(Job job) => job.Spec.Size > 10;

            internal static bool Grows(Job? previous, Job job) => previous is null || job.Spec.Size > previous.Spec.Size;

            [When(nameof(IsLarge))]
            public override Task<JobStatus> OnCreateAsync(Job job, JobContext context, CancellationToken cancellationToken) => Task.FromResult(new JobStatus());

            public override Task<JobStatus> OnResumeAsync(Job job, JobContext context, CancellationToken cancellationToken) => Task.FromResult(new JobStatus());

            [OnChange(nameof(JobSpec.Size)), When(nameof(Grows))]
            public Task<JobStatus> GrowAsync(Job job, FieldChange<int> size, JobContext context, CancellationToken cancellationToken) => Task.FromResult(new JobStatus());

            [OnChange(nameof(JobSpec.Note))]
            public Task NoteAsync(FieldChange<string?> note) => Task.CompletedTask;

            [OnChange("Template.Image")]
            public Task ImageAsync(CancellationToken cancellationToken, FieldChange<string> image) => Task.CompletedTask;

            [OnChange("Template.Arguments")]
            public Task ArgumentsAsync(FieldChange<IReadOnlyList<string>> arguments) => Task.CompletedTask;

            [OnChange("Template.Limits")]
            public Task LimitsAsync(FieldChange<JobLimits?> limits) => Task.CompletedTask;

            [OnChange("Fallback.Port")]
            public Task PortAsync(FieldChange<int?> port) => Task.CompletedTask;

            [OnChange(nameof(JobSpec.Fallback))]
            public Task FallbackAsync(Job job) => Task.CompletedTask;

            [Timer("1h30m", InitialDelay = "10s", Idle = "5m")]
            internal Task CheckAsync(Job job, JobContext context) => Task.CompletedTask;

            [Daemon, When(Annotation = "example.com/follow=yes")]
            public Task<JobStatus> FollowAsync(Job job, CancellationToken cancellationToken) => Task.FromResult(new JobStatus());
        }

        public sealed class JobBackup : JobHandler
        {
            public override Task<JobStatus> OnReconcileAsync(Job job, JobContext context, CancellationToken cancellationToken) => Task.FromResult(new JobStatus());
        }
        """;

    private static string Directory([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
