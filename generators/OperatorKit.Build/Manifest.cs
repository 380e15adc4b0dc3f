namespace OperatorKit.Build;

/// <summary>A manifest that the generator has put into an assembly.</summary>
/// <param name="Path">The file below the manifest directory, with <c>/</c> between the parts.</param>
/// <param name="Text">The content of the file.</param>
internal sealed record Manifest(string Path, string Text);
