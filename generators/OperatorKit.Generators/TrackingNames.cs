namespace OperatorKit.Generators;

/// <summary>Names of the generator's steps, for tests of its cache.</summary>
public static class TrackingNames
{
    public const string Resources = nameof(Resources);
    public const string Handlers = nameof(Handlers);
    public const string Webhooks = nameof(Webhooks);
    public const string Conversions = nameof(Conversions);
    public const string Types = nameof(Types);
    public const string SpecTypes = nameof(SpecTypes);
    public const string Kinds = nameof(Kinds);
    public const string Plans = nameof(Plans);
    public const string Imports = nameof(Imports);
    public const string ImportedKinds = nameof(ImportedKinds);
    public const string Registrations = nameof(Registrations);
    public const string References = nameof(References);
    public const string Options = nameof(Options);
    public const string Uses = nameof(Uses);
    public const string Rights = nameof(Rights);
    public const string Access = nameof(Access);
    public const string Operator = nameof(Operator);
}
