using System.Globalization;
using IdentityResolution.Lookup;

namespace IdentityResolution.Sqlite;

/// <summary>Writes records, links, judgements, the model and positions of one run, and keeps what it replaces so that the run can be taken back.</summary>
internal sealed class SqliteRecordWriter(SqliteSession session, SqliteLookupWriter run, bool listsWritten)
{
    private const int ManyLinks = 10_000;
    private const string RecordColumns = "source, record_id, content, content_hash, run_number";
    private const string LinkColumns = "left_source, left_id, right_source, right_id, matched_by, match_probability, match_weight, run_number";

    /// <summary>Did anything change?</summary>
    public bool Changed { get; private set; }

    /// <summary>The records that were written, those that said nothing new left out; empty unless they are asked for.</summary>
    public List<RecordKey> Written { get; } = [];

    /// <summary>Writes what a commit has of these.</summary>
    public void Write(LookupCommit commit)
    {
        if (commit.Entities.Count + commit.Rows.Count + commit.Changes.Count > 0)
        {
            Change();
        }
        foreach (RecordPair pair in commit.RemovedLinks)
        {
            run.Look();
            Change();
            RemoveLink(pair);
        }
        WriteRecords(commit.Records);
        WriteLinks(commit.Links);
        foreach (Judgement judgement in commit.Judgements)
        {
            Change();
            Append(judgement);
        }
        if (commit.Model is not null)
        {
            WriteModel(commit.Model, commit.ModelHash);
        }
        if (commit.Position is not null)
        {
            Change();
            SetPosition(commit.Position);
        }
    }

    /// <summary>Removes a record and its links.</summary>
    public void Remove(RecordKey key)
    {
        Change();
        if (run.IsFirst)
        {
            return;
        }
        BindKey(session.Get($"INSERT INTO undo_records SELECT {RecordColumns} FROM records WHERE source = ?1 AND record_id = ?2"), key).Execute();
        BindKey(session.Get("DELETE FROM records WHERE source = ?1 AND record_id = ?2"), key).Execute();
        BindKey(session.Get($"INSERT INTO undo_links SELECT {LinkColumns} FROM links WHERE left_source = ?1 AND left_id = ?2"), key).Execute();
        BindKey(session.Get("DELETE FROM links WHERE left_source = ?1 AND left_id = ?2"), key).Execute();
        BindKey(session.Get($"INSERT INTO undo_links SELECT {LinkColumns} FROM links WHERE right_source = ?1 AND right_id = ?2"), key).Execute();
        BindKey(session.Get("DELETE FROM links WHERE right_source = ?1 AND right_id = ?2"), key).Execute();
    }

    /// <summary>Forgets what the run before replaced.</summary>
    public static void Forget(SqliteSession session)
    {
        session.Run("DELETE FROM undo_records");
        session.Run("DELETE FROM undo_links");
        session.Run("DELETE FROM undo_positions");
    }

    private static SqliteStatement BindKey(SqliteStatement statement, RecordKey key)
    {
        statement.Bind(0, key.Source);
        statement.Bind(1, key.Id);
        return statement;
    }

    private static SqliteStatement BindPair(SqliteStatement statement, RecordKey left, RecordKey right)
    {
        BindKey(statement, left);
        statement.Bind(2, right.Source);
        statement.Bind(3, right.Id);
        return statement;
    }

    // Only a run that changes something takes the place of the one that can be taken back.
    private void Change()
    {
        if (!Changed)
        {
            Changed = true;
            Forget(session);
        }
    }

    private void WriteRecords(IReadOnlyCollection<SourceRecord> records)
    {
        if (records.Count == 0)
        {
            return;
        }
        using var content = new RecordContent();
        foreach ((RecordKey key, byte[] json, byte[] hash) in Ahead.Make(records, Make))
        {
            run.Look();
            if (!run.IsFirst && !Replace(key, hash))
            {
                continue;
            }
            Change();
            SqliteStatement upsert = BindKey(
                session.Get($"INSERT OR REPLACE INTO records ({RecordColumns}) VALUES (?1, ?2, ?3, ?4, ?5)"), key);
            upsert.Bind(2, json, isText: true);
            upsert.Bind(3, hash, isText: false);
            upsert.Bind(4, run.Run);
            upsert.Execute();
            if (listsWritten)
            {
                Written.Add(key);
            }
        }

        (RecordKey Key, byte[] Json, byte[] Hash) Make(SourceRecord record)
        {
            if (string.IsNullOrEmpty(record.Key.Source) || string.IsNullOrEmpty(record.Key.Id))
            {
                throw new LookupFormatException(session.Store, "a record of the commit lacks its source or record id.");
            }
            content.Write(record.Values);
            return (record.Key, content.Json.ToArray(), content.Hash.ToArray());
        }
    }

