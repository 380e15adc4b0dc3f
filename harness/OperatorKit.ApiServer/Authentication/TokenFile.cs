using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Authentication;

/// <summary>
/// Static bearer tokens: <c>token,user,uid</c> and optionally a quoted list of groups on each line.
/// See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file.
/// </summary>
internal sealed class TokenFile
{
    private readonly ImmutableArray<(byte[] Digest, UserInfo User)> _entries;

    private TokenFile(ImmutableArray<(byte[] Digest, UserInfo User)> entries, string? firstToken)
    {
        _entries = entries;
        FirstToken = firstToken;
    }

    public string? FirstToken { get; }

    /// <exception cref="FormatException">A line has fewer than three columns, or an empty token or user.</exception>
    public static TokenFile Parse(string text)
    {
        var entries = ImmutableArray.CreateBuilder<(byte[], UserInfo)>();
        string? first = null;
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Trim().Length == 0 || line.StartsWith('#'))
                continue;
            var columns = Columns(line.TrimEnd('\r'));
            if (columns.Count < 3 || columns[0].Length == 0 || columns[1].Length == 0)
                throw new FormatException($"Line {number} of the token file must read token,user,uid or token,user,uid,\"group1,group2\".");
            var groups = columns.Count > 3 ? columns[3].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
            entries.Add((Digest(columns[0]), new UserInfo(columns[1], [.. groups]) { Uid = columns[2] }));
            first ??= columns[0];
        }

        return new TokenFile(entries.ToImmutable(), first);
    }

    /// <summary>The user of a token, or null. Takes the same time for every token of one length.</summary>
    public UserInfo? Find(string token)
    {
        var digest = Digest(token);
        UserInfo? found = null;
        foreach (var (candidate, user) in _entries)
        {
            if (CryptographicOperations.FixedTimeEquals(candidate, digest))
                found ??= user;
        }

        return found;
    }

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static List<string> Columns(string line)
    {
        var columns = new List<string>();
        var current = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                current.Append(line[++i]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
                Flush();
            else
                current.Append(line[i]);
        }

        Flush();
        return columns;

        void Flush()
        {
            columns.Add(current.ToString().Trim());
            current.Clear();
        }
    }
}
