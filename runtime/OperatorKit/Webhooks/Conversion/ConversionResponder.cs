using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OperatorKit.Webhooks.Admission;

namespace OperatorKit.Webhooks.Conversion;

/// <summary>Answers ConversionReviews: all objects of one are converted, or none.</summary>
internal sealed partial class ConversionResponder(IReadOnlyList<KindConversion> conversions, ILogger logger)
{
    private const string ApiVersion = "apiextensions.k8s.io/v1";

    /// <exception cref="JsonException">It is no review.</exception>
    public JsonObject Answer(JsonNode? review)
    {
        if (review is not JsonObject members || AdmissionReview.Text(members, "kind") != "ConversionReview" || AdmissionReview.Text(members, "apiVersion") != ApiVersion)
            throw new JsonException($"The body is no ConversionReview of {ApiVersion}.");
        if (members["request"] is not JsonObject request)
            throw new JsonException("The ConversionReview has no request.");
        var response = new JsonObject { ["uid"] = AdmissionReview.Text(request, "uid") };
        try
        {
            response["convertedObjects"] = Convert(request);
            response["result"] = new JsonObject { ["status"] = "Success" };
        }
#pragma warning disable CA1031 // A conversion is the user's code: whatever it throws becomes an answer, and other conversions go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(exception, AdmissionReview.Text(request, "desiredAPIVersion"));
            response["result"] = new JsonObject { ["status"] = "Failure", ["message"] = exception.Message };
        }

        return new JsonObject { ["apiVersion"] = ApiVersion, ["kind"] = "ConversionReview", ["response"] = response };
    }

    private JsonArray Convert(JsonObject request)
    {
        var wanted = AdmissionReview.Text(request, "desiredAPIVersion");
        var converted = new JsonArray();
        foreach (var item in request["objects"] as JsonArray ?? throw new JsonException("The ConversionReview has no objects."))
        {
            var resource = item as JsonObject ?? throw new JsonException("The ConversionReview has an object that is none.");
            converted.Add((JsonNode)Convert(resource, wanted));
        }

        return converted;
    }

    private JsonObject Convert(JsonObject resource, string wanted)
    {
        var (kind, group) = (AdmissionReview.Text(resource, "kind"), wanted.Split('/')[0]);
        var conversion = conversions.FirstOrDefault(c => c.Stored.Kind == kind && c.Stored.Group == group)
            ?? throw new JsonException($"This operator does not convert {kind} of group {group}: add its conversion, as in operators.Add{kind}Conversion().");
        try
        {
            return conversion.Convert(resource, wanted);
        }
        catch (Exception exception)
        {
            var metadata = resource["metadata"] as JsonObject ?? [];
            throw new InvalidOperationException(
                $"{kind} {AdmissionReview.Text(metadata, "namespace")}/{AdmissionReview.Text(metadata, "name")}: {exception.Message}", exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Objects could not be converted to {Version}")]
    private partial void LogFailed(Exception exception, string version);
}
