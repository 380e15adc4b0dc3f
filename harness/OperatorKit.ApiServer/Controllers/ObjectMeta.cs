using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>Reading of the metadata that controllers act on.</summary>
internal static class ObjectMeta
{
    extension(JsonObject source)
    {
        public string Name => source.StringAt("metadata", "name") ?? "";

        public string Namespace => source.StringAt("metadata", "namespace") ?? "";

        public string Uid => source.StringAt("metadata", "uid") ?? "";

        public string ResourceVersion => source.StringAt("metadata", "resourceVersion") ?? "";

        public long Generation => source.LongAt("metadata", "generation") ?? 0;

        public bool IsDeleting => source.StringAt("metadata", "deletionTimestamp") is not null;

        public JsonObject Labels => source.ObjectAt("metadata", "labels") ?? JsonObject.Empty;

        public IEnumerable<string> Finalizers =>
            (source.ArrayAt("metadata", "finalizers") ?? JsonArray.Empty).Items.OfType<JsonString>().Select(static item => item.Value);

        public IEnumerable<OwnerReference> OwnerReferences =>
            (source.ArrayAt("metadata", "ownerReferences") ?? JsonArray.Empty).Items.OfType<JsonObject>().Select(OwnerReference.Read);

        public OwnerReference? ControllerReference => source.OwnerReferences.FirstOrDefault(static reference => reference.Controller);

        public bool HasFinalizer(string name) => source.Finalizers.Contains(name);

        public bool IsControlledBy(string uid) => source.ControllerReference?.Uid == uid;

        public JsonObject WithoutFinalizer(string name)
        {
            var left = source.Finalizers.Where(finalizer => finalizer != name).Select(JsonValue.From).ToArray();
            return left.Length == 0
                ? source.WithoutAt("metadata", "finalizers")
                : source.WithAt(["metadata", "finalizers"], JsonArray.Of(left));
        }

        /// <summary>The object with only those owner references that are to be kept, each perhaps changed.</summary>
        public JsonObject WithOwnerReferences(Func<JsonObject, JsonObject?> keep)
        {
            var left = (source.ArrayAt("metadata", "ownerReferences") ?? JsonArray.Empty).Items.OfType<JsonObject>()
                .Select(keep).OfType<JsonValue>().ToArray();
            return left.Length == 0
                ? source.WithoutAt("metadata", "ownerReferences")
                : source.WithAt(["metadata", "ownerReferences"], JsonArray.Of(left));
        }
    }
}
