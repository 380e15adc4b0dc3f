using System.ComponentModel;

namespace OperatorKit;

/// <summary>
/// Marks a generated string constant as the text of a manifest. The build task of OperatorKit reads such constants from the
/// compiled assembly and writes them to files; users have no need of it.
/// </summary>
/// <param name="path">The file below the manifest directory, with <c>/</c> between the parts, as in <c>crds/example.com_simpleapps.yaml</c>.</param>
[AttributeUsage(AttributeTargets.Field)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ManifestFileAttribute(string path) : Attribute
{
    /// <summary>The file below the manifest directory.</summary>
    public string Path { get; } = path;
}
