namespace OperatorKit.Models.Tests.Serialization;

public class ReadingTests
{
    [Fact]
    public void Order_duplicates_and_strangers_do_not_matter()
    {
        var set = Json.Read<V1ReplicaSet>("""
            {"unknown":{"a":[1,{"b":null}]},"status":{"replicas":1,"replicas":2},"spec":{"replicas":3,"later":true},"metadata":{"name":"a"},"kind":"ReplicaSet","apiVersion":"apps/v1"}
            """);

        set.Metadata.Name.ShouldBe("a");
        set.Spec!.Replicas.ShouldBe(3);
        set.Status!.Replicas.ShouldBe(2);
    }

    [Fact]
    public void Null_is_the_same_as_absent()
    {
        var pod = Json.Read<V1Pod>("""{"apiVersion":null,"metadata":null,"spec":{"containers":null,"nodeName":null,"priority":null},"status":null}""");

        pod.ApiVersion.ShouldBe("v1");
        pod.Metadata.ShouldNotBeNull();
        pod.Spec!.Containers.ShouldBeNull();
        pod.Spec.Priority.ShouldBeNull();
        pod.Status.ShouldBeNull();
    }

    [Fact]
    public void Nulls_inside_lists_and_maps_are_left_out()
    {
        var map = Json.Read<V1ConfigMap>("""{"data":{"a":null,"b":"c"},"metadata":{"finalizers":[null,"f"]}}""");

        map.Data.ShouldBe(new Dictionary<string, string> { ["b"] = "c" });
        map.Metadata.Finalizers.ShouldBe(["f"]);
    }

    [Fact]
    public void Managed_fields_are_not_kept()
    {
        var pod = Json.Read<V1Pod>("""{"metadata":{"managedFields":[{"manager":"kubectl","fieldsV1":{"f:spec":{}}}],"name":"a"}}""");

        pod.Metadata.Name.ShouldBe("a");
        Json.Write(pod).ShouldNotContain("managedFields");
    }

    [Fact]
    public void Names_and_values_with_escapes_are_understood()
    {
        var map = Json.Read<V1ConfigMap>("""{"met\u0061data":{"\u006eame":"\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t"},"data":{"k\u0065y":"v"}}""");

        map.Metadata.Name.ShouldBe("é😀\"\\/\b\f\n\r\t");
        map.Data!["key"].ShouldBe("v");
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("3.0", 3)]
    [InlineData("3e1", 30)]
    [InlineData("-2147483648", int.MinValue)]
    [InlineData("2147483647", int.MaxValue)]
    public void Whole_numbers_are_read_in_any_notation(string json, int expected) =>
        Json.Read<V1ReplicaSetSpec>($$"""{"replicas":{{json}}}""").Replicas.ShouldBe(expected);

    [Theory]
    [InlineData("""{"spec":{"replicas":"3"}}""", "$.spec.replicas: expected a number, found a string")]
    [InlineData("""{"spec":{"replicas":2147483648}}""", "$.spec.replicas: the number is not between -2147483648 and 2147483647")]
    [InlineData("""{"spec":{"replicas":1.5}}""", "$.spec.replicas: expected a whole number, found 1.5")]
    [InlineData("""{"spec":[]}""", "$.spec: expected an object, found a list")]
    [InlineData("""{"metadata":{"labels":{"a/b.c":1}}}""", "$.metadata.labels['a/b.c']: expected a string, found a number")]
    [InlineData("""{"metadata":{"creationTimestamp":"yesterday"}}""", "$.metadata.creationTimestamp: \"yesterday\" is not a time: write it as 2026-01-31T23:59:59Z")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"a"},{"ports":[{"containerPort":true}]}]}}}}""", "$.spec.template.spec.containers[1].ports[0].containerPort: expected a number, found a boolean")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":"much"}}}]}}}}""", "$.spec.template.spec.containers[0].resources.limits.cpu: expected a quantity: a number with a suffix, as in 500m, 2 or 1.5Gi")]
    [InlineData("[]", "$: expected an object, found a list")]
    public void Errors_tell_the_path_and_what_was_expected(string json, string message) =>
        Json.Error<V1ReplicaSet>(json).ShouldBe(message);

    [Theory]
    [InlineData("""{"spec":{"replicas":3""")]
    [InlineData("""{"spec":""")]
    [InlineData("""{"metadata":{"finalizers":["a" """)]
    [InlineData("""{"spec":{"replicas":}}""")]
    [InlineData("")]
    [InlineData("{")]
    public void Broken_text_is_an_error_with_a_path(string json) => Json.Error<V1ReplicaSet>(json).ShouldStartWith("$");
}
