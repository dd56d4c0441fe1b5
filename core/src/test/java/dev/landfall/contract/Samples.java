package dev.landfall.contract;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.RawEvent;
import dev.landfall.json.EventReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Events in the forms that were captured, with invented values. */
final class Samples {

  private static final EventReader READER = new EventReader();

  static final String EXPORT_OF_2019 = """
      {"DownloadURL":"https:\\/\\/d365fo0a1b2c3d4e5f.blob.core.windows.net\\/dmf\\/Vendor%20gr%7B00000000AAAABBBBCCCCDDDDEEEEFFFF%7D.json?sv=2014-02-14&sr=b&sig=AbC%2Fd%2Be%3D&st=2030-01-01T00%3A00%3A00Z&se=2030-01-01T01%3A05%3A00Z&sp=r",
       "EntityName":"Vendor groups","EventId":"{11111111-2222-3333-4444-555555555555}",
       "EventTime":"/Date(1893456300000)/","LegalEntity":"demf","MajorVersion":0,"MinorVersion":0,
       "NoOfRecords":12,"OperationType":"Export","ProjectCategory":"Integration",
       "RecId":68719400001}
      """;

  static final String IMPORT_STATUS = """
      {"BusinessEventId":"NAVAXDMFImportStatusBusinessEvent","ControlNumber":5637150001,
       "EndDateTime":"2030-01-01T07:00:09Z","EntityName":"Vendor groups",
       "EventId":"AAAAAAAA-0000-0000-0000-000000000001","EventTime":"/Date(1893481209000)/",
       "ExecutionId":"MyImport-2030-01-01T07:00:00-0123456789ABCDEF0123456789ABCDEF",
       "FileName":"X1Y2Z3","LegalEntity":"demf","MajorVersion":0,"MinorVersion":0,
       "NoOfCreatedRecords":1,"NoOfRecords":2,"NoOfUpdatedRecords":0,"OperationType":"Import",
       "ProjectCategory":"Project","RecId":5637100002,
       "StartedDateTime":"2030-01-01T07:00:04Z","Status":"Partially succeeded"}
      """;

  static final String IMPORT_STATUS_OF_FILARDI = """
      {"BusinessEventId":"DMFImportStatusBusinessEvent","ControlNumber":5637150001,
       "EndDateTime":"1900-01-01T00:00:00Z","EntityName":"Vendor groups",
       "EventId":"AAAAAAAA-0000-0000-0000-000000000002","EventTime":"/Date(1893481209000)/",
       "ExecutionId":"MyImport-1","LegalEntity":"demf","MajorVersion":0,"MinorVersion":0,
       "NoOfCreatedRecords":0,"NoOfErrorRecords":2,"NoOfRecords":2,"NoOfUpdatedRecords":0,
       "OperationType":"Import","ProjectCategory":"Project","ProjectDescription":"",
       "ProjectName":"Nightly","RecId":5637100003,
       "StartedDateTime":"2030-01-01T07:00:04Z","Status":"Fehlgeschlagen"}
      """;

  static final String PURCHASE_ORDER_OF_2021 = """
      {"BusinessEventId":"PurchaseOrderConfirmedBusinessEvent","ControlNumber":5637144577,
       "EventId":"AAAAAAAA-0000-0000-0000-000000000003","EventTime":"/Date(1893481209000)/",
       "LegalEntity":"brmf","MajorVersion":0,"MinorVersion":0,"PurchaseJournal":"PO-000018-2",
       "PurchaseOrderDate":"/Date(1893456000000)/","PurchaseOrderNumber":"PO-000018",
       "PurchaseType":"Purch","TransactionCurrencyAmount":90055.6,
       "TransactionCurrencyCode":"BRL","VendorAccount":"V-000004"}
      """;

  static final String INVOICE = """
      {"BusinessEventId":"SalesInvoicePostedBusinessEvent","BusinessEventLegalEntity":"USMF",
       "ControlNumber":5637144578,"EventId":"AAAAAAAA-0000-0000-0000-000000000004",
       "EventTime":"/Date(1893481209000)/","EventTimeIso8601":"2030-01-01T07:00:09.1234567Z",
       "InvoiceAccount":"US-001","InvoiceAmountInAccountingCurrency":1190,
       "InvoiceDate":"/Date(1893456000000)/","InvoiceDueDate":"/Date(1894665600000)/",
       "InvoiceId":"CIV-000001","InvoiceTaxAmount":190.5,"LegalEntity":"usmf",
       "MajorVersion":0,"MinorVersion":0,"SalesOrderId":"SO-000001"}
      """;

