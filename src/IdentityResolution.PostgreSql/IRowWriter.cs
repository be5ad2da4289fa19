namespace IdentityResolution.PostgreSql;

/// <summary>Takes the values of rows, column by column.</summary>
internal interface IRowWriter
{
    /// <summary>A text, or null.</summary>
    void Text(string? text);

    /// <summary>Bytes, or text that is in UTF-8 already.</summary>
    void Bytes(ReadOnlySpan<byte> bytes);

    /// <summary>A truth value.</summary>
    void Truth(bool value);

    /// <summary>A bigint.</summary>
    void Integer(long number);

    /// <summary>A double precision, or null.</summary>
    void Real(double? number);
}
