using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OperatorKit.Client;

/// <summary>Objects in a YAML or JSON file.</summary>
public static class Manifest
{
    /// <summary>Reads a file's objects. Empty documents are passed over; the items of a <c>List</c> come one by one.</summary>
    /// <param name="text">YAML with one document or more, or JSON.</param>
    /// <returns>The objects, in order.</returns>
    /// <exception cref="FormatException">The text is not YAML, or not of Kubernetes objects; the message names the line.</exception>
    public static IReadOnlyList<DynamicResource> Parse(string text)
    {
        YamlStream stream;
        try
        {
            stream = BoundedYaml.Load(text);
        }
        catch (YamlException exception)
        {
            throw new FormatException($"Line {exception.Start.Line}: not valid YAML: {(exception.InnerException ?? exception).Message.TrimEnd('.')}.", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The scanner has no error of its own for some broken flows and tags.
            throw new FormatException($"Not valid YAML: {exception.Message.TrimEnd('.')}.", exception);
        }

        List<DynamicResource> resources = [];
        foreach (var document in stream.Documents)
        {
            Add(document.RootNode, resources);
        }

        return resources;
    }

    private static void Add(YamlNode node, List<DynamicResource> resources)
    {
        if (YamlJson.Of(node) is not { } json)
        {
            return;
        }

        if (json is not JsonObject content || content["kind"] is null || content["apiVersion"] is null)
        {
            throw new FormatException($"Line {node.Start.Line}: a Kubernetes object needs apiVersion and kind.");
        }

        if (content["kind"]!.ToString() == "List" && content["items"] is JsonArray items)
        {
            resources.AddRange(items.OfType<JsonObject>().Select(item => new DynamicResource((JsonObject)item.DeepClone())));
            return;
        }

        resources.Add(new DynamicResource(content));
    }
}
