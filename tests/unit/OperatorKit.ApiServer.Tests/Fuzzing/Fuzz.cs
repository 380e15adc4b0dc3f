using System.Globalization;

namespace OperatorKit.Tests.Fuzzing;

/// <summary>
/// Runs a check on many inputs. The number of a case is the seed of its input, so that a case that failed once fails again;
/// OPERATORKIT_FUZZ_CASES says how many cases there are.
/// </summary>
internal static class Fuzz
{
    private const int DefaultCases = 2_000;

    public static int Cases { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("OPERATORKIT_FUZZ_CASES"), CultureInfo.InvariantCulture, out var cases) ? cases : DefaultCases;

    /// <summary>Mutations of the texts of a corpus.</summary>
    public static void Texts(IReadOnlyList<string> corpus, Action<string> check)
    {
        char[][] sources = [.. corpus.Select(static text => text.ToCharArray())];
        char[] alphabet = [.. sources.SelectMany(static text => text).Distinct(), '\0', '\n', '\t', ' ', '0', '9', '-', '\\', '"', '\'', 'é', '\ud83d', '\uFEFF', '\uFFFF'];
        Run(random => new string(Mutation.Of(random, sources, alphabet)), check, static text => text);
    }

    /// <summary>Mutations of the bytes of a corpus.</summary>
    public static void Bytes(IReadOnlyList<byte[]> corpus, Action<byte[]> check)
    {
        byte[] alphabet = [.. Enumerable.Range(0, 256).Select(static value => (byte)value)];
        Run(random => Mutation.Of(random, corpus, alphabet), check, Convert.ToBase64String);
    }

    public static void Run<T>(Func<Random, T> make, Action<T> check, Func<T, string> show)
    {
        for (var number = 0; number < Cases; number++)
        {
            var input = make(new Random(number));
            try
            {
                check(input);
            }
            catch (Exception error)
            {
                throw Failed(number, show(input), error);
            }
        }
    }

    public static async Task RunAsync<T>(Func<Random, T> make, Func<T, Task> check, Func<T, string> show)
    {
        for (var number = 0; number < Cases; number++)
        {
            var input = make(new Random(number));
            try
            {
                await check(input);
            }
            catch (Exception error)
            {
                throw Failed(number, show(input), error);
            }
        }
    }

    private static InvalidOperationException Failed(int number, string input, Exception error) =>
        new($"Case {number} failed, {error.GetType().Name}: {error.Message}\n{input}", error);
}
