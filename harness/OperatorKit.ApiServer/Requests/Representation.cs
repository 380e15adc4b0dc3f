using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Requests;

/// <summary>How an answer is to be written.</summary>
internal sealed record Representation(BodyFormat Format, ObjectForm Form, bool Pretty)
{
    private const string Protobuf = "application/vnd.kubernetes.protobuf";
    private const string MetaGroup = "meta.k8s.io";
    private const string Available = "application/json, application/yaml, application/vnd.kubernetes.protobuf";
    private const string Streams = "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";

    public static Representation Plain { get; } = new(BodyFormat.Json, ObjectForm.Whole, Pretty: false);

    /// <summary>The version of the Table kind that is asked for.</summary>
    public string TableVersion { get; init; } = "v1";

    public string ContentType => Format switch
    {
        BodyFormat.Yaml => "application/yaml",
        BodyFormat.Protobuf => Protobuf,
        _ => "application/json",
    };

    public string StreamContentType => Format == BodyFormat.Protobuf ? $"{Protobuf};stream=watch" : ContentType;

    /// <summary>Chooses the first clause of the Accept header that can be served.</summary>
    /// <param name="custom">Whether a custom resource is asked for: its refusal is worded differently.</param>
    /// <param name="isList">Whether the endpoint can also stream, which its refusal mentions.</param>
    /// <param name="streaming">Whether events are asked for.</param>
    /// <param name="documents">Whether discovery is asked for, which is not written as protobuf.</param>
    /// <exception cref="StatusException">406: nothing that is accepted can be served.</exception>
    public static Representation Negotiate(string? accept, bool pretty, bool custom, bool isList, bool streaming = false, bool documents = false)
    {
        var clauses = AcceptClause.Parse(accept).ToArray();
        if (clauses.Length == 0)
            return Plain with { Pretty = pretty };
        foreach (var clause in clauses)
        {
            BodyFormat? format = clause.MediaType switch
            {
                "application/json" or "*/*" => BodyFormat.Json,
                "application/*" when custom => BodyFormat.Json,
                "application/yaml" => BodyFormat.Yaml,
                Protobuf when !documents && IsMessage(clause, custom) => BodyFormat.Protobuf,
                _ => null,
            };
            if (format is not { } chosen || FormOf(clause) is not { } form)
                continue;
            if (streaming && chosen == BodyFormat.Yaml)
                throw NotAcceptable(Streams);
            return new Representation(chosen, form, pretty) { TableVersion = clause.Version ?? "v1" };
        }

        throw Refusal(clauses, custom, isList);
    }

    /// <summary>The best form for an error: what the client asked for as far as it goes, else JSON. A transformation does not go.</summary>
    public static Representation ForErrors(HttpRequest request) => Plain with
    {
        Format = AcceptClause.Parse(request.Headers.Accept).FirstOrDefault(static clause => clause is { As: null, MediaType: "application/json" or "application/yaml" or Protobuf or "*/*" })?.MediaType switch
        {
            "application/yaml" => BodyFormat.Yaml,
            Protobuf => BodyFormat.Protobuf,
            _ => BodyFormat.Json,
        },
        Pretty = ResourceEndpoint.IsPretty(request),
    };

    // Custom resources have no messages, and neither have tables; the metadata of all of them has.
    private static bool IsMessage(AcceptClause clause, bool custom) => FormOf(clause) switch
    {
        ObjectForm.Whole => !custom,
        ObjectForm.Table => false,
        _ => true,
    };

    private static ObjectForm? FormOf(AcceptClause clause) => (clause.As, clause.Group, clause.Version) switch
    {
        (null, _, _) => ObjectForm.Whole,
        ("Table", MetaGroup, "v1" or "v1beta1") => ObjectForm.Table,
        ("PartialObjectMetadata", MetaGroup, "v1") => ObjectForm.Metadata,
        ("PartialObjectMetadataList", MetaGroup, "v1") => ObjectForm.MetadataList,
        _ => null,
    };

    private static StatusException Refusal(AcceptClause[] clauses, bool custom, bool isList)
    {
        var known = clauses.Any(static clause => clause.MediaType is "application/json" or "application/yaml" or "application/vnd.kubernetes.protobuf");
        if (custom || known)
            return NotAcceptable(Available);
        return new StatusException(406, "NotAcceptable", $"406: Not Acceptable\n\nAvailable representations: {Available}{(isList ? ", " + Streams : "")}", JsonObject.Empty);
    }

    private static StatusException NotAcceptable(string accepted) => new(406, "NotAcceptable", $"only the following media types are accepted: {accepted}");
}

internal enum BodyFormat
{
    Json,
    Yaml,
    Protobuf,
}

internal enum ObjectForm
{
    /// <summary>The object as it is.</summary>
    Whole,

    /// <summary>PartialObjectMetadata.</summary>
    Metadata,

    /// <summary>PartialObjectMetadataList.</summary>
    MetadataList,

    Table,
}
