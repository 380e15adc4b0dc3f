using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace OperatorKit.Build;

/// <summary>Writes the manifests of a compiled operator to files, and removes those of an earlier build that it no longer has.</summary>
public sealed class WriteManifests : Task
{
    /// <summary>The compiled assembly.</summary>
    [Required]
    public string AssemblyPath { get; set; } = "";

    /// <summary>The folder for the manifests.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>The folder that the paths in <see cref="ListFile"/> start from.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>Lists the files written, one a line. The target is up to date as long as this file is newer than its inputs.</summary>
    public string ListFile { get; set; } = "";

    /// <summary>Whether to compare only and fail when a file differs. Default: false.</summary>
    public bool Verify { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            using var assembly = File.OpenRead(AssemblyPath);
            var manifests = ManifestReader.Read(assembly);
            var folder = new ManifestFolder(OutputDirectory);
            if (manifests.GroupBy(m => folder.PathOf(m), StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } same)
                Fail("OPKB002", $"Two manifests go to the same file {same.Key}: rename one of the kinds.");
            else if (Verify)
                Compare(folder, manifests);
            else
                Update(folder, manifests);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or BadImageFormatException)
        {
            Fail("OPKB001", $"The manifests of {AssemblyPath} cannot be written to {OutputDirectory}: {exception.Message}");
        }

        return !Log.HasLoggedErrors;
    }

    private void Update(ManifestFolder folder, IReadOnlyList<Manifest> manifests)
    {
        foreach (var manifest in manifests)
        {
            if (folder.Write(manifest))
                Log.LogMessage(MessageImportance.Normal, "Wrote {0}", folder.PathOf(manifest));
        }

        var files = manifests.Select(m => Path.GetRelativePath(ProjectDirectory, folder.PathOf(m))).ToList();
        var before = File.Exists(ListFile) ? File.ReadAllLines(ListFile) : [];
        foreach (var stale in before.Except(files, StringComparer.Ordinal).Where(line => line.Length > 0))
        {
            File.Delete(Path.Combine(ProjectDirectory, stale));
            Log.LogMessage(MessageImportance.Normal, "Deleted {0}", stale);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(ListFile))!);
        File.WriteAllText(ListFile, string.Concat(files.Select(file => file + "\n")));
    }

    private void Compare(ManifestFolder folder, IReadOnlyList<Manifest> manifests)
    {
        foreach (var manifest in manifests.Where(m => !folder.IsCurrent(m)))
            Fail("OPKB003", $"{folder.PathOf(manifest)} is not what the code says: build without OperatorKitVerifyManifests and commit the result.");
    }

    private void Fail(string code, string message) =>
        Log.LogError(null, code, null, null, 0, 0, 0, 0, message);
}
