using System.Text;
using System.Text.Json;
using OperatorKit.Caching;

namespace OperatorKit.Benchmarks;

/// <summary>What one cached object costs, beside the size of its JSON.</summary>
internal static class CacheMemory
{
    private const int NoteLength = 1500;

    public static void Print()
    {
        Console.WriteLine($"{"objects",9} {"JSON bytes",11} {"bytes cached",13} {"ratio",6}");
        foreach (var count in new[] { 1_000, 10_000, 100_000 })
            Console.WriteLine(Measure(count));
    }

    private static string Measure(int count)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cache = new ObjectCache<Note>(indexOwners: true);
        var bytes = 0;
        for (var i = 0; i < count; i++)
        {
            var json = Json(i);
            bytes = json.Length;
            var reader = new Utf8JsonReader(json);
            reader.Read();
            cache.Set(Note.ReadJson(ref reader));
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;
        GC.KeepAlive(cache);
        return FormattableString.Invariant($"{count,9} {bytes,11} {each,13:0} {each / bytes,6:0.00}");
    }

    public static byte[] Json(int i) => Encoding.UTF8.GetBytes(
        $$$$$$"""{"apiVersion":"bench.operatorkit.dev/v1","kind":"Note","metadata":{"name":"note-{{{{{{i}}}}}}","namespace":"default","uid":"{{{{{{Guid.NewGuid()}}}}}}","resourceVersion":"{{{{{{i + 1000}}}}}}","generation":1,"creationTimestamp":"2026-01-01T00:00:00Z","labels":{"app":"bench"},"managedFields":[{"manager":"kubectl","operation":"Apply","apiVersion":"bench.operatorkit.dev/v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:text":{}}}}]},"spec":{"text":"{{{{{{new string((char)('a' + (i % 26)), NoteLength)}}}}}}"},"status":{"observedGeneration":1,"conditions":[{"type":"Ready","status":"True","reason":"Reconciled","message":"The spec has been acted on.","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}""");
}

/// <summary>A custom resource of about 2 KB.</summary>
[KubernetesResource("bench.operatorkit.dev", "v1")]
public sealed partial record Note : CustomResource<NoteSpec, NoteStatus>;

/// <summary>Some text.</summary>
public sealed record NoteSpec
{
    /// <summary>The text.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Nothing of its own.</summary>
public sealed record NoteStatus : ResourceStatus;
