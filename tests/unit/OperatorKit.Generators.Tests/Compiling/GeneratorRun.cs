using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OperatorKit.Generators.Tests.Compiling;

/// <summary>One run of the generator over some source, with what a project has: implicit usings, nullable, the framework's reference assemblies.</summary>
internal sealed class GeneratorRun
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "framework-references.txt")).Select(static f => MetadataReference.CreateFromFile(f)),
        MetadataReference.CreateFromFile(typeof(CustomResource).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Client.KubernetesClient).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(OperatorBuilder).Assembly.Location),
    ];

    private GeneratorRun(GeneratorDriver driver, Compilation input)
    {
        Driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics);
        Input = input;
        Output = output;
        Diagnostics = diagnostics;
        diagnostics.ShouldAllBe(static d => d.Id.StartsWith("OPK"));
    }

    /// <summary>What the generator says of records for which it emits nothing.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public GeneratorDriver Driver { get; }

    public Compilation Input { get; }

    public Compilation Output { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    public static GeneratorRun Of(params (string Path, string Text)[] files) => new(NewDriver(new ResourceGenerator().AsSourceGenerator()), Compile(files));

    /// <summary>A run over what is compiled already.</summary>
    public static GeneratorRun Of(Compilation compilation) => new(NewDriver(new ResourceGenerator().AsSourceGenerator()), compilation);

    public static GeneratorRun Of(string text) => Of(("Test.cs", text));

    public static GeneratorDriver NewDriver(ISourceGenerator generator, params (string Name, string Value)[] properties) => CSharpGeneratorDriver.Create(
        [generator],
        parseOptions: ParseOptions,
        optionsProvider: new BuildOptions(properties.ToDictionary(static p => "build_property." + p.Name, static p => p.Value)),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static GeneratorRun With(string text, params (string Name, string Value)[] properties)
        => new(NewDriver(new ResourceGenerator().AsSourceGenerator(), properties), Compile(("Test.cs", text)));

    /// <summary>A run that sees another assembly.</summary>
    public static GeneratorRun With(string text, MetadataReference reference)
        => new(NewDriver(new ResourceGenerator().AsSourceGenerator()), Compile(("Test.cs", text)).AddReferences(reference));

    /// <summary>A run with files that the project names.</summary>
    public static GeneratorRun WithFiles(string text, params AdditionalText[] files)
        => new(NewDriver(new ResourceGenerator().AsSourceGenerator()).AddAdditionalTexts([.. files]), Compile(("Test.cs", text)));

    public static CSharpCompilation Compile(params (string Path, string Text)[] files) => CSharpCompilation.Create(
        "SimpleApp.Operator",
        [Parse(("ImplicitUsings.cs", ImplicitUsings)), .. files.Select(Parse)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    public static SyntaxTree Parse((string Path, string Text) file) => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path);

    /// <summary>Runs again after an edit.</summary>
    public GeneratorRun After(Func<Compilation, Compilation> edit) => new(Driver, edit(Input));

    /// <summary>Runs again with other properties of the project.</summary>
    public GeneratorRun AfterOptions(params (string Name, string Value)[] properties)
        => new(Driver.WithUpdatedAnalyzerConfigOptions(new BuildOptions(properties.ToDictionary(static p => "build_property." + p.Name, static p => p.Value))), Input);

    /// <summary>Runs again after one file was replaced.</summary>
    public GeneratorRun After(string path, string text) => After(c => c.ReplaceSyntaxTree(c.SyntaxTrees.Single(t => t.FilePath == path), Parse((path, text))));

    public string Source(string hintName) => Result.GeneratedSources.Single(s => s.HintName == hintName).SourceText.ToString();

    public IEnumerable<Diagnostic> Warnings() => Output.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS8019");

    /// <summary>The manifests, by file.</summary>
    public IReadOnlyDictionary<string, string> Manifests() => Output.GetTypeByMetadataName("OperatorKit.Generated.Manifests") is { } type
        ? type.GetMembers().OfType<IFieldSymbol>()
            .Select(static f => (File: f.GetAttributes().SingleOrDefault()?.ConstructorArguments[0].Value as string, Text: f.ConstantValue as string))
            .Where(static f => f.File is not null)
            .ToDictionary(static f => f.File!, static f => f.Text!)
        : new Dictionary<string, string>();

    /// <summary>Why each output of a step was made.</summary>
    public IEnumerable<IncrementalStepRunReason> Reasons(string step) => Result.TrackedSteps.TryGetValue(step, out var runs)
        ? runs.SelectMany(static r => r.Outputs).Select(static o => o.Reason)
        : [];
}
