using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>Writing of the counters of a status: those that Kubernetes leaves out are left out when they are zero.</summary>
internal static class StatusFields
{
    extension(JsonObject status)
    {
        public JsonObject WithCount(string field, long value) => status.With(field, value);

        public JsonObject WithCountUnlessZero(string field, long value) => value == 0 ? status.Without(field) : status.With(field, value);
    }
}
