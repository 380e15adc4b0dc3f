using System.Globalization;
using System.Net;
using System.Net.Sockets;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>IP addresses and address ranges.</summary>
internal static class CelAddressFunctions
{
    private const string Ip = "net.IP";
    private const string Cidr = "net.CIDR";

    public static IEnumerable<CelFunction> Functions =>
    [
        Global("ip", $"string -> {Ip}", static a => new CelIp(Address((string)a[0]))),
        Global("isIP", "string -> bool", static a => TryAddress((string)a[0]) is not null),
        Global("ip.isCanonical", "string -> bool", static a => Address((string)a[0]).ToString() == (string)a[0]),
        Global("string", $"{Ip} -> string", static a => ((CelIp)a[0]).Value.ToString()),
        Member("family", $"{Ip} -> int", static a => ((CelIp)a[0]).Value.AddressFamily == AddressFamily.InterNetwork ? 4L : 6L),
        Member("isUnspecified", $"{Ip} -> bool", static a => ((CelIp)a[0]).Value is var ip && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))),
        Member("isLoopback", $"{Ip} -> bool", static a => IPAddress.IsLoopback(((CelIp)a[0]).Value)),
        Member("isLinkLocalMulticast", $"{Ip} -> bool", static a => IsLinkLocalMulticast(((CelIp)a[0]).Value)),
        Member("isLinkLocalUnicast", $"{Ip} -> bool", static a => IsLinkLocalUnicast(((CelIp)a[0]).Value)),
        Member("isGlobalUnicast", $"{Ip} -> bool", static a => IsGlobalUnicast(((CelIp)a[0]).Value)),
        Global("cidr", $"string -> {Cidr}", static a => TryRange((string)a[0]) ?? throw new CelException($"network address parse error during conversion from string: netip.ParsePrefix(\"{a[0]}\"): no '/'")),
        Global("isCIDR", "string -> bool", static a => TryRange((string)a[0]) is not null),
        Global("string", $"{Cidr} -> string", static a => ((CelCidr)a[0]).ToString()),
        Member("ip", $"{Cidr} -> {Ip}", static a => new CelIp(((CelCidr)a[0]).Address)),
        Member("masked", $"{Cidr} -> {Cidr}", static a => ((CelCidr)a[0]).Masked()),
        Member("prefixLength", $"{Cidr} -> int", static a => (long)((CelCidr)a[0]).Prefix),
        Member("containsIP", $"{Cidr}, {Ip} -> bool", static a => ((CelCidr)a[0]).Contains(((CelIp)a[1]).Value)),
        Member("containsIP", $"{Cidr}, string -> bool", static a => ((CelCidr)a[0]).Contains(Address((string)a[1]))),
        Member("containsCIDR", $"{Cidr}, {Cidr} -> bool", static a => ((CelCidr)a[0]).Contains((CelCidr)a[1])),
        Member("containsCIDR", $"{Cidr}, string -> bool", static a => TryRange((string)a[1]) is { } inner ? ((CelCidr)a[0]).Contains(inner) : throw new CelException($"network address parse error during conversion from string: netip.ParsePrefix(\"{a[1]}\"): no '/'")),
    ];

    private static IPAddress Address(string text) =>
        TryAddress(text) ?? throw new CelException($"IP Address '{text}' parse error during conversion from string: ParseAddr(\"{text}\"): unable to parse IP");

    // Stricter than .NET: four decimal parts without leading zeros, no zone, no IPv4 inside IPv6.
    private static IPAddress? TryAddress(string text)
    {
        if (text.Contains('%', StringComparison.Ordinal) || text.Contains('[', StringComparison.Ordinal) || !IPAddress.TryParse(text, out var address) || address.IsIPv4MappedToIPv6)
            return null;
        return address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text ? address : null;
    }

    private static CelCidr? TryRange(string text)
    {
        var slash = text.LastIndexOf('/');
        if (slash < 0 || TryAddress(text[..slash]) is not { } address || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix))
            return null;
        return prefix <= address.GetAddressBytes().Length * 8 && (text[slash + 1] != '0' || text.Length == slash + 2) ? new CelCidr(address, prefix) : null;
    }

    private static bool IsLinkLocalMulticast(IPAddress ip) => ip.GetAddressBytes() is [224, 0, 0, _] or [0xff, 0x02, .. { Length: 14 }];

    private static bool IsLinkLocalUnicast(IPAddress ip) => ip.GetAddressBytes() is [169, 254, _, _] || ip.IsIPv6LinkLocal;

    private static bool IsGlobalUnicast(IPAddress ip) => !ip.Equals(IPAddress.Broadcast) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any)
        && !IPAddress.IsLoopback(ip) && !ip.IsIPv6Multicast && ip.GetAddressBytes() is not [>= 224 and < 240, _, _, _] && !IsLinkLocalUnicast(ip);

    private sealed record CelIp(IPAddress Value) : ICelOpaque
    {
        public string TypeName => Ip;

        public long Size => Value.AddressFamily == AddressFamily.InterNetwork ? 4 : 16;
    }

    private sealed record CelCidr(IPAddress Address, int Prefix) : ICelOpaque
    {
        public string TypeName => Cidr;

        public long Size => (Prefix + 7) / 8;

        public CelCidr Masked()
        {
            var bytes = Address.GetAddressBytes();
            for (var i = 0; i < bytes.Length; i++)
            {
                var kept = Math.Clamp(Prefix - (i * 8), 0, 8);
                bytes[i] &= (byte)(0xff << (8 - kept));
            }

            return this with { Address = new IPAddress(bytes) };
        }

        public bool Contains(IPAddress ip) => ip.AddressFamily == Address.AddressFamily && new CelCidr(ip, Prefix).Masked().Address.Equals(Masked().Address);

        public bool Contains(CelCidr inner) => inner.Prefix >= Prefix && Contains(inner.Address);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Prefix}");
    }
}
