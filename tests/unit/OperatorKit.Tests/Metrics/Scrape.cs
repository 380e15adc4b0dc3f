using System.Globalization;

namespace OperatorKit.Tests.Metrics;

/// <summary>Metrics as Prometheus reads them.</summary>
internal sealed class Scrape
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);

    private Scrape(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.LastIndexOf(' ');
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
                _types[line.Split(' ')[2]] = line.Split(' ')[3];
            else if (line[0] != '#')
                _samples[line[..space]] = double.Parse(line[(space + 1)..], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The value of a sample, by its name with its labels.</summary>
    public double this[string sample] => _samples.TryGetValue(sample, out var value)
        ? value
        : throw new ShouldAssertException($"There is no {sample}. There are:\n{string.Join('\n', _samples.Keys)}");

    /// <summary>The value of a sample; null where there is none yet.</summary>
    public double? Find(string sample) => _samples.TryGetValue(sample, out var value) ? value : null;

    public static async Task<Scrape> OfAsync(OperatorHost host)
    {
        using var http = new HttpClient { BaseAddress = host.HttpAddress };
        return new Scrape(await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken));
    }

    public string TypeOf(string name) => _types.GetValueOrDefault(name, "not there");

    /// <summary>The label names of a metric, the bounds of buckets left out.</summary>
    public string LabelsOf(string name)
    {
        var sample = _samples.Keys.FirstOrDefault(sample => Name(sample) == name || Name(sample) == name + "_count");
        var open = sample?.IndexOf('{', StringComparison.Ordinal) ?? -1;
        return sample is null ? "no sample" : open < 0 ? "" : string.Join(',', sample[(open + 1)..^1].Split(',').Select(static label => label.Split('=')[0]));
    }

    /// <summary>The upper bounds of a histogram's buckets.</summary>
    public string BoundsOf(string name)
    {
        var buckets = _samples.Keys.Where(sample => Name(sample) == name + "_bucket").ToList();
        var first = buckets.FirstOrDefault() is { } one ? one[..one.LastIndexOf("le=", StringComparison.Ordinal)] : "";
        return string.Join(' ', buckets.Where(sample => sample.StartsWith(first, StringComparison.Ordinal)).Select(static sample => sample.Split("le=\"")[1].TrimEnd('}', '"')));
    }

    private static string Name(string sample) => sample.Split('{')[0];
}
