using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace OperatorKit.Client;

/// <summary>Loads YAML whose nesting is bounded: the loader recurses, and a stack that overflows takes the process with it.</summary>
internal sealed class BoundedYaml : IParser
{
    /// <summary>The most mappings and sequences inside each other.</summary>
    public const int MaximumDepth = 1_000;

    private readonly Parser _parser;
    private int _depth;

    private BoundedYaml(Parser parser) => _parser = parser;

    public ParsingEvent? Current => _parser.Current;

    /// <summary>Reads every document of a text.</summary>
    /// <exception cref="YamlException">The text is not YAML, or nested too deep.</exception>
    public static YamlStream Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new BoundedYaml(new Parser(new StringReader(text))));
        return stream;
    }

    public bool MoveNext()
    {
        if (!_parser.MoveNext())
            return false;
        _depth += _parser.Current!.NestingIncrease;
        // The stream and the document count as well.
        if (_depth > MaximumDepth + 2)
            throw new YamlException(_parser.Current.Start, _parser.Current.End, $"nested more than {MaximumDepth} deep");
        return true;
    }
}
