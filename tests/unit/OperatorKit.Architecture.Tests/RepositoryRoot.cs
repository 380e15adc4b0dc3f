using System.Runtime.CompilerServices;

namespace OperatorKit.Architecture.Tests;

internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(System.IO.Path.GetDirectoryName(here)!);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "OperatorKit.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("OperatorKit.sln is in no folder above this test.");
        return folder.FullName;
    }
}