    // False when the record is there with the same values.
    private bool Replace(RecordKey key, ReadOnlySpan<byte> hash)
    {
        SqliteStatement find = BindKey(session.Get("SELECT content_hash, run_number FROM records WHERE source = ?1 AND record_id = ?2"), key);
        bool isThere = find.Read();
        bool isSame = isThere && find.Utf8(0).SequenceEqual(hash);
        bool isOurs = isThere && find.Integer(1) == run.Run;
        find.Reset();
        if (isSame)
        {
            return false;
        }
        Change();
        if (isThere && !isOurs)
        {
            BindKey(session.Get($"INSERT INTO undo_records SELECT {RecordColumns} FROM records WHERE source = ?1 AND record_id = ?2"), key).Execute();
        }
        return true;
    }

    private void WriteLinks(IReadOnlyCollection<Link> links)
    {
        if (links.Count == 0)
        {
            return;
        }
        Change();
        bool isBulk = run.IsFirst && links.Count >= ManyLinks;
        if (isBulk)
        {
            SqliteLookupSchema.Execute(session.Connection, "DROP INDEX links_right");
        }
        foreach (Link link in Ahead.Make(links, static link => link))
        {
            run.Look();
            if (link.Left == link.Right || link.MatchProbability is not (>= 0 and <= 1))
            {
                throw new LookupFormatException(session.Store, "a link of the commit names one record twice, or its probability is not in [0, 1].");
            }
            var pair = new RecordPair(link.Left, link.Right);
            if (!run.IsFirst)
            {
                KeepLink(pair);
            }
            SqliteStatement upsert = BindPair(
                session.Get($"INSERT OR REPLACE INTO links ({LinkColumns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"), pair.Left, pair.Right);
            upsert.Bind(4, link.MatchedBy);
            upsert.Bind(5, (double?)link.MatchProbability);
            upsert.Bind(6, link.MatchWeight);
            upsert.Bind(7, run.Run);
            upsert.Execute();
        }
        if (isBulk)
        {
            SqliteLookupSchema.Execute(session.Connection, "CREATE INDEX links_right ON links (right_source, right_id)");
        }
    }

    private void RemoveLink(RecordPair pair)
    {
        KeepLink(pair);
        BindPair(
            session.Get("DELETE FROM links WHERE left_source = ?1 AND left_id = ?2 AND right_source = ?3 AND right_id = ?4"), pair.Left, pair.Right).Execute();
    }

    private void KeepLink(RecordPair pair)
    {
        SqliteStatement keep = BindPair(
            session.Get($"""
                INSERT INTO undo_links SELECT {LinkColumns} FROM links
                WHERE left_source = ?1 AND left_id = ?2 AND right_source = ?3 AND right_id = ?4 AND run_number < ?5
                """),
            pair.Left,
            pair.Right);
        keep.Bind(4, run.Run);
        keep.Execute();
    }

    private void Append(Judgement judgement)
    {
        SqliteStatement insert = session.Get("""
            INSERT INTO judgements (left_source, left_id, right_source, right_id, run_number, decision, judged_by, judged_at, note)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """);
        BindPair(insert, judgement.Left, judgement.Right);
        insert.Bind(4, run.Run);
        insert.Bind(5, StoredNames.Of(judgement.Decision));
        insert.Bind(6, judgement.JudgedBy);
        insert.Bind(7, judgement.JudgedAt?.ToString("O", CultureInfo.InvariantCulture));
        insert.Bind(8, judgement.Note);
        insert.Execute();
    }

    private void WriteModel(string model, string hash)
    {
        SqliteStatement find = session.Get("SELECT model FROM models ORDER BY run_number DESC LIMIT 1");
        bool isSame = find.Read() && string.Equals(find.Text(0), model, StringComparison.Ordinal);
        find.Reset();
        if (isSame)
        {
            return;
        }
        Change();
        SqliteStatement insert = session.Get("INSERT INTO models (run_number, model_hash, model) VALUES (?1, ?2, ?3)");
        insert.Bind(0, run.Run);
        insert.Bind(1, hash);
        insert.Bind(2, model);
        insert.Execute();
    }

    private void SetPosition(StreamPosition position)
    {
        SqliteStatement keep = session.Get("INSERT INTO undo_positions VALUES (?1, (SELECT position FROM positions WHERE stream = ?1))");
        keep.Bind(0, position.Stream);
        keep.Execute();
        SqliteStatement set = session.Get("INSERT OR REPLACE INTO positions (stream, position) VALUES (?1, ?2)");
        set.Bind(0, position.Stream);
        set.Bind(1, position.Position);
        set.Execute();
    }
}
