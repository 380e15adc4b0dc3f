namespace OperatorKit.ApiServer.Protobuf;

/// <summary>Bytes that are not the protobuf form of an object. The message is the one of Go's decoder.</summary>
internal sealed class ProtobufException(string message) : Exception(message);
