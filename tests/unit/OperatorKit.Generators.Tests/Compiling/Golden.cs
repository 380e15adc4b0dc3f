using System.Runtime.CompilerServices;

namespace OperatorKit.Generators.Tests.Compiling;

/// <summary>Compares text with a file under Golden/; UPDATE_GOLDEN=1 writes the file.</summary>
internal static class Golden
{
    public static void Verify(string actual, string name, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        File.Exists(path).ShouldBeTrue($"{path} does not exist; run with UPDATE_GOLDEN=1 and look at it");
        actual.ShouldBe(File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal), $"{name} differs; run with UPDATE_GOLDEN=1 and look at the change");
    }
}
