using System.Collections.Immutable;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Authentication;

/// <summary>
/// The user that a request asks to be taken for. See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation.
/// </summary>
internal sealed record Impersonation(string User, string Uid, ImmutableArray<string> Groups, ImmutableSortedDictionary<string, ImmutableArray<string>> Extra)
{
    private const string ExtraPrefix = "Impersonate-Extra-";
    private const string AccountPrefix = "system:serviceaccount:";

    /// <summary>What the headers ask for; null when they ask for nothing.</summary>
    /// <exception cref="StatusException">Groups, uid or extra without a user.</exception>
    public static Impersonation? Read(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> headers)
    {
        string user = "", uid = "";
        ImmutableArray<string> groups = [];
        var extra = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
        foreach (var (name, values) in headers)
        {
            if (Is(name, "Impersonate-User"))
                user = values[0];
            else if (Is(name, "Impersonate-Uid"))
                uid = values[0];
            else if (Is(name, "Impersonate-Group"))
                groups = [.. values];
            else if (name.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase))
                extra = extra.Add(Uri.UnescapeDataString(name[ExtraPrefix.Length..].ToLowerInvariant()), [.. values]);
        }

        if (user.Length > 0)
            return new(user, uid, groups, extra);
        if (uid.Length == 0 && groups.IsEmpty && extra.IsEmpty)
            return null;
        throw Failures.BadRequest(
            $"requested &user.DefaultInfo{{Name:\"\", UID:\"{uid}\", Groups:{GoList(groups)}, Extra:{(extra.IsEmpty ? "map[string][]string(nil)" : "map[string][]string{...}")}}} without impersonating a user name");
    }

    /// <summary>The user as whom the request goes on.</summary>
    public UserInfo Identity()
    {
        var groups = Groups;
        if (groups.IsEmpty && User.StartsWith(AccountPrefix, StringComparison.Ordinal) && User[AccountPrefix.Length..].Split(':') is [var ns, _])
            groups = ServiceAccountTokens.Groups(ns);
        var implied = User == UserInfo.Anonymous.Name ? "system:unauthenticated" : "system:authenticated";
        if (!groups.Contains(implied))
            groups = groups.Add(implied);
        return new UserInfo(User, groups) { Uid = Uid, Extra = Extra };
    }

    private static bool Is(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static string GoList(ImmutableArray<string> items) =>
        items.IsEmpty ? "[]string(nil)" : $"[]string{{{string.Join(", ", items.Select(static item => $"\"{item}\""))}}}";
}
