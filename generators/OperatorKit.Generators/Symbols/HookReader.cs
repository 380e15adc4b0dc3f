using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Diagnostics;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Symbols;

/// <summary>
/// Reads the attributes that wire methods of a handler. The generator leaves out what is wrong, and the analyzers, which read with it too, say what
/// that is. Generated types have no symbols while the generator runs, so the context is known by its name.
/// </summary>
internal sealed class HookReader(INamedTypeSymbol handler, INamedTypeSymbol resource, Compilation compilation, ProblemSink report, CancellationToken cancellationToken)
{
    public const string OnChange = "OperatorKit.OnChangeAttribute";
    public const string Timer = "OperatorKit.TimerAttribute";
    public const string Daemon = "OperatorKit.DaemonAttribute";

    private static readonly string[] Overridden = ["OnCreateAsync", "OnUpdateAsync", "OnReconcileAsync", "OnDeleteAsync", "OnResumeAsync"];

    public static bool IsHook(ISymbol method) => method.HasAttribute(OnChange) || method.HasAttribute(Timer) || method.HasAttribute(Daemon);

    public IEnumerable<HookModel> Hooks() => handler.GetMembers().OfType<IMethodSymbol>().SelectMany(Hooks);

    public IEnumerable<HookModel> Hooks(IMethodSymbol method)
    {
        if (method.Attribute(OnChange) is { } change && Field(method, change) is { } field && Read(method, "OnChange", true) is { } follows)
            yield return follows with { Field = field };
        if (method.Attribute(Timer) is { } timer && Ticks(timer) is { } ticks && Read(method, "Timer", false) is { } fires)
            yield return fires with { Ticks = ticks };
        if (method.HasAttribute(Daemon) && Read(method, "Daemon", false) is { } runs)
            yield return runs;
    }

    /// <summary>Restrictions of the class and of the methods that it overrides.</summary>
    public IEnumerable<FilterModel> Filters()
    {
        var filters = new FilterReader(handler, resource, report);
        if (filters.Read(handler) is { } whole)
            yield return new FilterModel("All", whole);
        foreach (var name in Overridden)
        {
            foreach (var method in handler.GetMembers(name))
            {
                if (filters.Read(method) is { } when)
                    yield return new FilterModel(name.Substring(2, name.Length - "OnAsync".Length), when);
            }
        }
    }

    private HookModel? Read(IMethodSymbol method, string factory, bool takesChange)
    {
        var place = method.Locations.FirstOrDefault();
        string? problem = method switch
        {
            { IsStatic: true } => "it is static",
            { IsGenericMethod: true } => "it has type parameters",
            { DeclaredAccessibility: Accessibility.Private or Accessibility.Protected } => $"it is {method.DeclaredAccessibility.ToString().ToLowerInvariant()}: make it public or internal",
            { DeclaredAccessibility: not Accessibility.Public } when HandlerReader.MayBeInherited(handler) => $"it is {method.DeclaredAccessibility.ToString().ToLowerInvariant()}, and handlers of other assemblies that derive from {handler.Name} would go without it: make it public",
            { IsOverride: true } => "it overrides a method that is called anyway",
            _ => null,
        };
        var arguments = new List<string>();
        foreach (var parameter in method.Parameters)
        {
            if (Argument(parameter, takesChange) is { } argument)
                arguments.Add(argument);
            else
                problem ??= $"'{parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} {parameter.Name}' is nothing that it can be given";
        }

        var returnsStatus = ReturnsStatus(method.ReturnType);
        if (returnsStatus is null)
            problem ??= $"it returns {method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}";
        if (problem is not null)
        {
            report(HookSignatureRule.Descriptor, place, method.Name, problem, Signature(method, takesChange));
            return null;
        }

        return new HookModel
        {
            Factory = factory,
            Method = method.Name,
            Arguments = arguments.ToEquatableArray(),
            ReturnsStatus = returnsStatus == true,
            When = new FilterReader(handler, resource, report).Read(method),
        };
    }

    private string? Argument(IParameterSymbol parameter, bool takesChange) => parameter.Type switch
    {
        { Name: "CancellationToken" } => HookArgument.Token,
        var type when type.Name == resource.Name + "Context" => HookArgument.Context,
        var type when SymbolEqualityComparer.Default.Equals(type, resource) => HookArgument.Resource,
        var type when takesChange && ChangeOf(type) is not null => HookArgument.Change,
        _ => null,
    };

    private static ITypeSymbol? ChangeOf(ITypeSymbol type)
        => type is INamedTypeSymbol { IsGenericType: true } change && change.OriginalDefinition.Is("OperatorKit.FieldChange`1") ? change.TypeArguments[0] : null;

    /// <returns>Whether there is a status in it; null for what is no task or a task of something else.</returns>
    private bool? ReturnsStatus(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { Name: "Task" } task || task.ContainingNamespace.ToDisplayString() != "System.Threading.Tasks")
            return null;
        if (!task.IsGenericType)
            return false;
        var status = resource.BaseType?.TypeArguments.Skip(1).FirstOrDefault();
        return status is not null && SymbolEqualityComparer.Default.Equals(task.TypeArguments[0], status) ? true : null;
    }

    private FieldModel? Field(IMethodSymbol method, AttributeData attribute)
    {
        if (resource.BaseType?.TypeArguments.FirstOrDefault() is not INamedTypeSymbol spec)
            return null;
        var path = FieldPath.Follow(spec, attribute.Argument(0) as string ?? "");
        if (path.Wrong is not null)
        {
            report(ChangePathRule.Descriptor, attribute.Location(), path.Within!, path.Wrong, string.Join(", ", path.Choices));
            return null;
        }

        var wanted = method.Parameters.Select(static p => ChangeOf(p.Type)).FirstOrDefault(static t => t is not null);
        if (wanted is not null && !path.Fits(wanted))
        {
            var taken = wanted.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            report(HookSignatureRule.Descriptor, method.Locations.FirstOrDefault(), method.Name, $"it takes a FieldChange<{taken}> of a {path.Wanted()}", $"FieldChange<{path.Wanted()}>");
            return null;
        }

        return path.ToModel(wanted, resource, compilation, cancellationToken);
    }

    private EquatableArray<long>? Ticks(AttributeData attribute)
    {
        var interval = Duration(attribute, attribute.Argument(0) as string ?? "", isZeroAllowed: false);
        var delay = Duration(attribute, attribute.Named("InitialDelay") as string, isZeroAllowed: true);
        var idle = Duration(attribute, attribute.Named("Idle") as string, isZeroAllowed: true);
        return interval is null || delay is null || idle is null ? null : new[] { interval.Value, delay.Value, idle.Value }.ToEquatableArray();
    }

    private long? Duration(AttributeData attribute, string? text, bool isZeroAllowed)
    {
        if (text is null)
            return 0;
        if (GoDuration.Parse(text) is { } duration && (isZeroAllowed || duration > TimeSpan.Zero))
            return duration.Ticks;
        report(DurationRule.Descriptor, attribute.Location(), text);
        return null;
    }

    private string Signature(IMethodSymbol method, bool takesChange)
    {
        var status = resource.BaseType?.TypeArguments.Skip(1).FirstOrDefault()?.Name;
        var change = takesChange ? "FieldChange<...> change, " : "";
        return $"Task{(status is null ? "" : $"<{status}>")} {method.Name}({resource.Name} resource, {change}{resource.Name}Context context, CancellationToken cancellationToken)";
    }
}
