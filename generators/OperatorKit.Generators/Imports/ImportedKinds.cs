using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace OperatorKit.Generators.Imports;

/// <summary>The kinds of all files together, with names that do not collide, whatever the files hold.</summary>
internal static class ImportedKinds
{
    private const string Extensions = "Extensions";

    /// <summary>Makes records of all definitions. Of kinds that would have the same name the first is taken; see <see cref="Duplicates"/>.</summary>
    public static IEnumerable<ImportedKind> Of(ImmutableArray<ImportedFile> files)
    {
        foreach (var space in files.SelectMany(static f => f.Definitions).GroupBy(static d => d.Kind.Namespace, StringComparer.OrdinalIgnoreCase))
        {
            var names = new ImportedNames();
            var definitions = space.Where(d => names.TryTake(d.Kind.Name)).ToList();
            var kinds = definitions.ConvertAll(d => d.Kind with { ClientName = names.Take(d.Kind.Name + "Client", Extensions), ApplyName = names.Take(d.Kind.Name + "Apply") });
            for (var i = 0; i < kinds.Count; i++)
                yield return kinds[i] with { Types = new ImportedTypeReader(kinds[i], names).Read(definitions[i].Schema) };
        }
    }

    /// <summary>Files, each with what is wrong where one of its kinds has the name of another one.</summary>
    public static IEnumerable<ImportedFile> Duplicates(ImmutableArray<ImportedFile> files)
    {
        var known = new Dictionary<string, ImportedKind>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files)
        {
            foreach (var kind in file.Definitions.Select(static d => d.Kind))
            {
                var name = $"{kind.Namespace}.{kind.Name}";
                if (!known.TryGetValue(name, out var first))
                    known.Add(name, kind);
                else
                    yield return file with { Definitions = [], Problem = $"{kind.Plural}.{kind.Group} and {first.Plural}.{first.Group} would both be {name}: remove one, or give their files different Namespaces" };
            }
        }
    }
}
