using Microsoft.CodeAnalysis;

namespace OperatorKit.Generators.Pipeline;

/// <summary>Which assemblies of ours the project sees; a library of records may see the models alone.</summary>
internal sealed record References(bool Client, bool Runtime)
{
    public static References Of(Compilation compilation)
    {
        var (client, runtime) = (false, false);
        foreach (var name in compilation.ReferencedAssemblyNames)
        {
            client |= name.Name == "OperatorKit.Client";
            runtime |= name.Name == "OperatorKit";
        }

        return new References(client, runtime);
    }
}
