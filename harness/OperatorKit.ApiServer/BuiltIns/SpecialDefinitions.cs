namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>Names of definitions whose JSON is not what their fields say.</summary>
internal static class SpecialDefinitions
{
    public const string Time = "io.k8s.apimachinery.pkg.apis.meta.v1.Time";
    public const string MicroTime = "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime";
    public const string Quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    public const string IntOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    public const string RawExtension = "io.k8s.apimachinery.pkg.runtime.RawExtension";
    public const string FieldsV1 = "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1";

    public const string Json = ApiExtensions + "JSON";
    public const string JsonSchema = ApiExtensions + "JSONSchemaProps";
    public const string SchemaOrArray = ApiExtensions + "JSONSchemaPropsOrArray";
    public const string SchemaOrBool = ApiExtensions + "JSONSchemaPropsOrBool";
    public const string SchemaOrStrings = ApiExtensions + "JSONSchemaPropsOrStringArray";

    private const string ApiExtensions = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
}
