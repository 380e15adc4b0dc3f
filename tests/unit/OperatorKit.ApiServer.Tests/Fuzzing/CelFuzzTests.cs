using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Json;
using OperatorKit.Tests.Fuzzing;

namespace OperatorKit.ApiServer.Tests.Fuzzing;

public sealed class CelFuzzTests
{
    private static readonly CelEnvironment Variables = new(ImmutableDictionary<string, CelType>.Empty.Add("self", CelType.Dyn));

    private static readonly object Self = CelJson.Untyped(Document.Parse("{'name':'a','items':[{'k':'x','n':1},{'k':'y','n':2.5}],'map':{'a':'1','b':'2'},'text':'2020-01-02T03:04:05Z','deep':[[[1]]]}"));

    private static readonly string[] Corpus =
    [
        "self.items.all(i, i.n > 0 && i.k.matches('^[a-z]+$')) || has(self.name)",
        "self.map.exists(k, v, k + v == 'a1') ? [1, 2u, 3.5].map(x, type(x) == int) : self.items.filter(i, i.n < 2).size() in [1, 2]",
        "timestamp(self.text).getFullYear('+02:00') - duration('1h30m').getMinutes() == -9223372036854775807",
        "'%s is %d, %.2f, %x'.format([self.name, 3, 1.0, 255]).split(',', 2).join('-').replace('s', 'ss', 1).substring(1, 3)",
        "optional.of(self.?name).orValue('x') == r'\\d' + b'\\x41\\101'.string() + '''x\ny''' + \"\\u00e9\\U0001F600\"",
        "quantity('1.5Gi').add(quantity('500m')).isGreaterThan(quantity('1')) && semver('1.2.3-rc.1').isLessThan(semver('2.0.0'))",
        "cidr('10.0.0.0/8').containsIP(ip('10.1.2.3')) && url('https://u@[::1]:80/a?x=1#f').getQuery() == {'x': ['1']}",
        "self.deep.flatten(2).sort().distinct().reverse().slice(0, 1).sum() % 0x10 != -1e308 / .5",
        "self.items.map(i, i.n).sortBy(x, -x)[0] == dyn(1) && sets.contains([1], [2]) && lists.range(5).exists_one(x, x == 2)",
        "format.dns1123Label().validate(self.name).hasValue() || self.map.transformMap(k, v, v + k) == {}",
    ];

    private static readonly object[] Values =
    [
        true, false, 0L, 1L, -1L, 7L, long.MinValue, long.MaxValue, 0UL, ulong.MaxValue, 0.0, -0.5, 1e308, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        "", "a", "aaaa", "😀é", "\ud83d", "1.2.3", "10.0.0.1", "::1", "10.0.0.0/8", "https://a:b@c:1/d?e=f#g", "1Gi", "%s%d%.3f%x%", "^(a+)+$", "(", "(?=a)", "\\1", "1h", "2020-01-02T03:04:05Z", "+23:59", "Europe/Nowhere", "../../etc", "+99:99", ":",
        CelNull.Instance, new CelBytes([]), new CelBytes([0, 255]), DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.Zero,
        CelType.Int, CelList.Empty, new CelList([1L, 2UL, 3.0]), new CelList(["a", "b"]), new CelList([new CelList([1L]), "x"]), CelMap.Of([]), CelMap.Of([new("a", 1L), new(2L, "b")]),
        CelOptional.None, new CelOptional(1L), new CelOptional("a"), Self,
    ];

    [Fact]
    public void A_damaged_expression_is_refused_or_evaluates_within_its_budget() => Fuzz.Texts(Corpus, static text =>
    {
        var compiled = CelCompiler.Compile(text, Variables);
        if (compiled.Error is null)
            Evaluate(compiled.Root);
    });

    [Fact]
    public void No_function_trips_over_any_operand() => Fuzz.Run(RandomCall, static call => Evaluate(call), static call => $"{call.Function}({string.Join(", ", call.Operands)})");

