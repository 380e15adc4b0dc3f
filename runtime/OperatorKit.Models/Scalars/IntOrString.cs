using System.Globalization;

namespace OperatorKit.Models;

/// <summary>A number or a string, as in a port that is given by number or by name, or a share that is a count or a percentage.</summary>
public readonly record struct IntOrString
{
    private readonly string? _text;

    /// <summary>A number.</summary>
    /// <param name="number">The number.</param>
    public IntOrString(int number) => Number = number;

    /// <summary>A string.</summary>
    /// <param name="text">The string.</param>
    public IntOrString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
    }

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => _text is null;

    /// <summary>The number; 0 where it is a string.</summary>
    public int Number { get; }

    /// <summary>The string, or the number's digits.</summary>
    public string Value => ToString();

    /// <summary>A number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator IntOrString(int number) => new(number);

    /// <summary>A string.</summary>
    /// <param name="text">The string.</param>
    public static implicit operator IntOrString(string text) => new(text);

    /// <summary>A number.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The value.</returns>
    public static IntOrString FromInt32(int number) => new(number);

    /// <summary>A string.</summary>
    /// <param name="text">The string.</param>
    /// <returns>The value.</returns>
    public static IntOrString FromString(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => _text ?? Number.ToString(CultureInfo.InvariantCulture);
}
