using OperatorKit.Serialization;

namespace OperatorKit.Models.Tests.Serialization;

public class SmallDictionaryTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 12).Select(static i => $"key-{i}")];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(40)]
    public void Everything_that_was_written_is_found(int count)
    {
        var labels = Read(Enumerable.Range(0, count).Select(static i => ($"key-{i}", $"value-{i}")));

        labels.Count.ShouldBe(count);
        labels.Keys.ShouldBe(Enumerable.Range(0, count).Select(static i => $"key-{i}"));
        labels.Values.ShouldBe(Enumerable.Range(0, count).Select(static i => $"value-{i}"));
        for (var i = 0; i < count; i++)
            labels[$"key-{i}"].ShouldBe($"value-{i}");
        labels.ContainsKey("other").ShouldBeFalse();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public void Of_two_equal_keys_the_later_wins_at_the_place_of_the_first(int others)
    {
        var labels = Read([("twice", "first"), .. Enumerable.Range(0, others).Select(static i => ($"key-{i}", "x")), ("twice", "last")]);

        labels["twice"].ShouldBe("last");
        labels.Count.ShouldBe(others + 1);
        labels.Keys.First().ShouldBe("twice");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_does_what_a_dictionary_does(int seed)
    {
        var random = new Random(seed);
        var expected = new Dictionary<string, string>();
        var labels = Read([]);
        for (var step = 0; step < 2_000; step++)
        {
            var key = Keys[random.Next(Keys.Length)];
            var value = random.Next(3).ToString(System.Globalization.CultureInfo.InvariantCulture);
            switch (random.Next(100))
            {
                case 0:
                    labels.Clear();
                    expected.Clear();
                    break;
                case < 40:
                    labels[key] = value;
                    expected[key] = value;
                    break;
                case < 55:
                    Added(labels, key, value).ShouldBe(expected.TryAdd(key, value));
                    break;
                case < 60:
                    labels.Remove(KeyValuePair.Create(key, value))
                        .ShouldBe(((ICollection<KeyValuePair<string, string>>)expected).Remove(KeyValuePair.Create(key, value)));
                    break;
                default:
                    labels.Remove(key).ShouldBe(expected.Remove(key));
                    break;
            }

            labels.OrderBy(static e => e.Key, StringComparer.Ordinal).ShouldBe(expected.OrderBy(static e => e.Key, StringComparer.Ordinal));
            labels.TryGetValue(key, out var found).ShouldBe(expected.TryGetValue(key, out var wanted));
            found.ShouldBe(wanted);
        }
    }

    [Fact]
    public void A_key_that_is_not_there_and_one_that_is_null_are_errors()
    {
        var labels = Read([("a", "b")]);

        Should.Throw<KeyNotFoundException>(() => labels["b"]).Message.ShouldBe("There is no entry \"b\".");
        Should.Throw<ArgumentNullException>(() => labels[null!]);
        Should.Throw<ArgumentNullException>(() => labels.ContainsKey(null!));
        Should.Throw<ArgumentNullException>(() => labels.Add(null!, ""));
    }

    [Fact]
    public void It_can_be_copied()
    {
        var copy = new KeyValuePair<string, string>[3];
        Read([("a", "1"), ("b", "2")]).CopyTo(copy, 1);

        copy.ShouldBe([default, new("a", "1"), new("b", "2")]);
    }

    private static bool Added(SmallDictionary<string> labels, string key, string value)
    {
        try
        {
            labels.Add(key, value);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static SmallDictionary<string> Read(IEnumerable<(string Key, string Value)> entries)
    {
        var members = string.Join(",", entries.Select(static e => $"\"{e.Key}\":\"{e.Value}\""));
        var map = Json.Read<V1ConfigMap>($$$"""{"data":{{{{members}}}}}""");
        return map.Data.ShouldBeOfType<SmallDictionary<string>>();
    }
}
