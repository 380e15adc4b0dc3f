using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Storage;
using OperatorKit.Testing.Simulations.Plans;
using OperatorKit.Testing.Simulations.Specs;

namespace OperatorKit.Testing.Simulations;

/// <summary>The people in front of the cluster. Nothing ever goes wrong between them and the server.</summary>
internal sealed class Users(World world)
{
    private const int MostTries = 30;
    private const string MergePatch = "application/merge-patch+json";

    public void Take(Step step)
    {
        var kind = world.Kinds[step.Controller];
        var name = string.Create(CultureInfo.InvariantCulture, $"app-{step.Target + 1}");
        var random = new Random(step.Seed);
        var outcome = step.Kind switch
        {
            StepKind.Create => Create(kind, name, random),
            StepKind.Update => Update(kind, name, random),
            StepKind.Delete => Told($"deletes {kind.Resource} {name}", world.Ask("DELETE", $"{kind.Path}/{name}")),
            StepKind.Touch => Touch(kind, name, random),
            StepKind.DeleteChild => DeleteChild(random),
            _ => EditChild(random),
        };
        world.Story.Add("user", outcome);
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

        var copy = kind.NewObject(value.Name, value.ObjectAt("spec") ?? JsonObject.Empty).With("metadata", metadata);
        var (status, answer) = world.Ask("POST", kind.Path, copy);
        if (status != 201)
            throw new InvalidOperationException($"{kind.Resource} {value.Name} could not be made again for the run without faults: {answer.StringAt("message")}");
    }

    private string Create(HandledKind kind, string name, Random random)
    {
        var refusal = "";
        for (var tries = 0; tries < MostTries; tries++)
        {
            var (status, answer) = world.Ask("POST", kind.Path, kind.NewObject(name, kind.MakeSpec(random)));
            if (status is 201 or 409)
                return Told($"creates {kind.Resource} {name}", (status, answer));
            refusal = answer.StringAt("message") ?? "";
        }

        throw new InvalidOperationException(
            $"No valid {kind.Kind.Kind} came out of {MostTries} tries; the server said last: {refusal}\nGive a generator: options.{nameof(SimulationOptions.Specs)}<{kind.Kind.Kind}>(random => new {kind.Kind.Kind} {{ Spec = ... }}).");
    }

    private string Update(HandledKind kind, string name, Random random)
    {
        var (status, found) = world.Ask("GET", $"{kind.Path}/{name}");
        return status != 200
            ? $"wants to update {kind.Resource} {name}: {status}"
            : Told($"updates {kind.Resource} {name}", world.Ask("PUT", $"{kind.Path}/{name}", found.With("spec", kind.MakeSpec(random))));
    }

    private string Touch(HandledKind kind, string name, Random random)
    {
        var annotation = JsonObject.Of(("metadata", JsonObject.Of(("annotations", JsonObject.Of(("somebody", random.Next(100).ToString(CultureInfo.InvariantCulture)))))));
        return Told($"annotates {kind.Resource} {name}", world.Ask("PATCH", $"{kind.Path}/{name}", annotation, MergePatch));
    }

    private string DeleteChild(Random random) => PickChild(random) is { } child
        ? Told($"deletes {child.Path}", world.Ask("DELETE", child.Path))
        : "finds no child to delete";

    private string EditChild(Random random)
    {
        if (PickChild(random) is not { } child)
            return "finds no child to edit";
        var edit = OwnedFields.Edit(child.Stored.Value, world.Kinds.Select(static kind => kind.Controller), random);
        return edit is null ? $"finds nothing to edit in {child.Path}" : Told($"edits {child.Path} to {edit}", world.Ask("PATCH", child.Path, edit, MergePatch));
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

    private static string Told(string what, (int Status, JsonObject Body) answer) =>
        answer.Status < 300 ? $"{what}: {answer.Status}" : $"{what}: {answer.Status} {answer.Body.StringAt("message")}";
}