    [Theory]
    [InlineData("self.replace('a', self).size() > 0")]
    [InlineData("lists.range(100000).map(x, 'a').join(self) == ''")]
    [InlineData("lists.range(100).map(x, self).join(self) == ''")]
    [InlineData("self.contains(self + 'b') || self.indexOf(self + 'b') > 0")]
    public void A_value_cannot_grow_beyond_the_budget(string expression)
    {
        var compiled = CelCompiler.Compile(expression, Variables);
        compiled.Error.ShouldBeNull();

        Should.Throw<CelBudgetException>(() => compiled.Evaluate(new CelScope("self", new string('a', 100_000), null), new CelBudget()));
    }

    [Theory]
    [InlineData("[1]", ".map(a, [a, a])", "[]")]
    [InlineData("{'a': 1}", ".transformMap(k, a, {'x': a, 'y': a})", "{}")]
    public void A_value_that_doubles_cannot_be_compared_without_end(string start, string doubling, string other)
    {
        var root = CelCompiler.Compile($"{start}{string.Concat(Enumerable.Repeat(doubling, 60))} == {other}", Variables);

        Should.Throw<CelBudgetException>(() => root.Evaluate(null, new CelBudget()));
    }

    [Fact]
    public void Many_different_items_are_told_apart_without_comparing_each_with_each()
    {
        var items = CelJson.Untyped(JsonArray.Of(Enumerable.Range(0, 50_000).Select(static i => (JsonValue)JsonObject.Of(("a", JsonArray.Of((long)i)))).ToList()));
        var root = CelCompiler.Compile("self.distinct().size() == 50000", Variables);

        root.Evaluate(new CelScope("self", items, null), new CelBudget(long.MaxValue)).ShouldBe(true);
    }

    private static CelCall RandomCall(Random random)
    {
        var function = RandomJson.Pick(random, CelFunctionTable.All);
        CelNode[] operands = [.. function.Signature.Parameters.Select(wanted => new CelLiteral(0, Operand(random, wanted)))];
        return function.IsMember && operands.Length > 0
            ? new CelCall(0, function.Name, operands[0], [.. operands.AsSpan(1)])
            : new CelCall(0, function.Name, null, [.. operands]);
    }

    /// <summary>Mostly a value that the function takes.</summary>
    private static object Operand(Random random, CelType wanted)
    {
        object[] fitting = [.. Values.Where(value => CelRuntimeType.Fits(wanted, value))];
        if (fitting.Length == 0 && wanted.Kind == CelTypeKind.Opaque)
            return CelOpaqueValues.Of(random, wanted.Name) ?? RandomJson.Pick(random, Values);
        return fitting.Length == 0 || random.Next(10) == 0 ? RandomJson.Pick(random, Values) : RandomJson.Pick(random, fitting);
    }

    private static void Evaluate(CelNode root)
    {
        try
        {
            CelText.Of(new CelEvaluator(CelPlan.None, new CelBudget()).Evaluate(root, new CelScope("self", Self, null))).ShouldNotBeNull();
        }
        catch (CelBudgetException)
        {
        }
    }

    /// <summary>Values of the types that only their own functions make.</summary>
    private static class CelOpaqueValues
    {
        private static readonly string[] Sources =
        [
            "quantity('1Gi')", "quantity('-79228162514264337593543950335')", "quantity('0.000000001')", "url('https://a/b?c')", "ip('::1')", "ip('10.0.0.1')", "cidr('10.0.0.0/8')", "cidr('::/0')",
            "format.uuid()", "format.dns1123Label()", "semver('1.2.3')", "semver('0.0.1-a.1+b')",
        ];

        private static readonly ILookup<string, object> All = Sources
            .Select(static source => CelCompiler.Compile(source, Variables).Evaluate(null, new CelBudget()))
            .OfType<ICelOpaque>()
            .ToLookup(static value => value.TypeName, static value => (object)value);

        public static object? Of(Random random, string type) => All[type].ToList() is { Count: > 0 } known ? RandomJson.Pick(random, known) : null;
    }
}
