using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OperatorKit.Client;

/// <summary>A mapping in a kubeconfig; its errors name the file and the line.</summary>
internal readonly struct KubeconfigYaml
{
    private readonly string _source;
    private readonly YamlMappingNode _node;

    private KubeconfigYaml(string source, YamlMappingNode node)
    {
        _source = source;
        _node = node;
    }

    /// <summary>Parses a file's text.</summary>
    /// <returns>The mapping; null for an empty file.</returns>
    public static KubeconfigYaml? Parse(string source, string text)
    {
        YamlStream stream;
        try
        {
            stream = BoundedYaml.Load(text);
        }
        catch (YamlException exception)
        {
            var reason = (exception.InnerException ?? exception).Message.TrimEnd('.');
            throw new KubeconfigException($"{source}:{exception.Start.Line}:{exception.Start.Column}: not valid YAML: {reason}. Correct the line.", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The scanner has no error of its own for some broken flows and tags.
            throw new KubeconfigException($"{source}: not valid YAML: {exception.Message.TrimEnd('.')}. Write the file anew with: kubectl config view --flatten", exception);
        }

        return stream.Documents.Count == 0 || IsNull(stream.Documents[0].RootNode)
            ? null
            : AsMap(source, stream.Documents[0].RootNode, "a kubeconfig");
    }

    public string? Text(string key)
    {
        if (Find(key) is not { } node || IsNull(node))
        {
            return null;
        }

        return node is YamlScalarNode scalar ? scalar.Value : throw Wrong(node, $"{key} must be text");
    }

    public bool Flag(string key) => Text(key) switch
    {
        null => false,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => throw Wrong(Find(key)!, $"{key} must be true or false"),
    };

    public KubeconfigYaml? Map(string key) => Find(key) is { } node && !IsNull(node) ? AsMap(_source, node, key) : null;

    /// <summary>A member as JSON, whatever its type.</summary>
    public string? Json(string key)
    {
        if (Find(key) is not { } node)
        {
            return null;
        }

        try
        {
            return YamlJson.Of(node)?.ToJsonString();
        }
        catch (FormatException exception)
        {
            throw Wrong(node, $"{key} cannot be written as JSON: {exception.Message.TrimEnd('.')}");
        }
    }

    public IEnumerable<KubeconfigYaml> Maps(string key)
    {
        foreach (var item in List(key))
        {
            yield return AsMap(_source, item, $"each item of {key}");
        }
    }

    public IReadOnlyList<string> Texts(string key)
    {
        var texts = new List<string>();
        foreach (var item in List(key))
        {
            texts.Add(item is YamlScalarNode { Value: { } value } ? value : throw Wrong(item, $"each item of {key} must be text"));
        }

        return texts;
    }

    public IEnumerable<string> Keys() => _node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    public KubeconfigException Wrong(string message) => Wrong(_node, message);

    private IEnumerable<YamlNode> List(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode sequence => sequence.Children,
        var node when IsNull(node) => [],
        var node => throw Wrong(node, $"{key} must be a list"),
    };

    private YamlNode? Find(string key) => _node.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    private KubeconfigException Wrong(YamlNode node, string message) => Wrong(_source, node, message);

    private static KubeconfigException Wrong(string source, YamlNode node, string message) =>
        new($"{source}:{node.Start.Line}: {message}. Correct the line, or write the file anew with: kubectl config view --flatten");

    private static KubeconfigYaml AsMap(string source, YamlNode node, string what) =>
        node is YamlMappingNode mapping ? new KubeconfigYaml(source, mapping) : throw Wrong(source, node, $"{what} must be a mapping of names to values");

    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" };
}
