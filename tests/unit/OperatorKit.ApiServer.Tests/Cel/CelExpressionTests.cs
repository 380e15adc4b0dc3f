using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Tests.Cel;

public sealed class CelExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * 3 == 7")]
    [InlineData("(1 + 2) * 3 == 9")]
    [InlineData("-3 % 2 == -1 && 7 / 2 == 3")]
    [InlineData("0x10 == 16 && 3u == uint(3) && 1.5e1 == 15.0")]
    [InlineData("-9223372036854775808 < 0")]
    [InlineData("1 < 1.5 && 2u > 1 && !(1 == 2)")]
    [InlineData("'a' + \"b\" == 'ab' && r'\\d' == '\\\\d' && '''x\ny''' == 'x\\ny'")]
    [InlineData("b'ab' == bytes('ab') && 'é'.size() == 1 && '\\u00e9' == 'é'")]
    [InlineData("[1, 2] + [3] == [1, 2, 3] && 2 in [1, 2] && [[1]][0][0] == 1")]
    [InlineData("{'a': 1}.a == 1 && {'a': 1}['a'] == 1 && 'a' in {'a': 1} && has({'a': 1}.a) && !has({'a': 1}.b)")]
    [InlineData("true ? 1 == 1 : 1 / 0 == 1")]
    [InlineData("true || 1 / 0 == 1")]
    [InlineData("1 / 0 == 1 || true")]
    [InlineData("!(false && 1 / 0 == 1)")]
    [InlineData("[1, 2].all(x, x > 0) && [1, 2].exists(x, x == 2) && [1, 2, 2].exists_one(x, x == 1)")]
    [InlineData("[0, 1].exists(x, 1 / x == 1)")]
    [InlineData("![1, 0].all(x, 1 / x == 2)")]
    [InlineData("[1, 2, 3].map(x, x * 2) == [2, 4, 6] && [1, 2, 3].map(x, x > 1, x) == [2, 3] && [1, 2].filter(x, x > 1) == [2]")]
    [InlineData("{'a': 'b'}.all(k, v, k != v) && [5].all(i, v, i == 0 && v == 5) && {'a': 1}.transformMap(k, v, v + 1) == {'a': 2}")]
    [InlineData("[3, 1, 2].sort() == [1, 2, 3] && ['bb', 'a'].sortBy(s, s.size()) == ['a', 'bb']")]
    [InlineData("type(1) == int && type('') == string && type([]) == list")]
    [InlineData("int('3') == 3 && string(3) == '3' && double('1.5') == 1.5 && bool('true') && string(true) == 'true'")]
    [InlineData("timestamp('2020-01-02T03:04:05Z').getFullYear() == 2020 && timestamp('2020-01-02T03:04:05Z').getMonth() == 0")]
    [InlineData("timestamp('2020-01-01T00:00:00Z') + duration('1h') == timestamp('2020-01-01T01:00:00Z') && duration('90m').getHours() == 1")]
    [InlineData("timestamp('2020-01-01T00:00:00Z').getHours('+02:00') == 2")]
    [InlineData("'hello'.charAt(1) == 'e' && 'hello'.indexOf('l') == 2 && 'hello'.lastIndexOf('l') == 3 && 'hello'.substring(1, 3) == 'el'")]
    [InlineData("'a,b,c'.split(',') == ['a', 'b', 'c'] && 'a,b,c'.split(',', 2) == ['a', 'b,c'] && ['a', 'b'].join('-') == 'a-b'")]
    [InlineData("'aXa'.replace('a', 'b') == 'bXb' && 'aXa'.replace('a', 'b', 1) == 'bXa' && ' x '.trim() == 'x' && 'AbÉ'.lowerAscii() == 'abÉ'")]
    [InlineData("'%s is %d, %.2f, %x'.format(['x', 3, 1.0, 255]) == 'x is 3, 1.00, ff' && strings.quote('a\"b') == '\"a\\\\\"b\"'")]
    [InlineData("'abc'.matches('^a.c$') && 'a1b22'.find('[0-9]+') == '1' && 'a1b22'.findAll('[0-9]+') == ['1', '22']")]
    [InlineData("[1, 2].isSorted() && [1, 2].sum() == 3 && [1.5].sum() == 1.5 && [2, 1].min() == 1 && ['a', 'b'].max() == 'b' && [1, 2, 1].lastIndexOf(1) == 2")]
    [InlineData("[1, 1].distinct() == [1] && [[1], [2]].flatten() == [1, 2] && [1, 2, 3].slice(1, 2) == [2] && [1, 2].reverse() == [2, 1]")]
    [InlineData("sets.contains([1, 2], [2]) && sets.equivalent([1, 2], [2, 1, 1]) && sets.intersects([1], [1, 2]) && !sets.intersects([1], [2])")]
    [InlineData("optional.of(1).hasValue() && optional.none().orValue(2) == 2 && optional.of(1).optMap(x, x + 1).value() == 2 && {'a': 1}.?a.orValue(0) == 1 && {'a': 1}.?b.orValue(0) == 0 && [1][?3].orValue(9) == 9")]
    [InlineData("url('https://u@example.com:80/a/b?x=1&x=2').getHost() == 'example.com:80' && url('https://example.com/a?x=1&x=2').getQuery() == {'x': ['1', '2']} && isURL('/a/b') && !isURL('::')")]
    [InlineData("quantity('1Gi').isGreaterThan(quantity('1G')) && quantity('500m').add(quantity('500m')) == quantity('1') && quantity('50').asInteger() == 50 && !isQuantity('2Gx')")]
    [InlineData("ip('10.1.2.3').family() == 4 && !isIP('1.2.3') && !isIP('1.2.3.04') && ip('::1').isLoopback() && ip.isCanonical('::1') && string(ip('10.1.2.3')) == '10.1.2.3'")]
    [InlineData("cidr('10.0.0.0/8').containsIP('10.1.2.3') && cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8') && cidr('10.0.0.0/8').prefixLength() == 8")]
    [InlineData("!format.dns1123Label().validate('ok').hasValue() && format.dns1123Label().validate('No').hasValue() && format.named('uuid').hasValue()")]
    [InlineData("semver('1.2.3').major() == 1 && semver('1.0.0-a').isLessThan(semver('1.0.0')) && !isSemver('1.2') && isSemver('v1.2', true)")]
    public void An_expression_holds(string expression) => Evaluate(expression).ShouldBe(true);

    [Theory]
    [InlineData("1 / 0 == 1", "division by zero")]
    [InlineData("9223372036854775807 + 1 == 0", "integer overflow")]
    [InlineData("[1][3] == 1", "index out of bounds: 3")]
    [InlineData("{'a': 1}.b == 1", "no such key: b")]
    [InlineData("optional.none().value() == 1", "optional.none() dereference")]
    [InlineData("[].min() == 1", "min called on empty list")]
    [InlineData("dyn('a') + dyn(1) == dyn(2)", "no such overload")]
    [InlineData("quantity('x').sign() == 1", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    public void An_expression_fails(string expression, string error) => Evaluate(expression).ShouldBeOfType<CelError>().Message.ShouldBe(error);

    [Theory]
    [InlineData("self.a ==", "ERROR: <input>:1:10: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | self.a ==\n | .........^")]
    [InlineData("zz == 1", "ERROR: <input>:1:1: undeclared reference to 'zz' (in container '')\n | zz == 1\n | ^")]
    [InlineData("1 > 'a'", "ERROR: <input>:1:3: found no matching overload for '_>_' applied to '(int, string)'\n | 1 > 'a'\n | ..^")]
    [InlineData("'a'.frobnicate()", "ERROR: <input>:1:15: undeclared reference to 'frobnicate' (in container '')\n | 'a'.frobnicate()\n | ..............^")]
    [InlineData("'a'.startsWith(1)", "ERROR: <input>:1:15: found no matching overload for 'startsWith' applied to 'string.(int)'\n | 'a'.startsWith(1)\n | ..............^")]
    [InlineData("1.all(x, true)", "ERROR: <input>:1:1: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)\n | 1.all(x, true)\n | ^")]
    [InlineData("[1, 'a'] == []", "ERROR: <input>:1:5: expected type 'int' but found 'string'\n | [1, 'a'] == []\n | ....^")]
    [InlineData("'a'.b == 1", "ERROR: <input>:1:4: type 'string' does not support field selection\n | 'a'.b == 1\n | ...^")]
    [InlineData("for == 1", "ERROR: <input>:1:1: reserved identifier: for\n | for == 1\n | ^")]
    public void An_expression_does_not_compile(string expression, string error) =>
        CelCompiler.Compile(expression, CelEnvironment.Empty).Error.ShouldBe(error);

    [Fact]
    public void Deep_nesting_is_refused_before_it_exhausts_the_stack()
    {
        var nested = new string('(', 5000) + "1" + new string(')', 5000);
        CelCompiler.Compile(nested, CelEnvironment.Empty).Error.ShouldNotBeNull().ShouldContain("recursion limit");
    }

    [Theory]
    [InlineData("1", " + 1")]
    [InlineData("{'a': 1}", ".a")]
    [InlineData("", "!")]
    [InlineData("", "[")]
    public void Long_chains_do_not_exhaust_the_stack(string start, string link)
    {
        var compiled = CelCompiler.Compile(start + string.Concat(Enumerable.Repeat(link, 15_000)), CelEnvironment.Empty);
        compiled.Mentions("self").ShouldBeFalse();
        if (compiled.Error is null)
            compiled.Evaluate(null, new CelBudget()).ShouldNotBeNull();
    }

    [Fact]
    public void A_long_chain_of_conditions_is_an_ordinary_expression() =>
        Evaluate(string.Join(" && ", Enumerable.Repeat("1 == 1", 5000))).ShouldBe(true);

    [Theory]
    [InlineData("lists.range(10000).all(x, lists.range(10000).all(y, x + y >= 0))")]
    [InlineData("lists.range(100000).all(x, lists.range(100000).size() > 0)")]
    public void Too_much_work_is_cut_off(string expression)
    {
        var root = CelCompiler.Compile(expression, CelEnvironment.Empty);
        root.Error.ShouldBeNull();
        Should.Throw<CelBudgetException>(() => root.Evaluate(null, new CelBudget()));
    }

    private static object Evaluate(string expression)
    {
        var compiled = CelCompiler.Compile(expression, CelEnvironment.Empty);
        compiled.Error.ShouldBeNull();
        return compiled.Evaluate(null, new CelBudget());
    }
}
