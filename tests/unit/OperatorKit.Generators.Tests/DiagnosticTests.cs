using System.Reflection;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

public sealed class DiagnosticTests
{
    /// <summary>A rule, source that breaks it at the mark, and source that nearly does.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        { "OPK0001", Record("public partial record [|Thing|] : CustomResource<ThingSpec>;"), Record("internal sealed partial record Thing : CustomResource<ThingSpec>;") },
        { "OPK0001", Record("public sealed record [|Thing|] : CustomResource<ThingSpec>;"), Record("public sealed partial record Thing : CustomResource<ThingSpec>;") },
        { "OPK0001", "public static class Outer { " + Record("public sealed partial record [|Thing|] : CustomResource<ThingSpec>;") + " }", Record("public sealed partial record Thing : CustomResource<ThingSpec>;") },
        { "OPK0002", Record("public sealed partial record [|Thing|];"), Record("public sealed partial record Thing : CustomResource<ThingSpec>;") },
        { "OPK0003", Resource("[|KubernetesResource(\"\", \"v1\")|]"), Resource("KubernetesResource(\"example.com\", \"v1\")") },
        { "OPK0003", Resource("[|KubernetesResource(\"example\", \"v1\")|]"), Resource("KubernetesResource(\"1.example\", \"v1\")") },
        { "OPK0004", Resource("[|KubernetesResource(\"example.com\", \"\")|]"), Resource("KubernetesResource(\"example.com\", \"v1alpha1\")") },
        { "OPK0004", Resource("[|KubernetesResource(\"example.com\", \"V1\")|]"), Resource("KubernetesResource(\"example.com\", \"v1-beta\")") },
        { "OPK0005", Resource("[|KubernetesResource(\"example.com\", \"v1\", Plural = \"Things\")|]"), Resource("KubernetesResource(\"example.com\", \"v1\", Plural = \"thingies\")") },
        { "OPK0005", Resource("[|KubernetesResource(\"example.com\", \"v1\", ShortNames = [\"t t\"])|]"), Resource("KubernetesResource(\"example.com\", \"v1\", ShortNames = [\"tt\"])") },
        { "OPK0006", Versions("true"), Versions("false").Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal) },
        { "OPK0007", Analysis.Spec("public object? [|Any|] { get; init; }"), Analysis.Spec("public System.Text.Json.JsonElement? Any { get; init; }") },
        { "OPK0007", Analysis.Spec("public TimeOnly? [|Time|] { get; init; }"), Analysis.Spec("public DateOnly? Day { get; init; }") },
        { "OPK0007", Analysis.Spec("public System.IO.Stream? [|Stream|] { get; init; }"), Analysis.Spec("public byte[]? Stream { get; init; }") },
        { "OPK0007", Analysis.Spec("public IReadOnlySet<Inner>? [|Set|] { get; init; }", "public sealed record Inner { public string? Name { get; init; } }"), Analysis.Spec("public IReadOnlySet<Inner>? Set { get; init; }", "[Atomic] public sealed record Inner { public string? Name { get; init; } }") },
        { "OPK0008", Analysis.Spec("public Tree? Tree { get; init; }", "public sealed record Tree { public IReadOnlyList<Tree> [|Children|] { get; init; } = []; }"), Analysis.Spec("public Tree? Tree { get; init; } public Tree? Other { get; init; }", "public sealed record Tree { public string? Name { get; init; } }") },
        { "OPK0009", Analysis.Spec("public string Id { get; init; } = [|Guid.NewGuid().ToString()|];"), Analysis.Spec("private const string One = \"1\"; public string Id { get; init; } = One + \"2\";") },
        { "OPK0009", Analysis.Spec("public DateOnly Day { get; init; } = [|new(2026, 2, 30)|];"), Analysis.Spec("public DateOnly Day { get; init; } = new(2024, 2, 29);") },
        { "OPK0009", Analysis.Spec("public IReadOnlyList<int> Ids { get; init; } = [|[1, Environment.ProcessId]|];"), Analysis.Spec("public IReadOnlyList<int> Ids { get; init; } = [1, 2];") },
        { "OPK0010", Analysis.Spec("[Range(1, 10)] public int Count { get; init; } = [|0|];"), Analysis.Spec("[Range(1, 10)] public int Count { get; init; } = 10;") },
        { "OPK0010", Analysis.Spec("[MinLength(3)] public string Name { get; init; } = [|\"ab\"|];"), Analysis.Spec("[MinLength(3)] public string Name { get; init; } = \"abc\";") },
        { "OPK0010", Analysis.Spec("public Inner Inner { get; init; } = [|new()|];", "public sealed record Inner { public int Port { get; init; } }"), Analysis.Spec("public Inner Inner { get; init; } = new();", "public sealed record Inner { public int Port { get; init; } = 80; }") },
        { "OPK0011", Analysis.Spec("public IReadOnlyList<Port> [|Ports|] { get; init; } = [];", "public sealed record Port { [Key] public string? Name { get; init; } }"), Analysis.Spec("public IReadOnlyList<Port> Ports { get; init; } = [];", "public sealed record Port { [Key] public string Name { get; init; } = \"main\"; }") },
        { "OPK0012", Analysis.Spec("public string? One { get; init; } [JsonPropertyName(\"one\")] public string? [|Two|] { get; init; }"), Analysis.Spec("public string? One { get; init; } [JsonPropertyName(\"One\")] public string? Two { get; init; }") },
        { "OPK0013", Analysis.Spec("[[|RegularExpression(\"(\")|]] public string? Name { get; init; }"), Analysis.Spec("[RegularExpression(\"[(]\")] public string? Name { get; init; }") },
        { "OPK0013", Analysis.Spec("[[|RegularExpression(\"(?=a)b\")|]] public string? Name { get; init; }"), Analysis.Spec("[RegularExpression(\"(?:a)[(?=]\")] public string? Name { get; init; }") },
        { "OPK0014", Analysis.Spec("[ScaleReplicas] public int [|Replicas|] { get; init; } = 1;"), Analysis.Spec("[ScaleReplicas] public int Replicas { get; init; } = 1;", statusMembers: "[StatusReplicas] public int Ready { get; init; }") },
        { "OPK0015", Analysis.Spec("[PrinterColumn(JsonPath = \".spec.nope\")] public string? [|Name|] { get; init; }"), Analysis.Spec("[PrinterColumn(JsonPath = \".spec.name\")] public string? Name { get; init; }") },
        { "OPK0015", Record("[[|PrinterColumn(\"Age\")|]] public sealed partial record Thing : CustomResource<ThingSpec>;"), Record("[PrinterColumn(\"Age\", JsonPath = \".metadata.creationTimestamp\")] public sealed partial record Thing : CustomResource<ThingSpec>;") },
        { "OPK0016", Analysis.Spec("public double [|Ratio|] { get; init; } = 0.5;"), Analysis.Spec("public Quantity Ratio { get; init; } = \"500m\";") },
        { "OPK0017", Analysis.Spec("public ulong [|Size|] { get; init; }"), Analysis.Spec("public uint Size { get; init; }") },
        { "OPK0017", Analysis.Spec("public decimal? [|Price|] { get; init; }"), Analysis.Spec("public long? Price { get; init; }") },
        { "OPK0018", Analysis.Spec("public IReadOnlyDictionary<int, string>? [|Map|] { get; init; }"), Analysis.Spec("public IReadOnlyDictionary<string, int>? Map { get; init; }") },
        { "OPK0019", Analysis.Spec("public string? [|Name|] { get; }"), Analysis.Spec("public string Name => \"computed\";") },
        { "OPK0020", Analysis.Spec("[[|Range(1, 2)|]] public string? Name { get; init; }"), Analysis.Spec("[Range(1, 2)] public long? Number { get; init; }") },
        { "OPK0020", Analysis.Spec("[[|MinLength(1)|]] public int Number { get; init; }"), Analysis.Spec("[MinLength(1)] public IReadOnlyList<int>? Numbers { get; init; }") },
        { "OPK0021", Analysis.Spec("[StatusReplicas] public int [|Replicas|] { get; init; } = 1;"), Analysis.Spec("", statusMembers: "[StatusReplicas] public int Replicas { get; init; }") },
        { "OPK0022", Resource("[|KubernetesResource(\"apps.k8s.io\", \"v1\")|]"), Resource("KubernetesResource(\"k8s.example.com\", \"v1\")") },
        { "OPK0023", Analysis.Spec("[Cel(\"self.nam == ''\")] public Inner? [|Inner|] { get; init; }", "public sealed record Inner { public string? Name { get; init; } }"), Analysis.Spec("[Cel(\"self.name.size() > 0 && has(self.name)\")] public Inner? Inner { get; init; }", "public sealed record Inner { public string? Name { get; init; } }") },
        { "OPK0023", Analysis.Spec("public Inner? Inner { get; init; }", "[Cel(\"has(self.other)\")] public sealed record [|Inner|] { public string? Name { get; init; } }"), Analysis.Spec("public Inner? Inner { get; init; }", "[Cel(\"'self.other' == self.name\")] public sealed record Inner { public string? Name { get; init; } }") },
        { "OPK0023", Record("[Cel(\"self.spec.nam == ''\")] public sealed partial record [|Thing|] : CustomResource<ThingSpec>;"), Record("[Cel(\"has(self.spec.name) && self.spec.name == self.metadata.name\")] public sealed partial record Thing : CustomResource<ThingSpec>;") },
        { "OPK0023", Record("[Cel(\"has(self.metadata.labels)\")] public sealed partial record [|Thing|] : CustomResource<ThingSpec>;"), Record("[Cel(\"self.kind == 'Thing' && self.metadata.generateName == ''\")] public sealed partial record Thing : CustomResource<ThingSpec>;") },
        { "OPK0023", Analysis.Spec("[Cel(\"self.all(x, x.nam != '')\"), MaxLength(10)] public IReadOnlyList<Inner>? [|Inners|] { get; init; }", "public sealed record Inner { public string? Name { get; init; } }"), Analysis.Spec("[Cel(\"self.filter(x, has(x.name)).map(x, x.name).all(n, n.startsWith('a'))\"), MaxLength(10)] public IReadOnlyList<Inner>? Inners { get; init; }", "public sealed record Inner { [MaxLength(9)] public string? Name { get; init; } }") },
        { "OPK0023", Analysis.Spec("[Cel(\"selv > 1\")] public int? [|Number|] { get; init; }"), Analysis.Spec("[Cel(\"cel.bind(n, self + 1, n > 1) && int('1') < self\")] public int? Number { get; init; }") },
        { "OPK0024", Analysis.Spec("[Cel(\"self.all(x, self.exists_one(y, y == x))\")] public IReadOnlyList<string>? [|Names|] { get; init; }"), Analysis.Spec("[Cel(\"self.all(x, self.exists_one(y, y == x))\"), MaxLength(50), Items(MaxLength = 63)] public IReadOnlyList<string>? Names { get; init; }") },
        { "OPK0024", Analysis.Spec("[Cel(\"self.all(x, x.matches('^[a-z]+$'))\"), MaxLength(100)] public IReadOnlyList<string>? [|Names|] { get; init; }"), Analysis.Spec("[Cel(\"self.all(x, x.matches('^[a-z]+$'))\"), MaxLength(100), Items(MaxLength = 63)] public IReadOnlyList<string>? Names { get; init; }") },
        { "OPK0024", Analysis.Spec("public IReadOnlyList<Inner>? Inners { get; init; }", "public sealed record Inner { [Cel(\"self.contains('abcdefghijkl')\"), MaxLength(1000)] public string? [|Name|] { get; init; } }"), Analysis.Spec("[MaxLength(100)] public IReadOnlyList<Inner>? Inners { get; init; }", "public sealed record Inner { [Cel(\"self.contains('abcdefghijkl')\"), MaxLength(1000)] public string? Name { get; init; } }") },
        { "OPK0025", Analysis.Spec("public Inner? Inner { get; init; }", "[[|ExactlyOneOf(\"A\", \"C\")|]] public sealed record Inner { public string? A { get; init; } public string? B { get; init; } }"), Analysis.Spec("public Inner? Inner { get; init; }", "[ExactlyOneOf(\"A\", \"B\")] public sealed record Inner { public string? A { get; init; } public string? B { get; init; } }") },
        { "OPK0026", Record("public sealed partial record [|Thing|] : CustomResource<Big>; /// <summary>" + new string('x', 220_000) + "</summary>\npublic sealed record Big { public string? Name { get; init; } }"), Record("public sealed partial record Thing : CustomResource<Big>; /// <summary>" + new string('x', 200_000) + "</summary>\npublic sealed record Big { public string? Name { get; init; } }") },
        { "OPK0027", Analysis.Spec("public string Image { get; init; } = [|\"localhost:5000/nginx\"|];"), Analysis.Spec("public string Image { get; init; } = \"localhost:5000/nginx:1.27\";") },
        { "OPK0028", Analysis.Spec("[Cel(\"self >= (1\")] public int? [|Number|] { get; init; }"), Analysis.Spec("[Cel(\"[self, -1].exists(n, n in [1, 2u, 0x1F]) ? !(self == 1) : {'a': 1}['a'] == 1 || \\\"\\\\\\\"\\\" == r'\\\\'\")] public int? Number { get; init; }") },
        { "OPK0029", Resource("[|KubernetesResource(\"example.com\", \"v1\", ShortNames = [\"sa\"])|]"), Resource("KubernetesResource(\"example.com\", \"v1\", ShortNames = [\"sapp\"])") },
        { "OPK0030", Analysis.Handler(Ensure("[|context.ApplyAsync(new V1ConfigMap(), cancellationToken)|]")), Analysis.Handler(Ensure("context.ApplyAsync(new V1ConfigMap(), cancellationToken)"), "[Owns<V1ConfigMap>]") },
        { "OPK0031", Analysis.Handler("public override Task<ThingStatus> OnCreateAsync(Thing thing, ThingContext context, CancellationToken cancellationToken) { [|Task.Delay(1, cancellationToken).Wait()|]; return Task.FromResult(new ThingStatus()); }"), Analysis.Handler(Ensure("Task.Delay(1, cancellationToken)")) },
        { "OPK0031", Analysis.Handler("public override Task<ThingStatus> OnCreateAsync(Thing thing, ThingContext context, CancellationToken cancellationToken) => Task.FromResult([|Task.FromResult(new ThingStatus()).Result|]);"), Analysis.Handler(Ensure("Task.Yield()").Replace("await Task.Yield()", "await Task.FromResult(new Box { Result = 1 }.Result)", StringComparison.Ordinal) + " private sealed record Box { public int Result { get; init; } }") },
        { "OPK0032", Analysis.Handler(Ensure("Task.Delay(1)").Replace("CancellationToken cancellationToken", "[|CancellationToken cancellationToken|]", StringComparison.Ordinal)), Analysis.Handler(Ensure("Task.Delay(1, cancellationToken)")) },
        { "OPK0033", Analysis.Handler("", "[[|Owns<V1ClusterRole>|]]"), Analysis.Handler("", "[Owns<V1Role>]") },
        { "OPK0034", Analysis.Handler(Ensure("context.Client.Things(\"default\").PatchAsync(\"one\", OperatorKit.Client.Patch.Merge([|\"{\\\"status\\\":{}}\"|]), null, cancellationToken)")), Analysis.Handler(Ensure("context.Client.Things(\"default\").PatchStatusAsync(\"one\", OperatorKit.Client.Patch.Merge(\"{\\\"status\\\":{}}\"), null, cancellationToken)")) },
        { "OPK0034", Analysis.Handler(Ensure("context.Client.Resource<Thing>(\"default\").CreateAsync(thing with { [|Status = new()|] }, null, cancellationToken)")), Analysis.Handler(Ensure("context.Client.Resource<Thing>(\"default\").ApplyStatusAsync(thing with { Status = new() }, null, cancellationToken)")) },
        { "OPK0035", Analysis.Handler("private static V1Container Container() => new() { Name = \"a\", Image = [|\"nginx:latest\"|] };"), Analysis.Handler("private static V1Container Container() => new() { Name = \"a\", Image = \"nginx:1.27\" };") },
        { "OPK0036", Analysis.Handler("private static V1ConfigMap Child() => new() { Metadata = new V1ObjectMeta { Name = \"a\", [|NamespaceProperty = \"shared\"|] } };", "[Owns<V1ConfigMap>]"), Analysis.Handler("private static V1Secret NoChild() => new() { Metadata = new V1ObjectMeta { Name = \"a\", NamespaceProperty = \"shared\" } };", "[Owns<V1ConfigMap>]") },
        { "OPK0032", Analysis.Handler("[Timer(\"1s\")] public async Task TickAsync([|CancellationToken cancellationToken|]) => await Task.Yield();"), Analysis.Handler("[Timer(\"1s\")] public async Task TickAsync(CancellationToken cancellationToken) => await Task.Delay(1, cancellationToken);") },
        { "OPK0060", Analysis.Handler("[[|OnChange(\"name\")|]] public Task RenameAsync() => Task.CompletedTask;"), Analysis.Handler("[OnChange(nameof(ThingSpec.Name))] public Task RenameAsync() => Task.CompletedTask;") },
        { "OPK0060", Analysis.Handler("[[|OnChange(\"Name.Size\")|]] public Task RenameAsync() => Task.CompletedTask;"), Analysis.Handler("[OnChange(\"Name.Length\")] public Task RenameAsync(FieldChange<int?> length) => Task.CompletedTask;") },
        { "OPK0061", OnBase("[Timer(\"5m\")] private Task [|Tick|]() => Task.CompletedTask;"), OnBase("[Timer(\"5m\")] public abstract Task Tick();", "public override Task Tick() => Task.CompletedTask;") },
        { "OPK0061", OnBase("[Timer(\"5m\")] internal Task [|Tick|]() => Task.CompletedTask;"), OnBase("private protected Root() { } [Timer(\"5m\")] internal Task Tick() => Task.CompletedTask;") },
        { "OPK0031", OnBase("public Task Wait() { [|Task.Delay(1).Wait()|]; return Task.CompletedTask; }"), OnBase("public Task Wait() => Task.Delay(1);") },
        { "OPK0030", OnBase("", Ensure("[|context.ApplyAsync(new V1ConfigMap(), cancellationToken)|]")), OnBase("public Task Apply(ThingContext context) => context.ApplyAsync(new V1ConfigMap());", Ensure("context.ApplyAsync(new V1Secret(), cancellationToken)")) },
        { "OPK0061", Analysis.Handler("[OnChange(nameof(ThingSpec.Name))] private Task [|RenameAsync|]() => Task.CompletedTask;"), Analysis.Handler("[OnChange(nameof(ThingSpec.Name))] internal Task RenameAsync() => Task.CompletedTask;") },
        { "OPK0061", Analysis.Handler("[OnChange(nameof(ThingSpec.Name))] public Task [|RenameAsync|](FieldChange<int> name) => Task.CompletedTask;"), Analysis.Handler("[OnChange(nameof(ThingSpec.Name))] public Task RenameAsync(FieldChange<string?> name) => Task.CompletedTask;") },
        { "OPK0061", Analysis.Handler("[Daemon] public void [|Follow|](Thing thing) { }"), Analysis.Handler("[Daemon] public Task<ThingStatus> Follow(Thing thing) => Task.FromResult(new ThingStatus());") },
        { "OPK0061", Analysis.Handler("[Timer(\"1s\")] public Task [|TickAsync|](string name) => Task.CompletedTask;"), Analysis.Handler("[Timer(\"1s\")] public Task TickAsync(ThingContext context, Thing thing) => Task.CompletedTask;") },
        { "OPK0062", Analysis.Handler("[[|Timer(\"30 seconds\")|]] public Task TickAsync() => Task.CompletedTask;"), Analysis.Handler("[Timer(\"1h30m\")] public Task TickAsync() => Task.CompletedTask;") },
        { "OPK0062", Analysis.Handler("[[|Timer(\"0s\")|]] public Task TickAsync() => Task.CompletedTask;"), Analysis.Handler("[Timer(\"1ms\", InitialDelay = \"0s\")] public Task TickAsync() => Task.CompletedTask;") },
        { "OPK0063", Analysis.Handler("", "[[|When(Labels = \"tier web\")|]]"), Analysis.Handler("", "[When(Labels = \"tier = web, !old, env in (a, b), example.com/x\")]") },
        { "OPK0063", Analysis.Handler("", "[[|When(Annotation = \"a b=c\")|]]"), Analysis.Handler("", "[When(Annotation = \"example.com/a=b c\")]") },
        { "OPK0063", OnBase("[[|When(\"IsOld\")|]] public override Task OnDeleteAsync(Thing thing, ThingContext context, CancellationToken cancellationToken) => Task.CompletedTask; internal static bool IsOld(Thing thing) => true;"), OnBase("[When(nameof(IsOld))] public override Task OnDeleteAsync(Thing thing, ThingContext context, CancellationToken cancellationToken) => Task.CompletedTask; public static bool IsOld(Thing thing) => true;") },
        { "OPK0063", OnBase("[[|When(\"IsOld\")|]] public override Task OnDeleteAsync(Thing thing, ThingContext context, CancellationToken cancellationToken) => Task.CompletedTask; internal static bool IsOld(Thing thing) => true;"), OnBase("private protected Root() { } [When(nameof(IsOld))] public override Task OnDeleteAsync(Thing thing, ThingContext context, CancellationToken cancellationToken) => Task.CompletedTask; internal static bool IsOld(Thing thing) => true;") },
        { "OPK0063", Analysis.Handler("[[|When(\"IsOld\")|]] public override Task OnDeleteAsync(Thing thing, ThingContext context, CancellationToken cancellationToken) => Task.CompletedTask; private bool IsOld(Thing thing) => true;"), Analysis.Handler("[When(nameof(IsOld))] public override Task OnDeleteAsync(Thing thing, ThingContext context, CancellationToken cancellationToken) => Task.CompletedTask; internal static bool IsOld(Thing? before, Thing thing) => true;") },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_broken_rule_is_reported_at_its_place(string id, string broken, string nearMiss)
    {
        _ = nearMiss;
        var (source, span) = Analysis.Unmark(broken);
        var reported = await Analysis.RunAsync(Rule(id), source);
        reported.ShouldNotBeEmpty();
        reported.ShouldAllBe(d => d.Id == id);
        reported.ShouldContain(d => d.Location.SourceSpan == span, $"reported at {string.Join(", ", reported.Select(static d => d.ToString()))}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_near_miss_is_not_reported(string id, string broken, string nearMiss)
    {
        _ = broken;
        (await Analysis.RunAsync(Rule(id), nearMiss)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_rule_can_be_suppressed(string id, string broken, string nearMiss)
    {
        _ = nearMiss;
        var reported = await Analysis.RunAsync(Rule(id), $"#pragma warning disable {id}\n" + Analysis.Unmark(broken).Source);
        reported.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_but_the_error_is_emitted_for_a_record_that_breaks_a_rule(string id, string broken, string nearMiss)
    {
        _ = nearMiss;
        if (Rule(id) is HandlerRule || Rule(id).SupportedDiagnostics[0].DefaultSeverity != Microsoft.CodeAnalysis.DiagnosticSeverity.Error)
            return;
        var usings = "global using System.ComponentModel.DataAnnotations; global using System.Text.Json.Serialization; global using OperatorKit; global using OperatorKit.Models;";
        var run = GeneratorRun.Of(("Usings.cs", usings), ("Test.cs", Analysis.Unmark(broken).Source));
        run.Manifests().ShouldBeEmpty();

        // The compiler runs analyzers only where all declarations are complete; elsewhere the generator has to say it.
        if (run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Any(static d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error))
            run.Diagnostics.ShouldContain(d => d.Id == id && d.Location.GetLineSpan().Path == "Test.cs");
    }

    [Theory]
    [InlineData(120_000, 120_000)]
    [InlineData(90_000, 130_000)]
    public async Task The_size_of_a_definition_counts_all_versions_and_names_the_longest_description(int first, int second)
    {
        var source = Description(first, "OldSpec", "[KubernetesResource(\"example.com\", \"v1\", Kind = \"Thing\", Storage = false)] public sealed partial record Old : CustomResource<OldSpec>;")
            + Description(second, "ThingSpec", "[KubernetesResource(\"example.com\", \"v2\")] public sealed partial record Thing : CustomResource<ThingSpec>;");
        var problem = (await Analysis.RunAsync(Rule("OPK0026"), source)).ShouldHaveSingleItem();
        var message = problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        message.ShouldContain($" of them are descriptions, {Math.Max(first, second)} that of .spec.name alone: shorten them");
        (await Analysis.RunAsync(Rule("OPK0026"), source.Replace("Kind = \"Thing\"", "Kind = \"Other\"", StringComparison.Ordinal))).ShouldBeEmpty();

        static string Description(int length, string type, string record)
            => $"{record} public sealed record {type} {{ /// <summary>{new string('x', length)}</summary>\npublic string? Name {{ get; init; }} }} ";
    }

    [Fact]
    public void Every_rule_has_a_test_and_a_page()
    {
        var ids = Rules().Select(static r => r.SupportedDiagnostics.Single().Id).Order().ToList();
        ids.ShouldBeUnique();
        ids.ShouldBe(Cases.Select(static c => c.Data.Item1).Concat(BaselineTests.Cases.Select(static c => c.Data.Item1)).Concat(ConversionTests.Cases.Select(static c => c.Data.Item1)).Concat(["OPK0045", "OPK0050"]).Distinct().Order());
        var index = File.ReadAllText(Path.Combine(Docs(), "README.md"));
        foreach (var id in ids)
        {
            File.Exists(Path.Combine(Docs(), id + ".md")).ShouldBeTrue(id);
            index.ShouldContain($"[{id}]({id}.md)");
        }
    }

    internal static DiagnosticAnalyzer Rule(string id) => Rules().Single(r => r.SupportedDiagnostics[0].Id == id);

    private static IEnumerable<DiagnosticAnalyzer> Rules() => typeof(ResourceRule).Assembly.GetTypes()
        .Where(static t => !t.IsAbstract && t.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
        .Select(static t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!);

    private static string Docs([System.Runtime.CompilerServices.CallerFilePath] string caller = "")
        => Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "..", "docs", "diagnostics");

    private static string Record(string record) => $$"""
        public sealed record ThingSpec { public string? Name { get; init; } }
        [KubernetesResource("example.com", "v1")]
        {{record}}
        """;

    private static string Resource(string attribute) => $$"""
        [{{attribute}}]
        public sealed partial record Thing : CustomResource<ThingSpec>;
        public sealed record ThingSpec { public string? Name { get; init; } }
        """;

    /// <summary>A handler that derives from an abstract class, which owns Secrets.</summary>
    private static string OnBase(string body, string derived = "") => Analysis.Spec("public string? Name { get; init; }") + $$"""
        [Owns<V1Secret>] public abstract class Root : ThingHandler { {{body}} }
        public sealed class ThingOperator : Root { {{derived}} }
        """;

    private static string Ensure(string awaited) =>
        $"public override async Task<ThingStatus> OnCreateAsync(Thing thing, ThingContext context, CancellationToken cancellationToken) {{ await {awaited}; return new ThingStatus(); }}";

    private static string Versions(string storage) => $$"""
        namespace A
        {
            [[|KubernetesResource("example.com", "v1")|]]
            public sealed partial record Thing : CustomResource<ThingSpec>;
            public sealed record ThingSpec { public string? Name { get; init; } }
        }

        namespace B
        {
            [KubernetesResource("example.com", "v2", Storage = {{storage}})]
            public sealed partial record Thing : CustomResource<A.ThingSpec>;
        }
        """;
}
