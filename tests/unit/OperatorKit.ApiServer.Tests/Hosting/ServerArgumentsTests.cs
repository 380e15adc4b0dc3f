using System.Net;
using OperatorKit.ApiServer.Hosting;

namespace OperatorKit.ApiServer.Tests.Hosting;

public sealed class ServerArgumentsTests
{
    [Fact]
    public void Nothing_said_means_a_free_loopback_port_and_no_authentication()
    {
        var arguments = ServerArguments.Parse([]);

        arguments.ShouldBe(new ServerArguments());
        (arguments.Port, arguments.Https, arguments.Workloads, arguments.TokenFile).ShouldBe((0, false, false, null));
        IPAddress.IsLoopback(arguments.Address).ShouldBeTrue();
    }

    [Fact]
    public void Every_option_is_understood_in_both_spellings()
    {
        var one = ServerArguments.Parse(["--port", "6500", "--address", "::1", "--kubeconfig", "a b", "--https", "--workloads"]);
        var other = ServerArguments.Parse(["--port=6500", "--address=::1", "--kubeconfig=a b", "--https=true", "--workloads=true"]);

        one.ShouldBe(other);
        (one.Port, one.Address, one.Kubeconfig, one.Https, one.Workloads).ShouldBe((6500, IPAddress.IPv6Loopback, "a b", true, true));
        ServerArguments.Parse(["-h"]).WantsHelp.ShouldBeTrue();
    }

    [Theory]
    [InlineData("--prot 1", "--prot is no option of this command. Try --help.")]
    [InlineData("--port", "--port needs a value. Try --help.")]
    [InlineData("--port 70000", "--port 70000 is no port. Try --port 0 for a free one.")]
    [InlineData("--address here", "--address here is not an IP address. Try 127.0.0.1.")]
    [InlineData("--client-ca-file /dev/null", "--client-ca-file needs --https: a client shows its certificate in the TLS handshake. Add --https.")]
    [InlineData("--https=maybe", "--https takes no value but true or false.")]
    public void What_is_wrong_is_said_with_what_to_type_instead(string line, string message) =>
        Should.Throw<FormatException>(() => ServerArguments.Parse(line.Split(' '))).Message.ShouldBe(message);

    [Fact]
    public void A_token_file_must_exist() =>
        Should.Throw<FormatException>(() => ServerArguments.Parse(["--token-file", "/no/such/file"])).Message.ShouldStartWith("--token-file /no/such/file does not exist.");
}