  static final String ALERT_OF_2019 = """
      {"BusinessEventId":"BusinessEventsAlertEvent","ControlNumber":5637145330,
       "Email":"someone@example.com","EventId":"AAAAAAAA-0000-0000-0000-000000000005",
       "EventTime":"/Date(1893481209000)/","FieldId":3,"Link":"","MajorVersion":0,
       "Message":"LocationChanged","MessageDetails":"View Location: BULK-002, 24",
       "MinorVersion":0,"ParentTableId":8565,"RuleId":"000428","Subject":"LocationChanged",
       "TableId":8565,"TypeTrigger":"FieldChanged","UserId":"Some.One"}
      """;

  static final String BATCH_JOB = """
      {"AdminEmailId":"admin@example.com","BusinessEventId":"BatchJobFailedBusinessEvent",
       "BusinessEventLegalEntity":"","ControlNumber":5637145331,
       "EventId":"AAAAAAAA-0000-0000-0000-000000000006","EventTime":"/Date(1893481209000)/",
       "JobDescription":"Nightly","JobEndUtcDateTime":"/Date(1893481208000)/",
       "JobExecutedByEmailId":"b@example.com","JobId":68719523988,
       "JobOwnerEmailId":"o@example.com","JobStatus":"Error","MajorVersion":0,"MinorVersion":0,
       "ParentContextRecordSubjects":null}
      """;

  static final String WORK_ITEM = """
      {"BusinessEventId":"Workflow_PurchReqReview_000007_Approve_WorkItem",
       "EventId":"AAAAAAAA-0000-0000-0000-000000000007","EventTime":"/Date(1893481209000)/",
       "WorkflowWorkitemInstanceID":"{00000000-0000-0000-0000-00000000000A}",
       "WorkflowWorkItemSubject":"Approve 7","WorkflowUserEmail":"a@example.com",
       "WorkflowDocument":""}
      """;

  static final String DATA_EVENT = """
      {"CorrelationId":"844bbf91-0000-4cad-a83d-1fea5f32ebaf",
       "InitiatingUserAzureActiveDirectoryObjectId":"e3a96d5d-0000-498c-88e7-4448cc8e57fa",
       "MessageName":"OnExternalUpdated","OperationCreatedOn":"\\/Date(1893481209000+0000)\\/",
       "PrimaryEntityId":"00000000-0000-0000-0000-000000000000",
       "PrimaryEntityName":"mserp_custcustomergroupentity",
       "InputParameters":[
         {"key":"Target","value":{
           "__type":"Entity:http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts",
           "Attributes":[
             {"key":"mserp_customergroupid","value":"10"},
             {"key":"mserp_issalestaxincludedinprice","value":{
               "__type":"OptionSetValue:http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts",
               "Value":200000000}},
             {"key":"mserp_creditlimit","value":{
               "__type":"Money:http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts",
               "Value":1500.25}},
             {"key":"mserp_dataareaid_id","value":{
               "__type":"EntityReference:http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts",
               "Id":"840b0b8f-0000-4ae2-81fe-9f5176a7baaa","LogicalName":"cdm_company"}},
             {"key":"mserp_modified","value":"\\/Date(1893481208000-0700)\\/"},
             {"key":"mserp_dataareaid","value":"USMF"},
             {"key":"versionnumber","value":7}],
           "Id":"00004951-0000-0000-5e1a-005001000000",
           "LogicalName":"mserp_custcustomergroupentity"}},
         {"key":"PreImage","value":{
           "Attributes":[{"key":"mserp_creditlimit","value":{
               "__type":"Money:http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts",
               "Value":1000}}],
           "Id":"00004951-0000-0000-5e1a-005001000000",
           "LogicalName":"mserp_custcustomergroupentity"}}]}
      """;

  static final List<String> ALL = List.of(
      EXPORT_OF_2019,
      IMPORT_STATUS,
      IMPORT_STATUS_OF_FILARDI,
      PURCHASE_ORDER_OF_2021,
      INVOICE,
      ALERT_OF_2019,
      BATCH_JOB,
      WORK_ITEM,
      DATA_EVENT);

  private Samples() {}

  static BusinessEvent event(String json) {
    return READER.read(RawEvent.of(json.getBytes(StandardCharsets.UTF_8)));
  }
}
