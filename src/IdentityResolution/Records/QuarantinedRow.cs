namespace IdentityResolution;

/// <summary>Why a row was set aside.</summary>
public enum QuarantineReason
{
    /// <summary>The row has more or fewer fields than the header.</summary>
    FieldCount = 0,

    /// <summary>A quoted field is not closed, or text follows its closing quote.</summary>
    BrokenQuote,

    /// <summary>The bytes are not valid UTF-8 (or not valid in the encoding named).</summary>
    InvalidEncoding,

    /// <summary>A field is longer than the limit.</summary>
    FieldTooLong,

    /// <summary>The record id is empty.</summary>
    MissingRecordId,

    /// <summary>Another row of the same source has this record id.</summary>
    DuplicateRecordId,

    /// <summary>The line is not a JSON object, or a value in it is an object or array that can't be read as a field.</summary>
    InvalidJson,

    /// <summary>The source column is empty.</summary>
    MissingSource,
}

/// <summary>A row that could not be read and took no part in the run. Holds no value of the row.</summary>
/// <param name="Input">The file or other input.</param>
/// <param name="LineNumber">Where the row starts: 1-based line of a text file, 1-based row of a reader.</param>
/// <param name="Column">The column at fault, when one is; null otherwise.</param>
/// <param name="Reason">The kind of fault.</param>
/// <param name="Message">What is wrong and what was expected, without the row's values.</param>
public sealed record QuarantinedRow(string Input, long LineNumber, string? Column, QuarantineReason Reason, string Message);
