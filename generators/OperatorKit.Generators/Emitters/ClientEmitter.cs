using OperatorKit.Generators.Symbols;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Emitters;

/// <summary>Emits the typed client, and how to get it from a <c>KubernetesClient</c>.</summary>
internal static class ClientEmitter
{
    private const string Task = "global::System.Threading.Tasks.Task";
    private const string Token = "global::System.Threading.CancellationToken cancellationToken = default";
    private const string Client = "global::OperatorKit.Client.";

    public static string Emit(ClientModel model)
    {
        var writer = EmittedFile.Start(model.Namespace);
        EmitClient(writer, model);
        writer.Line();
        EmitExtensions(writer, model);
        return writer.ToString();
    }

    private static void EmitClient(SourceWriter writer, ClientModel model)
    {
        var type = model.CSharp;
        var parameter = EmittedFile.Parameter(model.Name);
        writer.Summary(model.IsClusterScoped
            ? $"The objects of kind <see cref=\"{type}\"/>."
            : $"The objects of kind <see cref=\"{type}\"/> in one namespace.");
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open($"{EmittedFile.Access(model.IsPublic)} sealed class {model.ClientName}");
        writer.Line($"private readonly {Client}ResourceClient<{type}> _resources;");
        writer.Line();
        writer.Line($"internal {model.ClientName}({Client}ResourceClient<{type}> resources) => _resources = resources;");
        if (!model.IsClusterScoped)
        {
            writer.Line();
            writer.Summary("The namespace that the objects live in.");
            writer.Line("public string Namespace => _resources.Namespace!;");
        }

        Method("Reads an object.", $"{Task}<{type}> GetAsync(string name, {Token})", "GetAsync(name, cancellationToken)", "<exception cref=\"global::OperatorKit.Client.NotFoundException\">There is none of this name.</exception>");
        Method("Reads an object; null when there is none of this name.", $"{Task}<{type}?> FindAsync(string name, {Token})", "FindAsync(name, cancellationToken)");
        Method("Reads all objects, or those that the options select.", $"{Task}<{Client}ResourceList<{type}>> ListAsync({Client}ListOptions? options = null, {Token})", "ListAsync(options, cancellationToken)");
        Method("Creates an object.", $"{Task}<{type}> CreateAsync({type} {parameter}, {Client}WriteOptions? options = null, {Token})", $"CreateAsync({parameter}, options, cancellationToken)", "<exception cref=\"global::OperatorKit.Client.AlreadyExistsException\">There is one of this name.</exception>");
        Method("Makes an object what it should be, and creates it where there is none (server-side apply). Members that are not set stay as they are.", $"{Task}<{type}> ApplyAsync({model.ApplyName} apply, {Client}ApplyOptions? options = null, {Token})", "ApplyAsync(apply, options, cancellationToken)");
        Method("Changes an object by a JSON or merge patch.", $"{Task}<{type}> PatchAsync(string name, {Client}Patch patch, {Client}WriteOptions? options = null, {Token})", "PatchAsync(name, patch, options, cancellationToken)");
        if (model.HasStatus)
            Method("Changes the status of an object by a JSON or merge patch.", $"{Task}<{type}> PatchStatusAsync(string name, {Client}Patch patch, {Client}WriteOptions? options = null, {Token})", "PatchStatusAsync(name, patch, options, cancellationToken)");
        if (model.HasScale)
        {
            Method("Sets how many replicas an object asks for.", $"{Task}<global::OperatorKit.Models.V1Scale> ScaleAsync(string name, int replicas, {Client}WriteOptions? options = null, {Token})", "ScaleAsync(name, replicas, options, cancellationToken)");
            Method("Reads how many replicas an object asks for and has.", $"{Task}<global::OperatorKit.Models.V1Scale> GetScaleAsync(string name, {Token})", "GetScaleAsync(name, cancellationToken)");
        }

        Method("Deletes an object; false when there was none.", $"{Task}<bool> DeleteAsync(string name, {Client}DeleteOptions? options = null, {Token})", "DeleteAsync(name, options, cancellationToken)");
        Method("Sends changes as they happen.", $"global::System.Collections.Generic.IAsyncEnumerable<{Client}WatchEvent<{type}>> WatchAsync({Client}WatchOptions? options = null, {Token})", "WatchAsync(options, cancellationToken)");
        writer.Close();

        void Method(string summary, string signature, string call, string? documentation = null)
        {
            writer.Line();
            writer.Summary(summary);
            if (documentation is not null)
                writer.Line("/// " + documentation);
            writer.Line($"public {signature} =>");
            writer.Line($"    _resources.{call};");
        }
    }

    private static void EmitExtensions(SourceWriter writer, ClientModel model)
    {
        var type = model.CSharp;
        var plural = Naming.PluralName(model.Name);
        writer.Summary($"Gets to objects of kind <see cref=\"{type}\"/>.");
        writer.Line(EmittedFile.GeneratedCode);
        writer.Open($"{EmittedFile.Access(model.IsPublic)} static class {model.ClientName}Extensions");
        writer.Open($"extension({Client}KubernetesClient client)");
        if (model.IsClusterScoped)
        {
            writer.Summary($"The objects of kind <see cref=\"{type}\"/>.");
            writer.Line($"public {model.ClientName} {plural} => new(client.Resource<{type}>());");
        }
        else
        {
            writer.Summary($"The objects of kind <see cref=\"{type}\"/> in a namespace.");
            writer.Line("/// <param name=\"namespace\">The namespace.</param>");
            writer.Line($"public {model.ClientName} {plural}(string @namespace) => new(client.Resource<{type}>(@namespace));");
            writer.Line();
            writer.Summary($"Reads the objects of kind <see cref=\"{type}\"/> of all namespaces.");
            writer.Line($"public {Task}<{Client}ResourceList<{type}>> ListAll{plural}Async({Client}ListOptions? options = null, {Token}) =>");
            writer.Line($"    client.Resource<{type}>().ListAsync(options, cancellationToken);");
            writer.Line();
            writer.Summary($"Sends changes of objects of kind <see cref=\"{type}\"/> of all namespaces as they happen.");
            writer.Line($"public global::System.Collections.Generic.IAsyncEnumerable<{Client}WatchEvent<{type}>> WatchAll{plural}Async({Client}WatchOptions? options = null, {Token}) =>");
            writer.Line($"    client.Resource<{type}>().WatchAsync(options, cancellationToken);");
        }

        writer.Close();
        writer.Close();
    }
}
