using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

public sealed class OutputTests
{
    public static TheoryData<string, string> Records => new() { { "SimpleApp", Sources.SimpleApp }, { "KitchenSink", Sources.KitchenSink } };

    [Theory]
    [MemberData(nameof(Records))]
    public void Emitted_code_compiles_without_a_warning(string name, string source)
    {
        var run = GeneratorRun.Of((name + ".cs", source));
        run.Warnings().ShouldBeEmpty();
        run.Result.GeneratedSources.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Emitted_code_is_what_it_was(string name, string source)
    {
        foreach (var file in GeneratorRun.Of((name + ".cs", source)).Result.GeneratedSources)
            Golden.Verify(file.SourceText.ToString(), $"{name}/{file.HintName}.txt");
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Manifests_are_what_they_were(string name, string source)
    {
        foreach (var (file, text) in GeneratorRun.Of((name + ".cs", source)).Manifests())
            Golden.Verify(text, $"{name}/{file}");
    }

    [Fact]
    public void A_record_in_the_global_namespace_compiles()
    {
        var run = GeneratorRun.Of(Sources.SimpleApp.Replace("namespace Samples;", "", StringComparison.Ordinal));
        run.Warnings().ShouldBeEmpty();
        run.Output.GetTypeByMetadataName("SimpleAppClient").ShouldNotBeNull();
    }

    [Fact]
    public void An_internal_record_makes_internal_code()
    {
        var run = GeneratorRun.Of(Sources.SimpleApp.Replace("public sealed", "internal sealed", StringComparison.Ordinal));
        run.Warnings().ShouldBeEmpty();
        run.Output.GetTypeByMetadataName("Samples.SimpleAppClient")!.DeclaredAccessibility.ShouldBe(Accessibility.Internal);
    }

    [Fact]
    public void A_record_without_a_status_and_of_the_cluster_compiles()
    {
        var run = GeneratorRun.Of("""
            using OperatorKit;
            [KubernetesResource("example.com", "v1", Scope = ResourceScope.Cluster)]
            public sealed partial record Zone : CustomResource<ZoneSpec>;
            public sealed record ZoneSpec { public string? Name { get; init; } }
            public sealed class ZoneOperator : ZoneHandler
            {
                public override Task OnCreateAsync(Zone zone, ZoneContext context, CancellationToken cancellationToken) => Task.CompletedTask;
            }
            """);
        run.Warnings().ShouldBeEmpty();
        run.Manifests()["crds/example.com_zones.yaml"].ShouldContain("scope: Cluster");
    }

    [Fact]
    public void Two_versions_make_one_definition()
    {
        var run = GeneratorRun.Of("""
            using OperatorKit;
            namespace V1
            {
                [KubernetesResource("example.com", "v1")]
                public sealed partial record Thing : CustomResource<ThingSpec>;
                public sealed record ThingSpec { public string? Name { get; init; } }
            }

            namespace V1Alpha1
            {
                [KubernetesResource("example.com", "v1alpha1", Storage = false), Obsolete("Use v1.")]
                public sealed partial record Thing : CustomResource<ThingSpec>;
                public sealed record ThingSpec { public string? Title { get; init; } }
            }
            """);
        run.Warnings().ShouldBeEmpty();
        var definition = run.Manifests().ShouldHaveSingleItem().Value;
        definition.ShouldContain("deprecationWarning: Use v1.");
        definition.ShouldContain("name: v1alpha1");
    }

    [Fact]
    public void An_operator_may_handle_a_kind_of_another_assembly()
    {
        var parts = Sources.SimpleApp.Split("[Owns<V1ReplicaSet>]");
        var library = GeneratorRun.Of(parts[0]).Output.WithAssemblyName("Records");
        using var stream = new MemoryStream();
        library.Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Success.ShouldBeTrue();
        var run = GeneratorRun.With(
            "using OperatorKit; using OperatorKit.Models; using Samples; [Owns<V1ReplicaSet>]" + parts[1],
            MetadataReference.CreateFromImage(stream.ToArray()));
        run.Warnings().ShouldBeEmpty();
        run.Source("SimpleAppOperator.Registration.g.cs").ShouldContain("AddController<global::Samples.SimpleApp, global::SimpleAppOperator>(");
        var manifests = run.Manifests();
        manifests["rbac.yaml"].ShouldContain("  - simpleapps/status\n");
        manifests["install.yaml"].ShouldContain("kind: CustomResourceDefinition\nmetadata:\n  name: simpleapps.example.com\n");
        manifests["crds/example.com_simpleapps.yaml"].ShouldBe(GeneratorRun.Of(parts[0]).Manifests()["crds/example.com_simpleapps.yaml"]);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("true", 0)]
    public void An_editor_hears_of_an_error_from_the_analyzers_alone(string designTime, int expected)
    {
        var run = GeneratorRun.With(Sources.SimpleApp.Replace("sealed partial record SimpleApp", "sealed record SimpleApp", StringComparison.Ordinal), ("DesignTimeBuild", designTime));
        run.Diagnostics.Length.ShouldBe(expected);
    }

    [Fact]
    public void Attributes_on_methods_wire_them()
    {
        var run = GeneratorRun.Of(Sources.Hooks);
        run.Warnings().ShouldBeEmpty();
        Golden.Verify(run.Source("Hooked.JobOperator.Registration.g.cs"), "Hooks/Registration.g.cs.txt");
    }

    [Fact]
    public void Attributes_wire_methods_for_a_kind_of_another_assembly_too()
    {
        var parts = Sources.Hooks.Split("[When(Labels");
        var library = GeneratorRun.Of(parts[0]).Output.WithAssemblyName("Records");
        using var stream = new MemoryStream();
        library.Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Success.ShouldBeTrue();
        var run = GeneratorRun.With(
            "using OperatorKit; using OperatorKit.Models; using Hooked; [When(Labels" + parts[1],
            MetadataReference.CreateFromImage(stream.ToArray()));
        run.Warnings().ShouldBeEmpty();
        run.Source("JobOperator.Registration.g.cs").ShouldContain("static o => o.Spec.Fallback?.Port);");

        // Only the other assembly can write the JSON of its records alone.
        run.Source("JobOperator.Registration.g.cs").ShouldContain("static o => { var value = o.Spec.Template.Limits; return value!; }, [\"spec\", \"template\", \"limits\"]);");
    }

    [Fact]
    public void Attributes_and_overrides_of_abstract_classes_hold_for_the_handlers_that_derive_from_them()
    {
        var run = GeneratorRun.Of(Sources.Hooks.Split("[When(Labels")[0] + """
            [Owns<V1ReplicaSet>, When(nameof(IsSmall))]
            public abstract class Watched : JobHandler
            {
                public static bool IsSmall(Job job) => job.Spec.Size < 10;

                [Timer("5m")]
                public virtual Task CheckAsync(Job job) => Task.CompletedTask;

                public override Task OnDeleteAsync(Job job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
            }

            public abstract class Following : Watched
            {
                [OnChange(nameof(JobSpec.Note))]
                public abstract Task NoteAsync(Job job);
            }

            [Owns<V1ReplicaSet>, Owns<V1ConfigMap>]
            public sealed class JobOperator : Following
            {
                public override Task CheckAsync(Job job) => Task.CompletedTask;

                public override Task NoteAsync(Job job) => Task.CompletedTask;

                public override Task<JobStatus> OnCreateAsync(Job job, JobContext context, CancellationToken cancellationToken) => Task.FromResult(new JobStatus());
            }
            """);
        run.Warnings().ShouldBeEmpty();
        Golden.Verify(run.Source("Hooked.JobOperator.Registration.g.cs"), "Hooks/Abstract.Registration.g.cs.txt");
        run.Manifests()["rbac.yaml"].ShouldContain("- configmaps\n");
        run.Result.GeneratedSources.Count(static s => s.HintName.Contains("Registration")).ShouldBe(1);
    }

    [Fact]
    public void The_order_of_files_does_not_matter()
    {
        var record = ("A.cs", Sources.SimpleApp);
        var other = ("B.cs", Sources.KitchenSink);
        var one = GeneratorRun.Of(record, other).Result.GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString());
        var two = GeneratorRun.Of(other, record).Result.GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString());
        foreach (var (name, text) in one.Where(static f => f.Key is not "ResourceJsonResolver.g.cs"))
            two[name].ShouldBe(text, name);
    }

    [Fact]
    public void Properties_of_the_build_name_the_operator()
    {
        var manifests = GeneratorRun.With(Sources.SimpleApp, ("OperatorKitName", "shop"), ("OperatorKitNamespace", "prod"), ("OperatorKitImage", "registry.example.com/shop:2")).Manifests();
        manifests["deployment.yaml"].ShouldContain("image: registry.example.com/shop:2");
        manifests["rbac.yaml"].ShouldContain("namespace: prod");
    }

    /// <summary>An earlier build of the operator may have left finalizers, which have to go.</summary>
    [Fact]
    public void Without_a_delete_handler_finalizers_can_still_be_removed()
    {
        GeneratorRun.Of(Sources.SimpleApp).Manifests()["rbac.yaml"].ShouldContain("""
              - simpleapps
              verbs:
              - get
              - list
              - patch
              - watch

            """.ReplaceLineEndings("\n"));
    }
}
