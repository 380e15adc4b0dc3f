using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Storage;
using OperatorKit.Testing.Simulations.Plans;
using OperatorKit.Testing.Simulations.Specs;

namespace OperatorKit.Testing.Simulations;

/// <summary>The people in front of the cluster. Nothing ever goes wrong between them and the server; between the server and a webhook much may.</summary>
internal sealed class Users(World world)
{
    private const int MostTries = 30;
    private const string MergePatch = "application/merge-patch+json";

    private int _open;

    /// <summary>Whether everything that they have asked for was answered.</summary>
    public bool AreDone => _open == 0;

    public void Take(Step step)
    {
        _open++;
        _ = TakeAsync(step);
    }

    /// <summary>Creates an object with the spec and metadata that another one had.</summary>
    public void Recreate(HandledKind kind, JsonObject value)
    {
        var metadata = JsonObject.Of(("name", value.Name));
        foreach (var kept in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            if (value.At("metadata", kept) is { } found)
                metadata = metadata.With(kept, found);
        }

        // In the version that is stored, for which nobody has to be there to convert it.
        var version = value.StringAt("apiVersion")!;
        var copy = kind.NewObject(value.Name, value.ObjectAt("spec") ?? JsonObject.Empty).With("metadata", metadata).With("apiVersion", version);
        var (status, answer) = world.Ask("POST", kind.PathIn(version), copy);
        if (status != 201)
            throw new InvalidOperationException($"{kind.Resource} {value.Name} could not be made again for the run without faults: {answer.StringAt("message")}");
    }

    private async Task TakeAsync(Step step)
    {
        var kind = world.Kinds[step.Controller];
        var name = string.Create(CultureInfo.InvariantCulture, $"app-{step.Target + 1}");
        var random = new Random(step.Seed);
        try
        {
            world.Story.Add("user", await (step.Kind switch
            {
                StepKind.Create => CreateAsync(kind, name, random),
                StepKind.Update => UpdateAsync(kind, name, random),
                StepKind.Delete => ToldAsync($"deletes {kind.Resource} {name}", world.AskAsync("DELETE", $"{kind.Path}/{name}")),
                StepKind.Touch => TouchAsync(kind, name, random),
                StepKind.DeleteChild => DeleteChildAsync(random),
                _ => EditChildAsync(random),
            }).ConfigureAwait(false));
        }
        catch (InvalidOperationException exception)
        {
            world.Break(Trial.Works, exception.Message);
        }

        _open--;
    }

    /// <summary>Tries until the server finds nothing wrong with a spec; who is told that a webhook does not answer gives up.</summary>
    private async Task<string> CreateAsync(HandledKind kind, string name, Random random)
    {
        var refusal = "";
        for (var tries = 0; tries < MostTries; tries++)
        {
            var (status, answer) = await world.AskAsync("POST", kind.Path, kind.NewObject(name, kind.MakeSpec(random))).ConfigureAwait(false);
            if (status is 201 or 409 or >= 500)
                return Told($"creates {kind.Resource} {name}", (status, answer));
            refusal = answer.StringAt("message") ?? "";
        }

        throw new InvalidOperationException(
            $"No valid {kind.Kind.Kind} came out of {MostTries} tries; the server said last: {refusal}\nGive a generator: options.{nameof(SimulationOptions.Specs)}<{kind.Kind.Kind}>(random => new {kind.Kind.Kind} {{ Spec = ... }}).");
    }

    private async Task<string> UpdateAsync(HandledKind kind, string name, Random random)
    {
        var (status, found) = await world.AskAsync("GET", $"{kind.Path}/{name}").ConfigureAwait(false);
        return status != 200
            ? $"wants to update {kind.Resource} {name}: {status}"
            : await ToldAsync($"updates {kind.Resource} {name}", world.AskAsync("PUT", $"{kind.Path}/{name}", found.With("spec", kind.MakeSpec(random)))).ConfigureAwait(false);
    }

    private Task<string> TouchAsync(HandledKind kind, string name, Random random)
    {
        var annotation = JsonObject.Of(("metadata", JsonObject.Of(("annotations", JsonObject.Of(("somebody", random.Next(100).ToString(CultureInfo.InvariantCulture)))))));
        return ToldAsync($"annotates {kind.Resource} {name}", world.AskAsync("PATCH", $"{kind.Path}/{name}", annotation, MergePatch));
    }

    private Task<string> DeleteChildAsync(Random random) => PickChild(random) is { } child
        ? ToldAsync($"deletes {child.Path}", world.AskAsync("DELETE", child.Path))
        : Task.FromResult("finds no child to delete");

    private Task<string> EditChildAsync(Random random)
    {
        if (PickChild(random) is not { } child)
            return Task.FromResult("finds no child to edit");
        var edit = OwnedFields.Edit(child.Stored.Value, world.Kinds.Select(static kind => kind.Controller), random);
        return edit is null ? Task.FromResult($"finds nothing to edit in {child.Path}") : ToldAsync($"edits {child.Path} to {edit}", world.AskAsync("PATCH", child.Path, edit, MergePatch));
    }

    private (string Path, StoredObject Stored)? PickChild(Random random)
    {
        var owners = world.Kinds.SelectMany(kind => world.Objects(kind.Resource)).Select(static owner => owner.Uid).ToHashSet(StringComparer.Ordinal);
        var children = world.WrittenResources
            .SelectMany(resource => world.Objects(resource).Select(stored => (Resource: resource, Stored: stored)))
            .Where(child => child.Stored.Value.ControllerReference is { } owner && owners.Contains(owner.Uid))
            .ToList();
        if (children.Count == 0)
            return null;
        var (resource, stored) = children[random.Next(children.Count)];
        var version = stored.Value.StringAt("apiVersion");
        var home = stored.Namespace is { } ns ? $"namespaces/{ns}/" : "";
        return ($"/{(resource.Group.Length == 0 ? "api" : "apis")}/{version}/{home}{resource.Resource}/{stored.Name}", stored);
    }

    private static async Task<string> ToldAsync(string what, Task<(int Status, JsonObject Body)> asked) => Told(what, await asked.ConfigureAwait(false));

    private static string Told(string what, (int Status, JsonObject Body) answer) =>
        answer.Status < 300 ? $"{what}: {answer.Status}" : $"{what}: {answer.Status} {answer.Body.StringAt("message")}";
}
