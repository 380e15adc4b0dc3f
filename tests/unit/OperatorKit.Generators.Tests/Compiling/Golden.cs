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
        var expected = File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal);
        if (actual == expected)
            return;
        var (before, after) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Min(before.Length, after.Length)).FirstOrDefault(i => before[i] != after[i], Math.Min(before.Length, after.Length) - 1);
        Assert.Fail($"{name}({line + 1}) differs:\n- {before[line]}\n+ {after[line]}\nRun with UPDATE_GOLDEN=1 and look at the change.");
    }
}
