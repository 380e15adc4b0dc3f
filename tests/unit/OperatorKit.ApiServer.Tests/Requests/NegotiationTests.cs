using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Requests;

namespace OperatorKit.ApiServer.Tests.Requests;

public sealed class NegotiationTests
{
    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/yaml", "application/yaml")]
    [InlineData("application/yaml;q=0.5,application/json", "application/json")]
    [InlineData("application/vnd.kubernetes.protobuf,application/json", "application/vnd.kubernetes.protobuf")]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", "application/json")]
    public void The_first_form_that_can_be_served_is_chosen(string? accept, string expected) =>
        Representation.Negotiate(accept, pretty: false, custom: false, isList: false).ContentType.ShouldBe(expected);

    [Theory]
    [InlineData("application/json;as=Table;g=meta.k8s.io;v=v1,application/json", "Table")]
    [InlineData("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", "Metadata")]
    [InlineData("application/json;as=Foo;g=meta.k8s.io;v=v1,application/json", "Whole")]
    public void A_transformation_is_part_of_the_choice(string accept, string expected) =>
        Representation.Negotiate(accept, pretty: false, custom: false, isList: false).Form.ToString().ShouldBe(expected);

    [Theory]
    [InlineData("application/vnd.kubernetes.protobuf")]
    [InlineData("text/plain")]
    [InlineData("application/json;as=Foo;g=meta.k8s.io;v=v1")]
    public void Nothing_acceptable_is_a_406(string accept) =>
        Should.Throw<StatusException>(() => Representation.Negotiate(accept, pretty: false, custom: true, isList: false)).Code.ShouldBe(406);

    [Fact]
    public void Any_application_type_is_one_of_a_custom_resource_alone()
    {
        Representation.Negotiate("application/*", pretty: false, custom: true, isList: false).ContentType.ShouldBe("application/json");

        Should.Throw<StatusException>(() => Representation.Negotiate("application/*", pretty: false, custom: false, isList: false)).Code.ShouldBe(406);
    }

    [Fact]
    public void Events_are_no_yaml() =>
        Should.Throw<StatusException>(() => Representation.Negotiate("application/yaml", pretty: false, custom: false, isList: true, streaming: true))
            .Message.ShouldBe("only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
}
