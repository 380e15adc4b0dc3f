using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OperatorKit.Models.Tests.Serialization;

/// <summary>What holds for every built-in type, on random objects.</summary>
public class EveryKindTests
{
    private const int Rounds = 3;

    private static readonly Type[] Models = [.. typeof(V1Pod).Assembly.GetExportedTypes()
        .Where(t => t.Namespace == "OperatorKit.Models" && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IJsonModel<>)))
        .OrderBy(t => t.Name, StringComparer.Ordinal)];

    [Fact]
    public void There_are_the_kinds_of_the_release() => Models.Length.ShouldBeGreaterThan(500);

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        foreach (var (type, json) in Objects())
            Rewrite(type, json).ShouldBe(json, type.Name);
    }

    [Fact]
    public void Order_strangers_and_duplicates_change_nothing()
    {
        var random = new Random(2);
        foreach (var (type, json) in Objects())
        {
            var members = JsonNode.Parse(json)!.AsObject().ToList();
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(members));
            var text = new StringBuilder("""{"zzz-unknown":[{"a":null}],""");
            foreach (var (name, value) in members)
                text.Append($"{JsonSerializer.Serialize(name)}:null,{JsonSerializer.Serialize(name)}:{value!.ToJsonString()},");
            text.Length--;
            Rewrite(type, text.Append('}').ToString()).ShouldBe(json, type.Name);
        }
    }

    private static IEnumerable<(Type Type, string Json)> Objects()
    {
        var model = new RandomModel(new Random(1));
        foreach (var type in Models)
        {
            for (var round = 0; round < Rounds; round++)
                yield return (type, JsonSerializer.Serialize(model.Fill(type, depth: 3), type));
        }
    }

    private static string Rewrite(Type type, string json) => JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type), type);
}
