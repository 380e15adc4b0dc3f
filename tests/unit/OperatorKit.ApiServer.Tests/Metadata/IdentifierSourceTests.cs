using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.Tests.Metadata;

public sealed class IdentifierSourceTests
{
    [Fact]
    public void A_seed_gives_the_same_identifiers_again()
    {
        var one = new IdentifierSource(7);
        var other = new IdentifierSource(7);

        one.Uid().ShouldBe(other.Uid());
        one.Name("a-").ShouldBe(other.Name("a-"));
    }

    [Fact]
    public void Uids_are_random_ones_of_version_4() => new IdentifierSource(1).Uid().ShouldMatch("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");

    [Fact]
    public void A_long_base_is_cut_so_that_the_name_stays_a_label()
    {
        var name = new IdentifierSource(1).Name(new string('b', 70));

        name.Length.ShouldBe(63);
        name.ShouldStartWith(new string('b', 58));
    }
}
