namespace OperatorKit.Build.Tests;

/// <summary>Builds of a user's project from the packages of this repository.</summary>
public sealed class ManifestTests(LocalFeed feed)
{
    private const string WidgetDefinition = "crds/things.example.com_widgets.yaml";

    private readonly ConsumerProject _project = feed.NewProject();

    [Fact]
    public async Task A_build_writes_manifests_the_next_touches_nothing_and_a_deleted_one_comes_back()
    {
        (await _project.BuildAsync()).Succeeded();
        var first = _project.Files();
        first.Keys.ShouldContain(WidgetDefinition);

        var second = (await _project.BuildAsync("--no-restore", "-v:d")).Succeeded();
        second.Output.ShouldContain("Skipping target \"_OperatorKitWrite\"");
        _project.Files().ShouldBe(first);

        File.Delete(Path.Combine(_project.Manifests, WidgetDefinition));
        (await _project.BuildAsync("--no-restore")).Succeeded();
        var third = _project.Files();
        third.Keys.ShouldBe(first.Keys, ignoreOrder: true);
        third.Where(f => f.Key != WidgetDefinition).ShouldBe(first.Where(f => f.Key != WidgetDefinition), ignoreOrder: true);
    }

    [Fact]
    public async Task A_removed_record_takes_its_file_along_and_an_edit_changes_only_its_own()
    {
        _project.Write("Gadget.cs", ConsumerProject.Record("Gadget"));
        (await _project.BuildAsync()).Succeeded();
        var before = _project.Files();
        before.Keys.ShouldContain("crds/things.example.com_gadgets.yaml");

        File.Delete(_project.PathOf("Gadget.cs"));
        _project.Write("Program.cs", "System.Console.WriteLine(\"changed\");");
        (await _project.BuildAsync("--no-restore")).Succeeded();

        var after = _project.Files();
        after.Keys.ShouldNotContain("crds/things.example.com_gadgets.yaml");
        after[WidgetDefinition].ShouldBe(before[WidgetDefinition]);
    }

    [Fact]
    public async Task Clean_removes_all_manifests()
    {
        (await _project.BuildAsync()).Succeeded();
        _project.Files().ShouldNotBeEmpty();

        (await _project.RunAsync("clean")).Succeeded();
        _project.Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task Publish_carries_the_manifests_out_of_a_folder_with_spaces()
    {
        var project = feed.NewProject("Widgets of mine");
        (await project.RunAsync("publish", "-o", "out put")).Succeeded();
        project.Files(project.PathOf("out put/manifests")).Keys.ShouldContain(WidgetDefinition);
    }

    [Fact]
    public async Task A_folder_of_the_users_own_is_verified_and_survives_a_clean()
    {
        string[] folder = ["-p:OperatorKitManifestDirectory=deploy"];
        (await _project.BuildAsync(folder)).Succeeded();
        var file = _project.PathOf("deploy/" + WidgetDefinition);
        File.Exists(file).ShouldBeTrue();

        await File.AppendAllTextAsync(file, "# edited\n", TestContext.Current.CancellationToken);
        var verified = await _project.BuildAsync([.. folder, "--no-restore", "-p:OperatorKitVerifyManifests=true"]);
        verified.ExitCode.ShouldNotBe(0);
        verified.Output.ShouldContain("error OPKB003");
        File.ReadAllText(file).ShouldEndWith("# edited\n");

        (await _project.RunAsync(["clean", .. folder])).Succeeded();
        File.Exists(file).ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_record_is_an_error_at_its_line()
    {
        _project.Replace("Widget.cs", "(\"things.example.com\", \"v1\")", "(\"\", \"v1\")");
        var result = await _project.BuildAsync();
        result.ExitCode.ShouldNotBe(0);
        result.Output.ShouldMatch(@"Widget\.cs\(7,\d+\): error OPK\d{4}");
        _project.Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_design_time_build_writes_nothing()
    {
        (await _project.BuildAsync("-p:DesignTimeBuild=true")).Succeeded();
        _project.Files().ShouldBeEmpty();
    }
}
