// SPDX-License-Identifier: GPL-3.0-or-later
package headgate.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Source partition {"stream": "n"}, source offset {"position": records written}. Continues where the offset says. */
public class RateSourceTask extends SourceTask {
    private static final long SLICE_MS = 100;
    private static final int LARGEST_BATCH = 2000;

    private AbstractConfig config;
    private Map<String, String> partition;
    private long position;
    private long base;
    private long startedAt;

    @Override
    public void start(Map<String, String> props) {
        config = new AbstractConfig(RateSourceConnector.CONFIG, props);
        partition = Map.of("stream", props.getOrDefault("stream", "0"));
        Map<String, Object> offset = context.offsetStorageReader().offset(partition);
        position = offset == null ? 0 : ((Number) offset.get("position")).longValue();
        base = position;
        startedAt = System.nanoTime();
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        long due = base + (long) ((System.nanoTime() - startedAt) / 1e9 * config.getDouble("rate")) + 1;
        long end = config.getLong("records");
        if (end >= 0) {
            due = Math.min(due, end);
        }
        if (due <= position) {
            Thread.sleep(SLICE_MS);
            return null;
        }
        List<SourceRecord> records = new ArrayList<>();
        while (position < due && records.size() < LARGEST_BATCH) {
            if (position == config.getLong("fail.at.record")) {
                throw new ConnectException("Scripted failure at record " + position);
            }
            records.add(record(position++));
        }
        return records;
    }

    private SourceRecord record(long number) {
        String key = "k-" + number;
        StringBuilder value = new StringBuilder("{\"n\":").append(number).append(",\"fill\":\"");
        while (value.length() < config.getInt("value.bytes") - 2) {
            value.append('x');
        }
        return new SourceRecord(partition, Map.of("position", number + 1), config.getString("topic"), null,
                Schema.STRING_SCHEMA, key, Schema.STRING_SCHEMA, value.append("\"}").toString());
    }

    @Override
    public void stop() {}

    @Override
    public String version() {
        return RateSourceConnector.VERSION;
    }
}
