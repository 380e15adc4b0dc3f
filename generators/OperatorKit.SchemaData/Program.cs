using System.Text;
using OperatorKit.SchemaData;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: dotnet run --project generators/OperatorKit.SchemaData -- <kubernetes-VERSION directory with openapi-v3/, discovery/ and wire-fields.json> <output file>");
    return 2;
}

var source = args[0];
foreach (var part in new[] { "openapi-v3", "discovery", "wire-fields.json" })
{
    if (!Path.Exists(Path.Combine(source, part)))
    {
        Console.Error.WriteLine($"{source}: there is no {part} in this directory; name the directory that holds openapi-v3/, discovery/ and wire-fields.json.");
        return 1;
    }
}

var version = Path.GetFileName(Path.TrimEndingDirectorySeparator(source)).Replace("kubernetes-", "", StringComparison.Ordinal);
var documents = OpenApiDocuments.Read(Path.Combine(source, "openapi-v3"));
var wire = WireTypes.Read(Path.Combine(source, "wire-fields.json"));
var resources = DiscoveredResources.Read(Path.Combine(source, "discovery"), documents.GroupVersions, documents.DefinitionOf);
var text = SchemaDataText.Write(version, documents, wire, resources);
File.WriteAllText(args[1], text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
Console.WriteLine($"{args[1]}: {documents.Definitions.Count} definitions, {resources.Count} resources, {text.Length} characters.");
return 0;
