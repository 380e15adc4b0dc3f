using System.Globalization;
using System.Text;

namespace OperatorKit.Client;

/// <summary>Builds a URL's query; members that are null are left out.</summary>
internal struct QueryString
{
    private StringBuilder? _text;

    public QueryString Add(string name, string? value)
    {
        if (value is null)
        {
            return this;
        }

        _text = (_text is null ? new StringBuilder("?") : _text.Append('&')).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public QueryString Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public QueryString AddTrue(string name, bool isSet) => isSet ? Add(name, "true") : this;

    public override readonly string ToString() => _text?.ToString() ?? "";
}
