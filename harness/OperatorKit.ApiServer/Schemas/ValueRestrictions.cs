using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>The checks of one value, in the order and with the words of kube-openapi's validators.</summary>
internal sealed class ValueRestrictions(List<FieldError> errors, string field)
{
    /// <summary>Errors of a check that concerns no single field carry this in its place.</summary>
    private const string NoField = "<nil>";

    public void Type(JsonValue value, StructuralSchema schema, FieldPath? path)
    {
        if (schema.IntOrString)
        {
            if (value is not JsonString && !IsInteger(value))
                WrongType(TypeName(value), "integer,string", path);
        }
        else if (schema.Type != SchemaType.Any && !Fits(value, schema.Type))
        {
            WrongType(value, schema.Type, schema.Format, path);
        }
    }

    public void Scalars(JsonValue value, SchemaType type, string? format, ValueValidation rules, FieldPath? path)
    {
        switch (value)
        {
            case JsonString text:
                Text(text.Value, type, format, rules, path);
                break;
            case JsonNumber number:
                Number(number, type, format, rules, path);
                break;
        }

        if (rules.Enum is { IsEmpty: false } allowed && !allowed.Contains(value))
            errors.Add(FieldError.NotSupported(At(path), value, allowed.Select(static item => item is JsonString text ? text.Value : JsonText.ToCompactString(item))));
    }

    public void Members(JsonObject obj, ValueValidation rules, FieldPath? path)
    {
        if (rules.MinProperties is { } min && obj.Count < min)
            errors.Add(FieldError.Invalid(At(path), obj.Count, Invariant($"{path} in body should have at least {min} properties")));
        if (rules.MaxProperties is { } max && obj.Count > max)
            errors.Add(FieldError.TooMany(At(path), obj.Count, max));
        foreach (var required in rules.Required)
        {
            if (!obj.ContainsKey(required))
                errors.Add(FieldError.Required(At(path.Then(required))));
        }
    }

    public void Junctors(JsonValue value, ValueValidation rules, FieldPath? path)
    {
        if (rules.AnyOf is { IsEmpty: false } any)
        {
            var failures = any.Select(schema => Failures(value, schema, path)).ToArray();
            if (failures.All(static failure => failure.Count > 0))
            {
                Whole($"\"{path}\" must validate at least one schema (anyOf)");
                errors.AddRange(failures[0]);
            }
        }

        if (rules.OneOf is { IsEmpty: false } one)
        {
            var failures = one.Select(schema => Failures(value, schema, path)).ToArray();
            var valid = failures.Count(static failure => failure.Count == 0);
            if (valid != 1)
            {
                Whole(Invariant($"\"{path}\" must validate one and only one schema (oneOf). {(valid == 0 ? "Found none valid" : $"Found {valid} valid alternatives")}"));
                if (valid == 0)
                    errors.AddRange(failures[0]);
            }
        }

        if (rules.AllOf is { IsEmpty: false } all)
        {
            var failures = all.SelectMany(schema => Failures(value, schema, path)).ToList();
            errors.AddRange(failures);
            if (failures.Count > 0)
                Whole($"\"{path}\" must validate all the schemas (allOf)");
        }

        if (rules.Not is { } not && Failures(value, not, path).Count == 0)
            Whole($"\"{path}\" must not validate the schema (not)");
    }

    private List<FieldError> Failures(JsonValue value, NestedValidation schema, FieldPath? path)
    {
        var found = new List<FieldError>();
        new ValueRestrictions(found, field).Nested(value, schema, path);
        return found;
    }

    private void Nested(JsonValue value, NestedValidation schema, FieldPath? path)
    {
        if (schema.Type != SchemaType.Any && !Fits(value, schema.Type))
            WrongType(value, schema.Type, schema.Format, path);
        Junctors(value, schema.Validation, path);
        Scalars(value, schema.Type, schema.Format, schema.Validation, path);
        if (value is JsonObject obj)
        {
            Members(obj, schema.Validation, path);
            foreach (var (name, member) in schema.Properties)
            {
                if (obj[name] is { } given)
                    Nested(given, member, path.Then(name));
            }

            if (schema.AdditionalProperties is { } values)
            {
                foreach (var (key, given) in obj)
                    Nested(given, values, path.Then(key));
            }
        }
        else if (value is JsonArray array)
        {
            for (var i = 0; schema.Items is { } items && i < array.Count; i++)
                Nested(array[i], items, path.Then(i));
            Items(array, schema.Validation, path);
        }
    }

