using System.Buffers.Binary;
using System.Text;

namespace OperatorKit.ApiServer.Protobuf;

/// <summary>Reads the fields of one protobuf message. See https://protobuf.dev/programming-guides/encoding/.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _at;

    /// <summary>The number of the field that was moved to.</summary>
    public int Field { get; private set; }

    public WireType Type { get; private set; }

    public readonly bool AtEnd => _at >= _message.Length;

    /// <summary>Moves to the next field; false at the end of the message.</summary>
    /// <exception cref="ProtobufException">The message is cut or malformed.</exception>
    public bool Next()
    {
        if (AtEnd)
            return false;
        var key = Varint();
        Field = (int)(key >> 3);
        Type = (WireType)(key & 7);
        if (Field <= 0)
            throw new ProtobufException($"proto: illegal tag {Field} (wire type {(int)Type})");
        return true;
    }

    public ulong Varint()
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Take(1)[0];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
                return value;
        }

        throw new ProtobufException("proto: integer overflow");
    }

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        return length <= (ulong)(_message.Length - _at) ? Take((int)length) : throw UnexpectedEnd();
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public void Skip()
    {
        switch (Type)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.Bytes:
                Bytes();
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            default:
                throw new ProtobufException($"proto: illegal wireType {(int)Type}");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _message.Length - _at)
            throw UnexpectedEnd();
        var taken = _message.Slice(_at, count);
        _at += count;
        return taken;
    }

    private static ProtobufException UnexpectedEnd() => new("unexpected EOF");
}

internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
