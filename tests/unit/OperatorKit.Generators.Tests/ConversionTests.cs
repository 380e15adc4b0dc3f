using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

public sealed class ConversionTests
{
    /// <summary>A rule, source that breaks it at the mark, and source that nearly does.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        { "OPK0070", Kind("public string? [|Host|] { get; init; }", "", ""), Kind("public string? Host { get; init; }", "", "", ToNew("mapped with { Name = from.Host ?? from.Name }")) },
        { "OPK0070", Kind("", "public required string [|Host|] { get; init; }", ""), Kind("", "public required string Host { get; init; }", "", ToNew("mapped with { Host = \"a\" }") + ToOld("Drop(mapped, from.Host)") + "private static T Drop<T>(T kept, object dropped) => kept;") },
        { "OPK0070", Kind("", "public bool? [|Suspend|] { get; init; }", ""), Kind("", "public bool? Suspend { get; init; }", "", "[Converts] internal static OldSpec Any(NewSpec from) => new();") },
        { "OPK0070", Kind("public int? Count { get; init; }", "public int [|Count|] { get; init; }", ""), Kind("public int Count { get; init; }", "public int? Count { get; init; }", "", ToOld("mapped with { Count = from.Count ?? 0 }")) },
        {
            "OPK0070",
            Kind("public Inner1? Inner { get; init; }", "public Inner2? Inner { get; init; }", "public sealed record Inner1 { public string? [|Lost|] { get; init; } } public sealed record Inner2 { public string? Kept { get; init; } }", "[Converts] internal static Inner1 Any(Inner2 from) => new();"),
            Kind("public Inner1? Inner { get; init; }", "public Inner2? Inner { get; init; }", "public sealed record Inner1 { public string? Kept { get; init; } } public sealed record Inner2 { public string? Kept { get; init; } }")
        },
        {
            "OPK0070",
            Kind("public Mode1 Mode { get; init; }", "public Mode2 Mode { get; init; }", "public enum Mode1 { A, [|B|] } public enum Mode2 { A }"),
            Kind("public Mode1 Mode { get; init; }", "public Mode2 Mode { get; init; }", "public enum Mode1 { A, B } public enum Mode2 { A }", "[Converts] internal static Mode2 Any(Mode1 from) => Mode2.A;")
        },
        { "OPK0071", Kind("", "", "", "[Converts] internal static NewSpec [|Any|](OldSpec from, string mapped) => new();"), Kind("", "", "", ToNew("mapped")) },
        { "OPK0071", Kind("", "", "", "[Converts] internal static string [|Any|](OldSpec from) => \"\";"), Kind("", "", "", ToNew("mapped")) },
        { "OPK0071", Kind("", "", "", "").Replace("class Methods {  }", "class Methods { [Converts] private static NewSpec [|Any|](OldSpec from) => new(); }", StringComparison.Ordinal), Kind("", "", "", "").Replace("class Methods {  }", "class NewConversion { [Converts] private static NewSpec Any(OldSpec from) => new(); }", StringComparison.Ordinal) },
        { "OPK0072", Webhook("[|Rules|]", "", ""), Webhook("Rules", "", Validate) },
        { "OPK0072", Webhook("Rules", "[[|Webhook(TimeoutSeconds = 31)|]]", Validate), Webhook("Rules", "[Webhook(TimeoutSeconds = 30)]", Validate) },
        { "OPK0072", Webhook("Rules", "", "[[|Webhook(Operations = AdmissionOperations.None)|]] " + Validate), Webhook("Rules", "[Webhook(Operations = AdmissionOperations.None)]", "[Webhook] " + Validate) },
        { "OPK0072", Webhook("Rules", "[[|Webhook(ObjectSelector = \"a in\")|]]", Validate), Webhook("Rules", "[Webhook(ObjectSelector = \"a in (b),!c\")]", Validate) },
        { "OPK0072", Webhook("Rules", "[[|Webhook(NamespaceSelector = \"-\")|]]", Validate), Webhook("Rules", "[Webhook(NamespaceSelector = \"example.com/team\")]", Validate) },
        { "OPK0072", Webhook("Rules", "[[|MatchCondition(\"mine\", \"object.spec.name ==\")|]]", Validate), Webhook("Rules", "[MatchCondition(\"mine\", \"object.spec.name == 'a'\")]", Validate) },
        { "OPK0072", Webhook("Rules", "[[|MatchCondition(\"not mine\", \"true\")|]]", Validate), Webhook("Rules", "[MatchCondition(\"example.com/not-mine\", \"true\")]", Validate) },
        { "OPK0072", Webhook("Rules", "[MatchCondition(\"mine\", \"true\")]", "[[|MatchCondition(\"mine\", \"false\")|]] " + Validate), Webhook("Rules", "[MatchCondition(\"mine\", \"true\")]", "[MatchCondition(\"yours\", \"false\")] " + Validate) },
        { "OPK0072", Webhook("Rules", "[[|Webhook(Subresources = [\"scale\"])|]]", Validate), Webhook("Rules", "[Webhook(Subresources = [\"status\"])]", Validate) },
    };

    private const string Validate = "public override Task<AdmissionResult> ValidateAsync(New resource, AdmissionRequest<New> request, CancellationToken cancellationToken) => Task.FromResult(AdmissionResult.Allowed);";

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_broken_rule_is_reported_at_its_place(string id, string broken, string nearMiss)
    {
        _ = nearMiss;
        var (source, span) = Analysis.Unmark(broken);
        var reported = await Analysis.RunAsync(DiagnosticTests.Rule(id), source);
        reported.ShouldNotBeEmpty();
        reported.ShouldAllBe(d => d.Id == id && d.Location.SourceSpan == span, string.Join(", ", reported));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_near_miss_is_not_reported(string id, string broken, string nearMiss)
    {
        _ = broken;
        (await Analysis.RunAsync(DiagnosticTests.Rule(id), nearMiss)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_rule_can_be_suppressed(string id, string broken, string nearMiss)
    {
        _ = nearMiss;
        (await Analysis.RunAsync(DiagnosticTests.Rule(id), $"#pragma warning disable {id}\n" + Analysis.Unmark(broken).Source)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_member_that_nobody_converts_comes_with_what_to_write() =>
        (await Analysis.RunAsync(DiagnosticTests.Rule("OPK0070"), Kind("public int Count { get; init; }", "public string? Count { get; init; }", ""))).Select(static d => d.GetMessage(null)).ShouldBe(
        [
            "v1 to v2: NewSpec.Count gets no value, for OldSpec.Count is int and not string?; write: [Converts] static NewSpec Convert(OldSpec from, NewSpec mapped) => mapped with { Count = ... }",
            "v2 to v1: OldSpec.Count gets no value, for NewSpec.Count is string? and not int; write: [Converts] static OldSpec Convert(NewSpec from, OldSpec mapped) => mapped with { Count = ... }",
        ]);

    [Fact]
    public void Versions_that_are_the_same_need_no_method_and_no_webhook()
    {
        var run = GeneratorRun.Of(Usings + Kind("public IReadOnlyList<Port1> Ports { get; init; } = [];", "public IReadOnlyList<Port2> Ports { get; init; } = [];", "public sealed record Port1(string Name, int? Number); public sealed record Port2(string Name, int? Number);"));
        run.Warnings().ShouldBeEmpty();
        run.Manifests()["crds/example.com_news.yaml"].ShouldNotContain("conversion:");
        run.Source("New.Conversion.g.cs").ShouldContain("Ports = global::System.Linq.Enumerable.ToArray(global::System.Linq.Enumerable.Select<global::Port1, global::Port2>(from.Ports, item0 => ToV2(item0))),");
    }

    [Fact]
    public void A_method_brings_a_webhook_into_definition_and_controller()
    {
        var run = GeneratorRun.Of(Usings + Kind("", "", "", ToNew("mapped")) + " public sealed class NewOperator : NewHandler { public override Task OnCreateAsync(New @new, NewContext context, CancellationToken cancellationToken) => Task.CompletedTask; }");
        run.Warnings().ShouldBeEmpty();
        run.Source("NewOperator.Registration.g.cs").ShouldContain("builder.AddConversion(global::NewConversion.Kind).AddController<global::New, global::NewOperator>(");
        var manifests = run.Manifests();
        manifests["crds/example.com_news.yaml"].ShouldContain("""
              conversion:
                strategy: Webhook
                webhook:
                  clientConfig:
                    service:
                      name: simple-app-operator-webhook
                      namespace: simple-app-operator-system
                      path: /convert
                  conversionReviewVersions:
                  - v1

            """.ReplaceLineEndings("\n"));
        manifests["webhooks.yaml"].ShouldContain("kind: Service");
        manifests["deployment.yaml"].ShouldContain("containerPort: 9443");
        manifests["rbac.yaml"].ShouldContain("- news.example.com\n");
    }

    [Fact]
    public void Three_versions_go_by_way_of_the_stored_one()
    {
        var third = "[KubernetesResource(\"example.com\", \"v1beta1\", Kind = \"New\", Storage = false)] public sealed partial record Oldest : CustomResource<OldSpec>;";
        var run = GeneratorRun.Of(Usings + Kind("", "", third));
        run.Warnings().ShouldBeEmpty();
        run.Source("New.Conversion.g.cs").ShouldContain("public static global::Old ToV1(global::Oldest from) => ToV1(ToV2(from));");
    }

    [Fact]
    public void Everything_that_can_be_mapped_compiles()
    {
        var run = GeneratorRun.Of(Usings + Kind(Members("1"), Members("2"), Types("1") + Types("2")));
        run.Diagnostics.ShouldBeEmpty();
        run.Warnings().ShouldBeEmpty();

        static string Members(string n) => $$"""
            public Item{{n}}? Maybe { get; init; }
            public required Item{{n}} Needed { get; init; }
            public Kind{{n}} Kind { get; init; }
            public Kind{{n}}? MaybeKind { get; init; }
            public Item{{n}}[]? Array { get; init; }
            public List<Item{{n}}> List { get; init; } = [];
            public IReadOnlyList<Kind{{n}}>? Kinds { get; init; }
            public IReadOnlyList<Kind{{n}}?>? MaybeKinds { get; init; }
            public IReadOnlySet<Kind{{n}}>? Set { get; init; }
            public System.Collections.Immutable.ImmutableArray<Item{{n}}>? Immutable { get; init; }
            public IReadOnlyDictionary<string, Item{{n}}>? Named { get; init; }
            public SortedDictionary<string, IReadOnlyList<Item{{n}}>>? Groups { get; init; }
            public Choice{{n}}? Choice { get; init; }
            public V1PodSpec? Pod { get; init; }
            public IReadOnlyDictionary<string, string>? Labels { get; init; }
            public System.Text.Json.JsonElement? Any { get; init; }
            """;

        static string Types(string n) => $$"""
            public sealed record Item{{n}}(string Name, int? Port = 80) { public Inner{{n}}? Inner { get; init; } }
            public readonly record struct Inner{{n}} { public string? Text { get; init; } }
            public enum Kind{{n}} { A, B }
            public abstract record Choice{{n}} { public sealed record One(string X) : Choice{{n}}; public sealed record Two(Item{{n}} Y) : Choice{{n}}; }
            """;
    }

    [Fact]
    public void A_webhook_is_registered_and_configured()
    {
        var run = GeneratorRun.Of(Usings + Webhook("Rules", "[Webhook(FailurePolicy = FailurePolicy.Ignore, Operations = AdmissionOperations.Delete, Subresources = [\"status\"])]", Validate)
            .Replace("class Rules", "class Rules(TimeProvider time)", StringComparison.Ordinal).Replace("Task.FromResult(", "time is null ? null! : Task.FromResult(", StringComparison.Ordinal));
        run.Warnings().ShouldBeEmpty();
        Golden.Verify(run.Source("Rules.Registration.g.cs"), "Webhooks/Rules.Registration.g.cs.txt");
        foreach (var (file, text) in run.Manifests())
            Golden.Verify(text, $"Webhooks/{file}");
    }

    [Theory]
    [InlineData("Cluster", "Selected")]
    [InlineData("Namespace", "SelectedInNamespace")]
    public void A_webhook_is_asked_about_what_selectors_and_conditions_let_through(string scope, string golden)
    {
        var attributes = """
            [Webhook(NamespaceSelector = "team=web,env in (test,live),!paused", ObjectSelector = "tier!=db")]
            [MatchCondition("exclude-nodes", "!('system:nodes' in request.userInfo.groups)")]
            """;
        var run = GeneratorRun.With(Usings + Webhook("Rules", attributes, "[MatchCondition(\"named\", \"has(object.spec.name)\")] " + Validate), ("OperatorKitScope", scope));
        run.Warnings().ShouldBeEmpty();
        Golden.Verify(run.Source("Rules.Registration.g.cs"), "Webhooks/Selected.Registration.g.cs.txt");
        Golden.Verify(run.Manifests()["webhooks.yaml"], $"Webhooks/{golden}.webhooks.yaml");
    }

    [Fact]
    public void A_webhook_has_what_its_abstract_classes_say()
    {
        var text = Webhook("Rules", "", "").Replace("sealed class Rules : AdmissionWebhook<New> {  }", "sealed class Rules : Guarded { }", StringComparison.Ordinal);
        var run = GeneratorRun.Of(Usings + text + $"[Webhook(TimeoutSeconds = 3), MatchCondition(\"mine\", \"true\")] public abstract class Guarded : Checked<New> {{ {Validate} }} public abstract class Checked<T> : AdmissionWebhook<T> where T : class, IKubernetesResource<T>;");
        run.Warnings().ShouldBeEmpty();
        run.Source("Rules.Registration.g.cs").ShouldContain("TimeoutSeconds = 3, MatchConditions = [new(\"mine\", \"true\")]");
        run.Manifests()["webhooks.yaml"].ShouldContain("name: validate.v2.news.example.com");
    }

    [Fact]
    public void A_webhook_may_ask_about_kinds_of_others()
    {
        var run = GeneratorRun.Of(Usings + """
            public sealed class PodDefaults : AdmissionWebhook<V1Pod>
            {
                [Webhook(Reinvoke = true, SideEffects = SideEffects.NoneOnDryRun, MatchPolicy = MatchPolicy.Exact)]
                public override Task<V1Pod> MutateAsync(V1Pod pod, AdmissionRequest<V1Pod> request, CancellationToken cancellationToken) => Task.FromResult(pod);
            }
            """);
        run.Warnings().ShouldBeEmpty();
        var manifest = run.Manifests()["webhooks.yaml"];
        manifest.ShouldContain("name: mutate.v1.pods.core");
        manifest.ShouldContain("path: /mutate--v1-pod");
        manifest.ShouldContain("reinvocationPolicy: IfNeeded");
        manifest.ShouldNotContain("ValidatingWebhookConfiguration");
    }

    [Fact]
    public void Without_webhooks_there_is_nothing_of_them()
    {
        var manifests = GeneratorRun.Of(Sources.SimpleApp).Manifests();
        manifests.Keys.ShouldNotContain("webhooks.yaml");
        manifests["install.yaml"].ShouldNotContain("webhook");
    }

    private const string Usings = "using OperatorKit; using OperatorKit.Models; using System.ComponentModel.DataAnnotations;\n";

    private static string ToNew(string body) => $"[Converts] internal static NewSpec ToNew(OldSpec from, NewSpec mapped) => {body}; ";

    private static string ToOld(string body) => $"[Converts] internal static OldSpec ToOld(NewSpec from, OldSpec mapped) => {body}; ";

    private static string Kind(string old, string @new, string types, string methods = "") => $$"""
        [KubernetesResource("example.com", "v2")]
        public sealed partial record New : CustomResource<NewSpec>;
        public sealed record NewSpec { public string? Name { get; init; } {{@new}} }
        [KubernetesResource("example.com", "v1", Kind = "New", Storage = false)]
        public sealed partial record Old : CustomResource<OldSpec>;
        public sealed record OldSpec { public string? Name { get; init; } {{old}} }
        public static partial class Methods { {{methods}} }
        {{types}}
        """;

    private static string Webhook(string name, string attribute, string body) => $$"""
        [KubernetesResource("example.com", "v2")]
        public sealed partial record New : CustomResource<NewSpec>;
        public sealed record NewSpec { public string? Name { get; init; } }
        {{attribute}} public sealed class {{name}} : AdmissionWebhook<New> { {{body}} }
        """;
}
