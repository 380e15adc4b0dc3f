using Microsoft.CodeAnalysis;

namespace OperatorKit.Generators.Diagnostics;

/// <summary>Takes what the readers of symbols find wrong: the analyzers show it, the generator only notes that there is an error.</summary>
internal delegate void ProblemSink(DiagnosticDescriptor rule, Location? location, params object[] arguments);
