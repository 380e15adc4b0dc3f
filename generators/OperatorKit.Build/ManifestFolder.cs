using System.Text;

namespace OperatorKit.Build;

/// <summary>The folder with the manifests of one project. Files whose text is right are not touched.</summary>
internal sealed class ManifestFolder(string folder)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _folder = Path.GetFullPath(folder);

    /// <summary>Where a manifest belongs.</summary>
    /// <exception cref="ArgumentException">The path leads out of the folder.</exception>
    public string PathOf(Manifest manifest)
    {
        var path = Path.GetFullPath(Path.Combine(_folder, manifest.Path));
        var root = Path.EndsInDirectorySeparator(_folder) ? _folder : _folder + Path.DirectorySeparatorChar;
        return path.StartsWith(root, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"The manifest path \"{manifest.Path}\" leads out of the manifest folder.");
    }

    /// <summary>Whether the file of a manifest is there with the right text.</summary>
    public bool IsCurrent(Manifest manifest)
    {
        var path = PathOf(manifest);
        return File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(Utf8.GetBytes(manifest.Text));
    }

    /// <summary>Writes the file of a manifest if it is not right.</summary>
    /// <returns>True when it was written.</returns>
    public bool Write(Manifest manifest)
    {
        if (IsCurrent(manifest))
            return false;
        var path = PathOf(manifest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, manifest.Text, Utf8);
        return true;
    }
}
