using System.Text.Json;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.Benchmarks;

/// <summary>A pod from JSON: ours, beside the general-purpose DOM of System.Text.Json.</summary>
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private byte[] _json = [];

    [Params(1300, 10_000)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void MakePod() => _json = PodJson.OfSize(Bytes);

    [Benchmark(Baseline = true)]
    public JsonNode? Dom() => JsonNode.Parse(_json);

    [Benchmark]
    public V1Pod Typed()
    {
        var reader = new Utf8JsonReader(_json);
        reader.Read();
        return V1Pod.ReadJson(ref reader);
    }

    /// <summary>A pod of which little is kept.</summary>
    [Benchmark]
    public PartialObjectMetadata Metadata()
    {
        var reader = new Utf8JsonReader(_json);
        reader.Read();
        return PartialObjectMetadata.ReadJson(ref reader);
    }
}
