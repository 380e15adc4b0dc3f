using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace OperatorKit.Models.Tests.Serialization;

/// <summary>Fills models with values that are random, hard and the same in every run.</summary>
internal sealed class RandomModel(Random random)
{
    private static readonly string[] Strings = ["", "a", "name", "é😀", "\"quoted\"\\", "line\nbreak\t\u0001", "\u2028<&>'+", new('x', 300), "null", "0"];
    private static readonly long[] Numbers = [0, 1, -1, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 9007199254740993];

    public object Fill(Type type, int depth)
    {
        var value = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            if (random.Next(3) > 0 && Value(property.PropertyType, depth) is { } content)
                property.SetValue(value, Precise(property, content));
        }

        return value;
    }

    private object? Value(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return Strings[random.Next(Strings.Length)];
        if (type == typeof(bool))
            return random.Next(2) == 0;
        if (type == typeof(int))
            return unchecked((int)Numbers[random.Next(Numbers.Length)]);
        if (type == typeof(long))
            return Numbers[random.Next(Numbers.Length)];
        if (type == typeof(double))
            return random.NextDouble() * Math.Pow(10, random.Next(-20, 20));
        if (type == typeof(byte[]))
            return Guid.NewGuid().ToByteArray();
        if (type == typeof(DateTime))
            return new DateTime(random.NextInt64(0, DateTime.MaxValue.Ticks / 10) * 10, DateTimeKind.Utc);
        if (type == typeof(Quantity))
            return new Quantity(random.NextInt64(), (QuantityNotation)random.Next(3));
        if (type == typeof(IntOrString))
            return random.Next(2) == 0 ? (IntOrString)random.Next() : (IntOrString)Strings[random.Next(Strings.Length)];
        if (type == typeof(JsonElement))
            return JsonDocument.Parse("""{"a":[1,null,{"b":2.5e-3}]}""").RootElement;
        if (type.IsGenericType)
            return Collection(type, depth);
        return depth > 0 ? Fill(type, depth - 1) : null;
    }

    private object Collection(Type type, int depth)
    {
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 1)
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments))!;
            for (var i = random.Next(3); i > 0; i--)
            {
                if (Value(arguments[0], depth) is { } item)
                    list.Add(item);
            }

            return list;
        }

        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        for (var i = random.Next(3); i > 0; i--)
        {
            if (Value(arguments[1], depth) is { } item)
                dictionary[Strings[random.Next(Strings.Length)]] = item;
        }

        return dictionary;
    }

    // What is finer than a second is lost by design, except in the times that have six digits.
    private static object Precise(PropertyInfo property, object value) =>
        value is DateTime time && property.Name is not ("AcquireTime" or "RenewTime" or "EventTime" or "LastObservedTime") ? time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)) : value;
}
