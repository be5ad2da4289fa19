using IdentityResolution.Records;

namespace IdentityResolution.Tests.Records;

public class RecordIdColumnTests
{
    [Theory]
    [InlineData("name,record_id,id", 1)]
    [InlineData("id,rec_id", 1)]
    [InlineData("name,ID", 1)]
    [InlineData("uid,Unique-Id", 1)]
    [InlineData("uuid,uid", 1)]
    [InlineData("guid,uuid", 1)]
    [InlineData("row id,GUID", 1)]
    [InlineData("key,RowId", 1)]
    [InlineData("crm_id,Key", 1)]
    [InlineData("pk,CRM-ID", 1)]
    [InlineData("name,P_K", 1)]
    [InlineData("id,ID", 0)]
    [InlineData("name,shop_id,identity,ids", -1)]
    [InlineData("", -1)]
    public void The_best_name_wins_whatever_its_place_case_and_separators(string columns, int expected) =>
        Assert.Equal(expected, RecordIdColumn.Find(columns.Split(','), "Crm"));
}
