using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorKit.Generators.Imports;

/// <summary>
/// The names that are taken in one namespace. Case is disregarded: files of generated code are told apart by names, on file
/// systems that do not know it either.
/// </summary>
internal sealed class ImportedNames
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a name as it is; false where somebody has it.</summary>
    public bool TryTake(string name) => _taken.Add(name);

    /// <summary>Takes a name, with a number where it is taken, and the names that follow from it by a suffix.</summary>
    public string Take(string name, params string[] suffixes)
    {
        var free = name;
        for (var i = 2; _taken.Contains(free) || suffixes.Any(s => _taken.Contains(free + s)); i++)
            free = name + i;
        _taken.Add(free);
        foreach (var suffix in suffixes)
            _taken.Add(free + suffix);
        return free;
    }
}
