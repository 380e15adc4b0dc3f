using System.Buffers;
using System.Text.Json;
using OperatorKit.Caching;
using OperatorKit.Tests.Samples;
using static OperatorKit.Tests.Caching.Objects;

namespace OperatorKit.Tests.Caching;

public sealed class CacheSizeTests
{
    private readonly ObjectCache<SimpleApp> _cache = new(indexOwners: true);

    [Fact]
    public void Few_objects_are_measured_exactly()
    {
        CacheSize.EstimateJson(_cache).ShouldBe(0);
        var bytes = Fill(20);

        CacheSize.EstimateJson(_cache).ShouldBe(bytes, 0.001);
    }

    [Fact]
    public void Of_many_a_sample_from_all_over_the_cache_stands_for_all()
    {
        var bytes = Fill(1_000);

        CacheSize.EstimateJson(_cache).ShouldBe(bytes, bytes * 0.05);
        _cache.Sample(32).Objects.Length.ShouldBeInRange(16, 32);
    }

    // Later objects are larger, so that the first ones do not stand for all.
    private int Fill(int count)
    {
        var bytes = 0;
        for (var i = 0; i < count; i++)
        {
            var app = App($"app-{i}", i + 1, uid: new string('u', 1 + i));
            var json = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(json))
                SimpleApp.WriteJson(writer, app);
            bytes += json.WrittenCount;
            _cache.Set(app);
        }

        return bytes;
    }
}
