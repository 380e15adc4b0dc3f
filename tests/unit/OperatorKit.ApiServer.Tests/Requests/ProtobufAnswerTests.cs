using System.Buffers.Binary;
using System.Net;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Protobuf;

namespace OperatorKit.ApiServer.Tests.Requests;

public sealed class ProtobufAnswerTests
{
    private const string Protobuf = "application/vnd.kubernetes.protobuf";
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Lamps = "/apis/e.com/v1/namespaces/default/lamps";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_is_answered_as_the_message_that_its_json_means()
    {
        await using var cluster = await Cluster.StartAsync();
        var made = await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a','labels':{'l':'1'}},'data':{'k':'v'}}");

        var (code, mediaType, body) = await GetAsync(cluster, $"{ConfigMaps}/a", Protobuf);

        (code, mediaType).ShouldBe((HttpStatusCode.OK, Protobuf));
        var read = ObjectReader.Read(body);
        read["data"].ShouldBe(made["data"]);
        read.StringAt("metadata", "uid").ShouldBe(made.StringAt("metadata", "uid"));
        read.ObjectAt("metadata")!.Objects("managedFields").Single()["fieldsV1"].ShouldBe(made.ObjectAt("metadata")!.Objects("managedFields").Single()["fieldsV1"]);
    }

    [Fact]
    public async Task A_list_is_a_message_of_its_metadata_and_its_items()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a'}}");
        await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'b'}}");

        var (_, _, body) = await GetAsync(cluster, $"{ConfigMaps}?limit=1", Protobuf);

        var list = Fields(Message(body));
        Fields(list.Single(static field => field.Number == 1).Content).Select(static field => field.Number).ShouldBe([1, 2, 3, 4]);
        list.Count(static field => field.Number == 2).ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_comes_in_the_form_that_was_asked_for()
    {
        await using var cluster = await Cluster.StartAsync();

        var (code, mediaType, body) = await GetAsync(cluster, $"{ConfigMaps}/nosuch", Protobuf);

        (code, mediaType).ShouldBe((HttpStatusCode.NotFound, Protobuf));
        var status = ObjectReader.Read(body);
        (status.StringAt("kind"), status.StringAt("reason"), status.LongAt("code")).ShouldBe(("Status", "NotFound", 404));
    }

    [Fact]
    public async Task The_events_of_a_watch_are_messages_each_after_its_length()
    {
        await using var cluster = await Cluster.StartAsync();
        var revision = (await cluster.GetAsync(ConfigMaps)).StringAt("metadata", "resourceVersion");
        await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a'},'data':{'k':'v'}}");
        await cluster.SendAsync("DELETE", $"{ConfigMaps}/a");
        using var client = new HttpClient(cluster.Server.CreateHandler()) { BaseAddress = cluster.Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{ConfigMaps}?watch=true&resourceVersion={revision}");
        request.Headers.Add("Accept", Protobuf);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var stream = await response.Content.ReadAsStreamAsync(Cancelled);

        response.Content.Headers.ContentType!.ToString().ShouldBe($"{Protobuf}; stream=watch");
        foreach (var type in (string[])["ADDED", "DELETED"])
        {
            var told = Fields(await FrameAsync(stream));
            System.Text.Encoding.UTF8.GetString(told[0].Content).ShouldBe(type);
            ObjectReader.Read(Fields(told[1].Content).Single().Content).StringAt("data", "k").ShouldBe("v");
        }
    }

    [Theory]
    [InlineData(Lamps + "/l", Protobuf, HttpStatusCode.NotAcceptable, Protobuf)]
    [InlineData(Lamps + "/l", Protobuf + ",application/json", HttpStatusCode.OK, "application/json")]
    [InlineData(Lamps + "/l", Protobuf + ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1", HttpStatusCode.OK, Protobuf)]
    [InlineData(Lamps, Protobuf + ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1", HttpStatusCode.OK, Protobuf)]
    [InlineData(ConfigMaps, Protobuf + ";as=Table;g=meta.k8s.io;v=v1", HttpStatusCode.NotAcceptable, "application/json")]
    [InlineData(ConfigMaps, Protobuf + ";as=Table;g=meta.k8s.io;v=v1,application/json", HttpStatusCode.OK, "application/json")]
    [InlineData("/api/v1", Protobuf + ",application/json", HttpStatusCode.OK, "application/json")]
    public async Task What_has_no_message_is_answered_in_the_next_form_that_is_accepted(string path, string accept, HttpStatusCode code, string mediaType)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Definitions, "{'metadata':{'name':'lamps.e.com'},'spec':{'group':'e.com','scope':'Namespaced','names':{'plural':'lamps','kind':'Lamp'},'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object'}}}]}}");
        await cluster.SettleAsync();
        await cluster.PostAsync(Lamps, "{'apiVersion':'e.com/v1','kind':'Lamp','metadata':{'name':'l'}}");

        var answer = await GetAsync(cluster, path, accept);

        (answer.Code, answer.MediaType).ShouldBe((code, mediaType));
    }

    private static async Task<(HttpStatusCode Code, string? MediaType, byte[] Body)> GetAsync(Cluster cluster, string path, string accept)
    {
        using var client = new HttpClient(cluster.Server.CreateHandler()) { BaseAddress = cluster.Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", accept);
        using var response = await client.SendAsync(request, Cancelled);
        return (response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsByteArrayAsync(Cancelled));
    }

    private static async Task<byte[]> FrameAsync(Stream stream)
    {
        var length = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(length, Cancelled);
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await stream.ReadExactlyAsync(frame, Cancelled);
        return frame;
    }

    /// <summary>The message inside the envelope of an object.</summary>
    private static byte[] Message(byte[] body) => Fields(body[ObjectReader.Prefix.Length..]).Single(static field => field.Number == 2).Content;

    private static List<(int Number, byte[] Content)> Fields(byte[] message)
    {
        var fields = new List<(int, byte[])>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Type == WireType.Bytes)
            {
                fields.Add((reader.Field, reader.Bytes().ToArray()));
            }
            else
            {
                fields.Add((reader.Field, []));
                reader.Skip();
            }
        }

        return fields;
    }
}
