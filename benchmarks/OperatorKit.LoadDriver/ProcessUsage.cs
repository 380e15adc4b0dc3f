using System.Diagnostics;
using System.Globalization;

namespace OperatorKit.LoadDriver;

/// <summary>CPU time and memory of a process and of all that it started, so that <c>dotnet run</c>, <c>python</c> or a shell in front does not hide the operator.</summary>
internal readonly record struct ProcessUsage(TimeSpan Cpu, long ResidentBytes, long PeakBytes)
{
    private const int TicksPerSecond = 100;

    public static ProcessUsage Of(Process process)
    {
        if (!OperatingSystem.IsLinux())
        {
            process.Refresh();
            return new ProcessUsage(process.TotalProcessorTime, process.WorkingSet64, process.PeakWorkingSet64);
        }

        var all = ReadAll();
        var family = new HashSet<int> { process.Id };
        while (all.Any(entry => family.Contains(entry.Parent) && family.Add(entry.Id)))
        {
        }

        var members = all.Where(entry => family.Contains(entry.Id)).ToArray();
        return new ProcessUsage(
            TimeSpan.FromSeconds(members.Sum(entry => entry.Ticks) / (double)TicksPerSecond),
            members.Sum(entry => entry.ResidentPages) * Environment.SystemPageSize,
            members.Sum(entry => PeakKilobytes(entry.Id)) * 1024);
    }

    private static long PeakKilobytes(int id)
    {
        const string Name = "VmHWM:";
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(static line => line.StartsWith(Name, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static Entry[] ReadAll() => [.. Directory.EnumerateDirectories("/proc")
        .Select(folder => Path.GetFileName(folder))
        .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(Read)
        .OfType<Entry>()];

    private static Entry? Read(string id)
    {
        try
        {
            // The command name may hold spaces and parentheses; the fields that follow it do not.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Entry(Number(id), Number(fields[1]), Number(fields[11]) + Number(fields[12]), long.Parse(fields[21], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Entry(int Id, int Parent, long Ticks, long ResidentPages);
}
