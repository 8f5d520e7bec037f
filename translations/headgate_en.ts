<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>ActionOffer</name>
    <message numerus="yes">
        <source>Restart connector and %n task(s)...</source>
        <translation>
            <numerusform>Restart connector and %n task...</numerusform>
            <numerusform>Restart connector and %n tasks...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart failed connector and %n failed task(s)...</source>
        <translation>
            <numerusform>Restart failed connector and %n failed task...</numerusform>
            <numerusform>Restart failed connector and %n failed tasks...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %n failed task(s)...</source>
        <translation>
            <numerusform>Restart %n failed task...</numerusform>
            <numerusform>Restart %n failed tasks...</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckText</name>
    <message numerus="yes">
        <source>All %n check(s) passed.</source>
        <translation>
            <numerusform>All %n check passed.</numerusform>
            <numerusform>All %n checks passed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectorCopy</name>
    <message numerus="yes">
        <source>Not copied: %n value(s) are masked, and the request would set the mask. Copy as JSON and fill in.</source>
        <translation>
            <numerusform>Not copied: %n value is masked, and the request would set the mask. Copy as JSON and fill in.</numerusform>
            <numerusform>Not copied: %n values are masked, and the request would set the mask. Copy as JSON and fill in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) are masked: %1.</source>
        <translation>
            <numerusform>%n value is masked: %1.</numerusform>
            <numerusform>%n values are masked: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectorsSummary</name>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n cluster</numerusform>
            <numerusform>%n clusters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeadLetterText</name>
    <message numerus="yes">
        <source>%n chosen record(s) are not in the topic any more.</source>
        <translation>
            <numerusform>%n chosen record are not in the topic any more.</numerusform>
            <numerusform>%n chosen records are not in the topic any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) do not tell where they came from: name a topic.</source>
        <translation>
            <numerusform>%n record do not tell where they came from: name a topic.</numerusform>
            <numerusform>%n records do not tell where they came from: name a topic.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them were sent again before.</source>
        <translation>
            <numerusform>%n of them were sent again before.</numerusform>
            <numerusform>%n of them were sent again before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) have no value: sinks take them for deletions.</source>
        <translation>
            <numerusform>%n record have no value: sinks take them for deletions.</numerusform>
            <numerusform>%n records have no value: sinks take them for deletions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) to %1</source>
        <translation>
            <numerusform>%n record to %1</numerusform>
            <numerusform>%n records to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) may be there too: that was not seen.</source>
        <translation>
            <numerusform>%n record may be there too: that was not seen.</numerusform>
            <numerusform>%n records may be there too: that was not seen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message numerus="yes">
        <source>%1 of %n task(s)</source>
        <translation>
            <numerusform>%1 of %n task</numerusform>
            <numerusform>%1 of %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s)</source>
        <translation>
            <numerusform>%n topic</numerusform>
            <numerusform>%n topics</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImpactText</name>
    <message numerus="yes">
        <source>Its workers, topics or group are shared by %n other connector(s).</source>
        <translation>
            <numerusform>Its workers, topics or group are shared by %n other connector.</numerusform>
            <numerusform>Its workers, topics or group are shared by %n other connectors.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Topics are not known of %n more connector(s).</source>
        <translation>
            <numerusform>Topics are not known of %n more connector.</numerusform>
            <numerusform>Topics are not known of %n more connectors.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other connector(s), whose tasks a stop may move</source>
        <translation>
            <numerusform>%n other connector, whose tasks a stop may move</numerusform>
            <numerusform>%n other connectors, whose tasks a stop may move</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LedgerText</name>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>%n partition</numerusform>
            <numerusform>%n partitions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OperationText</name>
    <message numerus="yes">
        <source>Restart %1 and its %n task(s)</source>
        <translation>
            <numerusform>Restart %1 and its %n task</numerusform>
            <numerusform>Restart %1 and its %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %n failed task(s) of %1</source>
        <translation>
            <numerusform>Restart %n failed task of %1</numerusform>
            <numerusform>Restart %n failed tasks of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart connector and %n task(s)</source>
        <translation>
            <numerusform>Restart connector and %n task</numerusform>
            <numerusform>Restart connector and %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %n failed task(s)</source>
        <translation>
            <numerusform>Restart %n failed task</numerusform>
            <numerusform>Restart %n failed tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>task(s)</source>
        <comment>unit beside a number</comment>
        <translation>
            <numerusform>task</numerusform>
            <numerusform>tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>record(s)</source>
        <comment>unit beside a number</comment>
        <translation>
            <numerusform>record</numerusform>
            <numerusform>records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n, to %1</source>
        <comment>requests</comment>
        <translation>
            <numerusform>%n, to %1</numerusform>
            <numerusform>%n, to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PageFace</name>
    <message numerus="yes">
        <source>%n Connect clusters do not answer: %1.</source>
        <translation>
            <numerusform>%n Connect clusters do not answer: %1.</numerusform>
            <numerusform>%n Connect clusters do not answer: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemWords</name>
    <message numerus="yes">
        <source>All %n task(s) stopped.</source>
        <translation>
            <numerusform>All %n task stopped.</numerusform>
            <numerusform>All %n tasks stopped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n tries.</source>
        <translation>
            <numerusform>%1, %n try.</numerusform>
            <numerusform>%1, %n tries.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n tasks failed</source>
        <translation>
            <numerusform>%1 of %n task failed</numerusform>
            <numerusform>%1 of %n tasks failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) without a worker</source>
        <translation>
            <numerusform>%n task without a worker</numerusform>
            <numerusform>%n tasks without a worker</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) belong to no worker.</source>
        <translation>
            <numerusform>%n task belongs to no worker.</numerusform>
            <numerusform>%n tasks belong to no worker.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>%n partition</numerusform>
            <numerusform>%n partitions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n tasks run for %2</source>
        <translation>
            <numerusform>%1 of %n task runs for %2</numerusform>
            <numerusform>%1 of %n tasks run for %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>now %n task(s)</source>
        <translation>
            <numerusform>now %n task</numerusform>
            <numerusform>now %n tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProofText</name>
    <message numerus="yes">
        <source>Of %n record(s) %1.</source>
        <translation>
            <numerusform>Of %n record %1.</numerusform>
            <numerusform>Of %n records %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more partition(s)</source>
        <translation>
            <numerusform>%n more partition</numerusform>
            <numerusform>%n more partitions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not read: %n more partition(s).</source>
        <translation>
            <numerusform>Not read: %n more partition.</numerusform>
            <numerusform>Not read: %n more partitions.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordWords</name>
    <message numerus="yes">
        <source>found by reading %n record(s) from the committed position</source>
        <translation>
            <numerusform>found by reading %n record from the committed position</numerusform>
            <numerusform>found by reading %n records from the committed position</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>not found: this converter refuses none of %n record(s) read from the committed position</source>
        <translation>
            <numerusform>not found: this converter refuses none of %n record read from the committed position</numerusform>
            <numerusform>not found: this converter refuses none of %n records read from the committed position</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShellState</name>
    <message numerus="yes">
        <source>, %n poll(s) missed since</source>
        <translation>
            <numerusform>, %n poll missed since</numerusform>
            <numerusform>, %n polls missed since</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worker(s)</source>
        <translation>
            <numerusform>%n worker</numerusform>
            <numerusform>%n workers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n workers</source>
        <translation>
            <numerusform>%1 of %n workers</numerusform>
            <numerusform>%1 of %n workers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s)</source>
        <translation>
            <numerusform>%n broker</numerusform>
            <numerusform>%n brokers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n zone(s)</source>
        <translation>
            <numerusform>, %n zone</numerusform>
            <numerusform>, %n zones</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TriageCard</name>
    <message numerus="yes">
        <source>of %1, in %n connector(s)</source>
        <translation>
            <numerusform>of %1, in %n connector</numerusform>
            <numerusform>of %1, in %n connectors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the %n connector(s)</source>
        <translation>
            <numerusform>Show the %n connector</numerusform>
            <numerusform>Show the %n connectors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TriageViewModel</name>
    <message numerus="yes">
        <source>%n problem(s), worst first.</source>
        <translation>
            <numerusform>%n problem, worst first.</numerusform>
            <numerusform>%n problems, worst first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n heal(s) by itself.</source>
        <translation>
            <numerusform>%n heals by itself.</numerusform>
            <numerusform>%n heal by themselves.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connector(s)</source>
        <translation>
            <numerusform>%n connector</numerusform>
            <numerusform>%n connectors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more run well</source>
        <translation>
            <numerusform>%n more runs well</numerusform>
            <numerusform>%n more run well</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) well</source>
        <translation>
            <numerusform>%n runs well</numerusform>
            <numerusform>%n run well</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connector(s) need(s) nothing</source>
        <translation>
            <numerusform>%n connector needs nothing</numerusform>
            <numerusform>%n connectors need nothing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The other %n connector(s) need(s) nothing</source>
        <translation>
            <numerusform>The other %n connector needs nothing</numerusform>
            <numerusform>The other %n connectors need nothing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more problem(s)</source>
        <translation>
            <numerusform>%n more problem</numerusform>
            <numerusform>%n more problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WayBackText</name>
    <message numerus="yes">
        <source>Sets the %n saved position(s) again, with a preview of its own. What was delivered meanwhile stays delivered.</source>
        <translation>
            <numerusform>Sets the %n saved position again, with a preview of its own. What was delivered meanwhile stays delivered.</numerusform>
            <numerusform>Sets the %n saved positions again, with a preview of its own. What was delivered meanwhile stays delivered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n position(s) saved in the operations log.</source>
        <translation>
            <numerusform>%n position saved in the operations log.</numerusform>
            <numerusform>%n positions saved in the operations log.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The connector is %1 with %n task(s).</source>
        <translation>
            <numerusform>The connector is %1 with %n task.</numerusform>
            <numerusform>The connector is %1 with %n tasks.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop and set %n position(s)</source>
        <translation>
            <numerusform>Stop and set %n position</numerusform>
            <numerusform>Stop and set %n positions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop and replay %n partition(s)</source>
        <translation>
            <numerusform>Stop and replay %n partition</numerusform>
            <numerusform>Stop and replay %n partitions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop and restore %n partition(s)</source>
        <translation>
            <numerusform>Stop and restore %n partition</numerusform>
            <numerusform>Stop and restore %n partitions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WitnessWords</name>
    <message numerus="yes">
        <source>REST says %1, the group has %n member(s) at %2</source>
        <translation>
            <numerusform>REST says %1, the group has %n member at %2</numerusform>
            <numerusform>REST says %1, the group has %n members at %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ActivityPage</name>
    <message numerus="yes">
        <source>%n operation(s) in this session</source>
        <translation>
            <numerusform>%n operation in this session</numerusform>
            <numerusform>%n operations in this session</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n operation(s) in the log fit</source>
        <translation>
            <numerusform>%n operation in the log fit</numerusform>
            <numerusform>%n operations in the log fit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s), each linked to the one before.</source>
        <translation>
            <numerusform>%n record, each linked to the one before.</numerusform>
            <numerusform>%n records, each linked to the one before.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ConnectorList</name>
    <message numerus="yes">
        <source>%n row(s) are there without the filter.</source>
        <translation>
            <numerusform>%n row are there without the filter.</numerusform>
            <numerusform>%n rows are there without the filter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n marked</source>
        <translation>
            <numerusform>%n marked</numerusform>
            <numerusform>%n marked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ContextsModel</name>
    <message numerus="yes">
        <source>%n worker(s)</source>
        <translation>
            <numerusform>%n worker</numerusform>
            <numerusform>%n workers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cluster(s)</source>
        <translation>
            <numerusform>%n cluster</numerusform>
            <numerusform>%n clusters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::ContextsPage</name>
    <message numerus="yes">
        <source>%n context(s). Files hold references; secrets live in the keyring.</source>
        <translation>
            <numerusform>%n context. Files hold references; secrets live in the keyring.</numerusform>
            <numerusform>%n contexts. Files hold references; secrets live in the keyring.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::DeadLetterViewModel</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n queue(s)</source>
        <translation>
            <numerusform>%n queue</numerusform>
            <numerusform>%n queues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cause(s)</source>
        <translation>
            <numerusform>%n cause</numerusform>
            <numerusform>%n causes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::DeadLettersPage</name>
    <message numerus="yes">
        <source>%n dead letter topic(s) of this context are empty.</source>
        <translation>
            <numerusform>%n dead letter topic of this context is empty.</numerusform>
            <numerusform>%n dead letter topics of this context are empty.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dead letter topic(s) were not read.</source>
        <translation>
            <numerusform>%n dead letter topic was not read.</numerusform>
            <numerusform>%n dead letter topics were not read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::EffectBlock</name>
    <message numerus="yes">
        <source>%n more; the exported plan names them all.</source>
        <translation>
            <numerusform>%n more; the exported plan names them all.</numerusform>
            <numerusform>%n more; the exported plan names them all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::HeaderMenus</name>
    <message numerus="yes">
        <source>, %n failed</source>
        <translation>
            <numerusform>, %n failed</numerusform>
            <numerusform>, %n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::InterruptedBanner</name>
    <message numerus="yes">
        <source>%n operation(s) interrupted:</source>
        <translation>
            <numerusform>%n operation interrupted:</numerusform>
            <numerusform>%n operations interrupted:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::LedgerView</name>
    <message numerus="yes">
        <source>%n line(s) in the offset ledger</source>
        <translation>
            <numerusform>%n line in the offset ledger</numerusform>
            <numerusform>%n lines in the offset ledger</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Without it there are %n line(s).</source>
        <translation>
            <numerusform>Without it there are %n line.</numerusform>
            <numerusform>Without it there are %n lines.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::LettersList</name>
    <message numerus="yes">
        <source>%n record(s) in %1</source>
        <translation>
            <numerusform>%n record in %1</numerusform>
            <numerusform>%n records in %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::NameField</name>
    <message numerus="yes">
        <source>%n letter(s) to go</source>
        <translation>
            <numerusform>%n letter to go</numerusform>
            <numerusform>%n letters to go</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::Navigation</name>
    <message numerus="yes">
        <source>%1, %n problem(s)</source>
        <translation>
            <numerusform>%1, %n problem</numerusform>
            <numerusform>%1, %n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::PartitionsBlock</name>
    <message numerus="yes">
        <source>Partitions of %n topic(s)</source>
        <translation>
            <numerusform>Partitions of %n topic</numerusform>
            <numerusform>Partitions of %n topics</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>%n partition</numerusform>
            <numerusform>%n partitions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::RedriveBar</name>
    <message numerus="yes">
        <source>Send %n record(s) again</source>
        <translation>
            <numerusform>Send %n record again</numerusform>
            <numerusform>Send %n records again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::RedriveSheet</name>
    <message numerus="yes">
        <source>Send %n record(s) again</source>
        <translation>
            <numerusform>Send %n record again</numerusform>
            <numerusform>Send %n records again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n record(s)</source>
        <translation>
            <numerusform>Send %n record</numerusform>
            <numerusform>Send %n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) to %1</source>
        <translation>
            <numerusform>%n record to %1</numerusform>
            <numerusform>%n records to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Redrive of %n record(s), interrupted</source>
        <translation>
            <numerusform>Redrive of %n record, interrupted</numerusform>
            <numerusform>Redrive of %n records, interrupted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::SourceBlock</name>
    <message numerus="yes">
        <source>%n position(s)</source>
        <translation>
            <numerusform>%n position</numerusform>
            <numerusform>%n positions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::TaskList</name>
    <message numerus="yes">
        <source>%n more task(s)</source>
        <translation>
            <numerusform>%n more task</numerusform>
            <numerusform>%n more tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::TracePanel</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>headgate::TraceView</name>
    <message numerus="yes">
        <source>Trace, %n line(s)</source>
        <translation>
            <numerusform>Trace, %n line</numerusform>
            <numerusform>Trace, %n lines</numerusform>
        </translation>
    </message>
</context>
</TS>
