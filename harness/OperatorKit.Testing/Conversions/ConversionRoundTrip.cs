using System.Globalization;
using System.Text.Json.Nodes;
using OperatorKit.Testing.Conversions;

namespace OperatorKit.Testing;

/// <summary>Tries whether objects survive the way from one version of their kind to another and back.</summary>
public static class ConversionRoundTrip
{
    /// <summary>
    /// Makes random objects by the schema of each version, converts each to the other versions and back, and fails where one is not
    /// what it was: <c>ConversionRoundTrip.Check(CronTabConversion.Kind)</c>.
    /// </summary>
    /// <param name="conversion">The conversion: the <c>Kind</c> of a generated <c>{Record}Conversion</c>.</param>
    /// <param name="objects">How many objects of each version. Default: 200.</param>
    /// <param name="seed">Where the random numbers begin. Default: 1.</param>
    /// <param name="except">Members that may get lost on the way, as in <c>spec.suspend</c>. Default: none.</param>
    /// <exception cref="ConversionLossException">A member was lost or changed; the message names it and shows the object.</exception>
    public static void Check(KindConversion conversion, int objects = 200, int seed = 1, params string[] except)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(objects);
        var random = new Random(seed);
        foreach (var from in conversion.Versions)
        {
            var samples = RandomResource.Of(conversion.DefinitionJson, from, random);
            foreach (var to in conversion.Versions.Where(version => version != from))
            {
                for (var i = 0; i < objects; i++)
                    Check(conversion, samples.Next(), from, to, except);
            }
        }
    }

    private static void Check(KindConversion conversion, JsonObject sample, ResourceDefinition from, ResourceDefinition to, string[] except)
    {
        var way = $"{from.Kind} {from.Version} to {to.Version}";
        JsonObject there;
        JsonObject back;
        try
        {
            there = conversion.Convert(sample, to.ApiVersion);
            back = conversion.Convert(there, from.ApiVersion);
        }
        catch (Exception exception)
        {
            throw new ConversionLossException($"{way} and back fails: {exception.Message}\n{sample.ToJsonString()}", exception);
        }

        var (before, after) = (conversion.Known(sample), conversion.Known(back));
        foreach (var lost in Differences("", before, after).Where(difference => !except.Any(path => IsBelow(difference.Path, path))))
        {
            throw new ConversionLossException(string.Create(
                CultureInfo.InvariantCulture,
                $"{way} and back changes {lost.Path}: it was {Show(lost.Before)} and is {Show(lost.After)}.\nbefore:  {before.ToJsonString()}\nbetween: {there.ToJsonString()}\nafter:   {after.ToJsonString()}"));
        }
    }

    private static bool IsBelow(string path, string parent) =>
        path.StartsWith(parent, StringComparison.Ordinal) && (path.Length == parent.Length || path[parent.Length] is '.' or '[');

    private static IEnumerable<(string Path, JsonNode? Before, JsonNode? After)> Differences(string path, JsonNode? before, JsonNode? after)
    {
        if (JsonNode.DeepEquals(before, after))
            yield break;
        if (before is JsonObject old && after is JsonObject now)
        {
            foreach (var name in old.Select(static m => m.Key).Union(now.Select(static m => m.Key)))
            {
                foreach (var difference in Differences(path.Length == 0 ? name : $"{path}.{name}", old[name], now[name]))
                    yield return difference;
            }
        }
        else if (before is JsonArray oldItems && after is JsonArray newItems && oldItems.Count == newItems.Count)
        {
            for (var i = 0; i < oldItems.Count; i++)
            {
                foreach (var difference in Differences(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), oldItems[i], newItems[i]))
                    yield return difference;
            }
        }
        else
        {
            yield return (path, before, after);
        }
    }

    private static string Show(JsonNode? value) => value?.ToJsonString() ?? "not there";
}