    private void Text(string text, SchemaType type, string? format, ValueValidation rules, FieldPath? path)
    {
        var length = text.EnumerateRunes().Count();
        if (rules.MaxLength is { } max && length > max)
            errors.Add(FieldError.TooLong(At(path), max));
        else if (rules.MinLength is { } min && length < min)
            errors.Add(FieldError.Invalid(At(path), text, Invariant($"{path} in body should be at least {min} chars long")));
        else if (rules.Pattern is { } pattern && !Patterns.Of(pattern).IsMatch(text))
            errors.Add(FieldError.Invalid(At(path), text, $"{path} in body should match '{pattern}'"));
        if (format is not null && type is SchemaType.String or SchemaType.Any && !StringFormats.IsValid(format, text))
            errors.Add(FieldError.TypeInvalid(At(path), text, $"{path} in body must be of type {format}: {JsonText.ToCompactString(text)}"));
    }

    private void Number(JsonNumber number, SchemaType type, string? format, ValueValidation rules, FieldPath? path)
    {
        if (type == SchemaType.Integer)
            IntegerRange(number, format, path);
        var value = number.AsDouble();
        if (rules.MultipleOf is { } factor && !IsMultiple(value, factor))
            errors.Add(FieldError.Invalid(At(path), number, Invariant($"{path} in body should be a multiple of {factor}")));
        if (rules.Minimum is { } min && (rules.ExclusiveMinimum ? value <= min : value < min))
            errors.Add(FieldError.Invalid(At(path), number, Invariant($"{path} in body should be greater than {(rules.ExclusiveMinimum ? "" : "or equal to ")}{min}")));
        if (rules.Maximum is { } max && (rules.ExclusiveMaximum ? value >= max : value > max))
            errors.Add(FieldError.Invalid(At(path), number, Invariant($"{path} in body should be less than {(rules.ExclusiveMaximum ? "" : "or equal to ")}{max}")));
    }

    private void IntegerRange(JsonNumber number, string? format, FieldPath? path)
    {
        var canonical = number.Canonical();
        var fits = format switch
        {
            "int32" => canonical.TryGetInt64(out var integer) && integer is >= int.MinValue and <= int.MaxValue,
            "int64" => canonical.TryGetInt64(out _),
            _ => number.TryGetInt64(out _) || double.IsInteger(number.AsDouble()),
        };
        if (!fits)
            Whole($"Checked value must be of type integer {(format is "int32" or "int64" ? $"with format {format}" : "(default format)")} in {path}");
    }

    /// <summary>Rules of the list as a whole, which stand behind those of its items.</summary>
    public void Items(JsonArray array, ValueValidation rules, FieldPath? path)
    {
        if (rules.MinItems is { } min && array.Count < min)
            errors.Add(FieldError.Invalid(At(path), array.Count, Invariant($"{path} in body should have at least {min} items")));
        if (rules.MaxItems is { } max && array.Count > max)
            errors.Add(FieldError.TooMany(At(path), array.Count, max));
        if (rules.UniqueItems && array.Items.Distinct().Count() < array.Count)
            errors.Add(FieldError.Invalid(At(path), array, $"{path} in body shouldn't contain duplicates"));
    }

    // Where the schema has a format for integers, the real server names that and Go's type of the value.
    private void WrongType(JsonValue value, SchemaType expected, string? format, FieldPath? path)
    {
        if (expected == SchemaType.Integer && format is "int32" or "int64" && value is JsonNumber or JsonBool)
            WrongType(value is JsonNumber ? "float64" : "", format, path);
        else
            WrongType(TypeName(value), expected.Text(), path);
    }

    private void WrongType(string actual, string expected, FieldPath? path)
    {
        errors.Add(FieldError.TypeInvalid(At(path), actual, $"{path} in body must be of type {expected}: \"{actual}\""));
    }

    private void Whole(string message) => errors.Add(FieldError.Invalid(NoField, "", message));

    private string At(FieldPath? path)
    {
        var text = FieldPath.Text(path);
        return field.Length == 0 ? text : text.Length == 0 ? field : text[0] == '[' ? field + text : $"{field}.{text}";
    }

    private static bool Fits(JsonValue value, SchemaType type) => type switch
    {
        SchemaType.Object => value is JsonObject,
        SchemaType.Array => value is JsonArray,
        SchemaType.String => value is JsonString,
        SchemaType.Boolean => value is JsonBool,
        SchemaType.Number => value is JsonNumber,
        SchemaType.Integer => IsInteger(value),
        _ => true,
    };

    private static bool IsInteger(JsonValue value) => value is JsonNumber number && (number.TryGetInt64(out _) || double.IsInteger(number.AsDouble()));

    private static bool IsMultiple(double value, double factor)
    {
        var quotient = value / factor;
        return Math.Abs(quotient - Math.Round(quotient)) < 1e-9;
    }

    private static string TypeName(JsonValue value) => value switch
    {
        JsonNumber number => number.TryGetInt64(out _) ? "integer" : "number",
        JsonBool => "boolean",
        _ => value.Kind.ToString().ToLowerInvariant(),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
