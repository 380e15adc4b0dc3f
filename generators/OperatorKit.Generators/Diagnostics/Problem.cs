using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Diagnostics;

/// <summary>
/// An error of a record for which nothing is emitted. The compiler then misses the members of the record and stops before its
/// analyzers run, so that the generator has to say itself what is wrong.
/// </summary>
internal sealed record Problem(DiagnosticDescriptor Rule, string Path, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    public static Problem Of(DiagnosticDescriptor rule, Location location, object[] arguments)
    {
        var place = location.GetLineSpan();
        return new Problem(rule, place.Path, location.SourceSpan, place.Span, arguments.Select(static a => a?.ToString() ?? "").ToEquatableArray());
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, Location.Create(Path, Span, Lines), [.. Arguments]);
}
