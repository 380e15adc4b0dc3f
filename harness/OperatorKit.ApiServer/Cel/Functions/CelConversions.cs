using System.Globalization;
using System.Text;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.Models;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Conversions between the basic types.</summary>
internal static class CelConversions
{
    public static IEnumerable<CelFunction> Functions =>
    [
        Global("int", "int -> int", static a => a[0]),
        Global("int", "uint -> int", static a => (ulong)a[0] <= long.MaxValue ? (long)(ulong)a[0] : new CelError("integer overflow")),
        Global("int", "double -> int", static a => (double)a[0] is > -9223372036854775808.0 and < 9223372036854775808.0 and var real ? (long)real : new CelError("integer overflow")),
        Global("int", "string -> int", static a => long.TryParse((string)a[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : Conversion("int")),
        Global("int", "timestamp -> int", static a => ((DateTimeOffset)a[0]).ToUnixTimeSeconds()),
        Global("uint", "uint -> uint", static a => a[0]),
        Global("uint", "int -> uint", static a => (long)a[0] >= 0 ? (ulong)(long)a[0] : new CelError("unsigned integer overflow")),
        Global("uint", "double -> uint", static a => (double)a[0] is >= 0 and < 18446744073709551616.0 and var real ? (ulong)real : new CelError("unsigned integer overflow")),
        Global("uint", "string -> uint", static a => ulong.TryParse((string)a[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : Conversion("uint")),
        Global("double", "double -> double", static a => a[0]),
        Global("double", "int -> double", static a => (double)(long)a[0]),
        Global("double", "uint -> double", static a => (double)(ulong)a[0]),
        Global("double", "string -> double", static a => double.TryParse((string)a[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : Conversion("double")),
        Global("string", "string -> string", static a => a[0]),
        Global("string", "bool -> string", static a => CelText.Of(a[0])),
        Global("string", "int -> string", static a => CelText.Of(a[0])),
        Global("string", "uint -> string", static a => CelText.Of(a[0])),
        Global("string", "double -> string", static a => CelText.Of(a[0])),
        Global("string", "bytes -> string", static a => CelText.Of(a[0])),
        Global("string", "timestamp -> string", static a => CelText.Of(a[0])),
        Global("string", "duration -> string", static a => CelText.Of(a[0])),
        Global("bytes", "bytes -> bytes", static a => a[0]),
        Global("bytes", "string -> bytes", static a => new CelBytes([.. Encoding.UTF8.GetBytes((string)a[0])])),
        Global("bool", "bool -> bool", static a => a[0]),
        Global("bool", "string -> bool", static a => (string)a[0] switch
        {
            "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
            "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
            _ => Conversion("bool"),
        }),
        Global("timestamp", "timestamp -> timestamp", static a => a[0]),
        Global("timestamp", "int -> timestamp", static a => (long)a[0] is >= -62135596800 and <= 253402300799 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : new CelError("timestamp overflow")),
        Global("timestamp", "string -> timestamp", static a => DateTimeOffset.TryParse((string)a[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && ((string)a[0]).Contains('T', StringComparison.Ordinal) ? time : Conversion("google.protobuf.Timestamp")),
        Global("duration", "duration -> duration", static a => a[0]),
        Global("duration", "int -> duration", static a => TimeSpan.FromTicks((long)a[0] / 100)),
        Global("duration", "string -> duration", static a => GoDuration.TryParse((string)a[0], out var value) ? value : Conversion("google.protobuf.Duration")),
        Global("dyn", "A -> dyn", static a => a[0]),
        Global("type", "A -> type", static a => CelRuntimeType.Of(a[0])),
    ];

    private static CelError Conversion(string type) => new($"type conversion error from 'string' to '{type}'");
}
