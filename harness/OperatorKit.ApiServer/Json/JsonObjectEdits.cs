namespace OperatorKit.ApiServer.Json;

/// <summary>Small changes to immutable objects, for code that fills in or rewrites parts of them.</summary>
internal static class JsonObjectEdits
{
    extension(JsonObject obj)
    {
        public bool Has(string key) => obj[key] is not (null or JsonNull);

        /// <summary>The object with the member set where it is absent or null.</summary>
        public JsonObject OrDefault(string key, JsonValue value) => obj.Has(key) ? obj : obj.With(key, value);

        /// <summary>As <see cref="OrDefault"/>, where an empty text is as good as absent.</summary>
        public JsonObject OrDefaultText(string key, string value) => obj[key] is JsonString { Value.Length: > 0 } ? obj : obj.With(key, value);

        /// <summary>As <see cref="OrDefault"/>, where zero is as good as absent.</summary>
        public JsonObject OrDefaultNumber(string key, long value) => (obj.LongAt(key) ?? 0) == 0 ? obj.With(key, value) : obj;

        /// <summary>The object with the member of that name changed, where it is there and an object.</summary>
        public JsonObject Change(string key, Func<JsonObject, JsonObject> change) => obj[key] is JsonObject member ? obj.With(key, change(member)) : obj;

        /// <summary>As <see cref="Change"/>, starting from an empty object where there is none.</summary>
        public JsonObject ChangeOrAdd(string key, Func<JsonObject, JsonObject> change) => obj.With(key, change(obj[key] as JsonObject ?? JsonObject.Empty));

        /// <summary>The object with every object in the list of that name changed.</summary>
        public JsonObject ChangeEach(string key, Func<JsonObject, JsonObject> change)
        {
            if (obj[key] is not JsonArray { Count: > 0 } list)
                return obj;
            var items = list.Items;
            var changed = items.ToBuilder();
            for (var i = 0; i < items.Length; i++)
                changed[i] = items[i] is JsonObject item ? change(item) : items[i];
            return obj.With(key, new JsonArray(changed.DrainToImmutable()));
        }

        /// <summary>The objects in the list of that name; none where there is no list.</summary>
        public IEnumerable<JsonObject> Objects(string key) => (obj[key] as JsonArray)?.Items.OfType<JsonObject>() ?? [];

        /// <summary>The texts in the list of that name; none where there is no list.</summary>
        public IEnumerable<string> Strings(string key) => (obj[key] as JsonArray)?.Items.OfType<JsonString>().Select(static item => item.Value) ?? [];
    }
}
