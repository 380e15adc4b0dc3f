using System.Runtime.InteropServices;

namespace OperatorKit.Build.Tests;

/// <summary>A user's project, published as a trimmed, self-contained app.</summary>
public sealed class TrimmedPublishTests(LocalFeed feed)
{
    private const long ModelsLimit = 500_000;

    [Fact]
    public async Task A_trimmed_publish_has_no_warning_runs_and_keeps_only_the_kinds_that_are_used()
    {
        var project = feed.NewProject(online: true);
        project.Add($"""
            <PropertyGroup>
              <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
              <SelfContained>true</SelfContained>
              <PublishTrimmed>true</PublishTrimmed>
              <TrimmerSingleWarn>false</TrimmerSingleWarn>
            </PropertyGroup>
            """);
        project.Replace("Widget.cs", "[Range(1, 10)]", """
            [MinLength(1), MaxLength(20)]
                public string Name { get; init; } = "a";

                [Length(0, 4)]
                public IReadOnlyList<Part> Parts { get; init; } = [];

                /// <summary>How many of them.</summary>
                [Range(1, 10)]
            """);
        project.Write("Part.cs", """
            using System.ComponentModel.DataAnnotations;

            namespace Things;

            public sealed record Part([MinLength(2)] string Name, [property: MaxLength(8)] string? Text = null);
            """);
        project.Write("Program.cs", """"
            using System.Text.Json;
            using System.Text.Json.Serialization.Metadata;
            using OperatorKit.Generated;
            using OperatorKit.Models;
            using Things;

            var options = new JsonSerializerOptions { TypeInfoResolver = ResourceJsonResolver.Default };
            var type = (JsonTypeInfo<Widget>)options.GetTypeInfo(typeof(Widget));
            Console.WriteLine(JsonSerializer.Serialize(JsonSerializer.Deserialize("""{"spec":{"count":2,"parts":[{"name":"xy"}]}}""", type)!, type));
            Console.WriteLine(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "used" } }.Metadata.Name);
            """");
        var published = await project.RunAsync("publish", "-o", "out put");
        Assert.SkipWhen(published.Output.Contains("error NU1", StringComparison.Ordinal), "The runtime pack or the trimmer cannot be restored here: " + published.Output);
        published.Succeeded().Output.ShouldNotContain("warning");

        var output = (await DotNet.ExecuteAsync(project.PathOf("out put/Widgets"), project.Folder)).Succeeded().Output;
        output.ShouldContain("""{"apiVersion":"things.example.com/v1","kind":"Widget","metadata":{},"spec":{"name":"a","parts":[{"name":"xy"}],"count":2}}""");
        output.ShouldContain("used");
        project.Files(project.PathOf("out put/manifests")).Keys.ShouldContain("crds/things.example.com_widgets.yaml");
        new FileInfo(project.PathOf("out put/OperatorKit.Models.dll")).Length.ShouldBeLessThan(ModelsLimit);
    }
}
