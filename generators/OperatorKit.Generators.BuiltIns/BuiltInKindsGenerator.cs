using System;
using System.IO;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Json;

namespace OperatorKit.Generators.BuiltIns;

/// <summary>Emits the built-in kinds of Kubernetes into OperatorKit.Models, from the compact schema data that its project names.</summary>
[Generator]
public sealed class BuiltInKindsGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step that reads the file.</summary>
    public const string SchemaStep = "BuiltInSchema";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var schemas = context.AdditionalTextsProvider
            .Where(static file => IsSchema(file.Path))
            .Select(static (file, token) => file.GetText(token)?.ToString() ?? "")
            .WithTrackingName(SchemaStep);
        context.RegisterSourceOutput(schemas, static (output, text) =>
        {
            foreach (var type in BuiltInSchema.Read(JsonParser.Parse(text)))
            {
                output.CancellationToken.ThrowIfCancellationRequested();
                output.AddSource($"{type.Name}.g.cs", BuiltInEmitter.Emit(type));
            }
        });
    }

    private static bool IsSchema(string path)
    {
        var name = Path.GetFileName(path);
        return name.StartsWith("kubernetes-", StringComparison.Ordinal) && name.EndsWith(".schema.json", StringComparison.Ordinal);
    }
}
