using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>Who asks.</summary>
internal sealed record UserInfo(string Name, ImmutableArray<string> Groups)
{
    /// <summary>The key of <see cref="Extra"/> that tells which credential was shown.</summary>
    public const string CredentialId = "authentication.kubernetes.io/credential-id";

    /// <summary>The server itself: may do everything.</summary>
    public static UserInfo System { get; } = new("system:apiserver", ["system:masters", "system:authenticated"]);

    public static UserInfo Anonymous { get; } = new("system:anonymous", ["system:unauthenticated"]);

    public string Uid { get; init; } = "";

    public ImmutableSortedDictionary<string, ImmutableArray<string>> Extra { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The user as reviews carry it (authentication.k8s.io/v1 UserInfo).</summary>
    public JsonObject ToJson()
    {
        var info = new JsonObject.Builder { ["username"] = Name };
        if (Uid.Length > 0)
            info["uid"] = Uid;
        info["groups"] = JsonArray.Of(Groups.Select(JsonValue.From));
        if (!Extra.IsEmpty)
        {
            var extra = new JsonObject.Builder();
            foreach (var (key, values) in Extra)
                extra[key] = JsonArray.Of(values.Select(JsonValue.From));
            info["extra"] = extra.Build();
        }

        return info.Build();
    }
}
