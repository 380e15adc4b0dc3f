using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Authentication;

/// <summary>Signed tokens in the compact form of RFC 7515, with ES256.</summary>
internal static class JsonWebToken
{
    public static string Sign(JsonObject claims, ECDsa key, string keyId)
    {
        var header = JsonObject.Of(("alg", "ES256"), ("kid", keyId));
        var signed = $"{Base64Url.EncodeToString(JsonText.ToUtf8(header))}.{Base64Url.EncodeToString(JsonText.ToUtf8(claims))}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The claims of a token that the key signed; null for every other text.</summary>
    public static JsonObject? Verify(string token, ECDsa key)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || Decode(parts[2]) is not { } signature || Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } payload)
            return null;
        if (!key.VerifyData(Encoding.UTF8.GetBytes($"{parts[0]}.{parts[1]}"), signature, HashAlgorithmName.SHA256))
            return null;
        return Read(header)?.StringAt("alg") == "ES256" ? Read(payload) : null;
    }

    private static byte[]? Decode(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonObject? Read(byte[] json)
    {
        try
        {
            return JsonParser.Parse(json).Value as JsonObject;
        }
        catch (JsonSyntaxException)
        {
            return null;
        }
    }
}
