using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Authentication;

/// <summary>Tells who sends a request. With neither a token file nor client certificates everybody but a service account is a cluster administrator.</summary>
internal sealed class Authenticator(TokenFile? tokens, ServiceAccountTokens accounts, ClientCertificates? certificates)
{
    private const string Authenticated = "system:authenticated";
    private static readonly string[] OwnAudience = [ServiceAccountTokens.Issuer];
    private static readonly UserInfo Administrator = new("admin", ["system:masters", Authenticated]);

    /// <summary>The user, or null when there are credentials and none of them is good.</summary>
    public UserInfo? Identify(ClientCertificate? certificate, string? authorization)
    {
        var refused = false;
        if (certificate is not null && certificates is not null)
        {
            refused = !certificates.TryFind(certificate, out var named);
            if (named is not null)
                return WithGroup(named);
        }

        var token = authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? authorization[7..].Trim() : "";
        if (token.Length > 0 && FindToken(token, OwnAudience) is var (user, _))
            return user;
        if (tokens is null && certificates is null)
            return Administrator;
        return refused || token.Length > 0 ? null : UserInfo.Anonymous;
    }

    /// <summary>The user of a token and the audiences that it is good for, or null.</summary>
    public (UserInfo User, IReadOnlyList<string> Audiences)? FindToken(string token, IReadOnlyCollection<string> audiences)
    {
        if (tokens?.Find(token) is { } known && audiences.Contains(ServiceAccountTokens.Issuer))
            return (WithGroup(known), OwnAudience);
        return accounts.Find(token, audiences) is var (user, matching) ? (WithGroup(user), matching) : null;
    }

    private static UserInfo WithGroup(UserInfo user) => user.Groups.Contains(Authenticated) ? user : user with { Groups = user.Groups.Add(Authenticated) };
}
