using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Operations;

internal sealed partial class ApiOperations
{
    /// <summary>The object with what its create or update does to the ownership of fields. What cannot be told ends the tracking.</summary>
    private async ValueTask<JsonObject> TrackAsync(ResourceTarget target, JsonObject? live, JsonObject obj, RequestContext request, CancellationToken cancellationToken)
    {
        try
        {
            return await MergeAsync(target.Type, convert => FieldOwnership.Track(target, live, obj, request, clock, convert), cancellationToken).ConfigureAwait(false);
        }
        catch (ConversionFailedException)
        {
            return ManagedFields.Without(obj);
        }
    }

    /// <summary>
    /// Carries out a merge that looks at objects in several versions. A merge does not wait: where a webhook converts, one that
    /// needs a conversion is broken off and begun again when it is there.
    /// </summary>
    private async ValueTask<JsonObject> MergeAsync(ResourceType type, Func<Func<JsonObject, ResourceVersion, JsonObject>, JsonObject> merge, CancellationToken cancellationToken)
    {
        if (Conversion is null || !ConversionWebhook.AppliesTo(type))
            return merge((obj, version) => obj.With("apiVersion", type.ApiVersion(version)));
        var converted = new Dictionary<(JsonObject Object, ResourceVersion Version), JsonObject>();
        while (true)
        {
            try
            {
                return merge((obj, version) => converted.TryGetValue((obj, version), out var known) ? known : throw new ConversionNeededException(obj, version));
            }
            catch (ConversionNeededException needed)
            {
                converted[(needed.Object, needed.Version)] = await ThroughStorageAsync(type, needed.Object, needed.Version, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The object in another version, by way of the one that is stored: a webhook may know no other way.</summary>
    private async ValueTask<JsonObject> ThroughStorageAsync(ResourceType type, JsonObject obj, ResourceVersion version, CancellationToken cancellationToken)
    {
        foreach (var step in (string[])[type.ApiVersion(type.StorageVersion), type.ApiVersion(version)])
        {
            try
            {
                if (obj.StringAt("apiVersion") != step)
                    obj = (await Conversion!.ConvertAsync(type, step, [obj], cancellationToken).ConfigureAwait(false))[0];
            }
            catch (StatusException failure)
            {
                throw new ConversionFailedException(failure);
            }
        }

        return obj;
    }

    /// <summary>A merge needs an object in another version.</summary>
    private sealed class ConversionNeededException(JsonObject obj, ResourceVersion version) : Exception
    {
        public JsonObject Object { get; } = obj;

        public ResourceVersion Version { get; } = version;
    }

    /// <summary>The webhook did not convert an object for a merge.</summary>
    private sealed class ConversionFailedException(StatusException failure) : Exception(failure.Message, failure)
    {
        public StatusException Failure { get; } = failure;
    }
}
